import type { NoticeStore } from '../../../../lambdas/shared/services.ts';
import { dynamoNotices } from '../../../../lambdas/shared/stores/notices.ts';
import { smallPolicy } from '../../support/sample.ts';
import { LEADS, startTables, type Tables } from '../../support/tables.ts';

const LEAD = 'lead-1';
const NOW = Date.parse('2026-11-20T15:06:30Z');
const LEASE_MS = 120_000;
let tables: Tables;
let notices: NoticeStore;
let count = 0;
let id: string;

beforeAll(async () => {
  tables = await startTables();
  notices = dynamoNotices(tables.client, LEADS, smallPolicy);
});
afterAll(() => tables.close());
beforeEach(() => {
  count += 1;
  id = `mql.respond-1/remind/sam-${count}`;
});

it('is claimed by one of many at once; the others are told that somebody is at it', async () => {
  const claims = await Promise.all(Array.from({ length: 20 }, () => notices.claim(LEAD, id, NOW)));
  expect(claims.filter(({ state }) => state === 'claimed')).toHaveLength(1);
  expect(claims.filter(({ state }) => state === 'busy')).toHaveLength(19);
});

it('is done for ever once it is marked as sent', async () => {
  expect(await notices.claim(LEAD, id, NOW)).toEqual({ state: 'claimed', attempts: 1 });
  await notices.markSent(LEAD, id, NOW + 5, 'm-1');
  expect(await notices.claim(LEAD, id, NOW + 10 * LEASE_MS)).toEqual({ state: 'done', attempts: 1 });
});

it('is free again after a failure and counts its attempts', async () => {
  await notices.claim(LEAD, id, NOW);
  await notices.markFailed(LEAD, id, NOW, 'MailThrottled', false);
  expect(await notices.claim(LEAD, id, NOW)).toEqual({ state: 'claimed', attempts: 2 });
});

it('is done after a failure that is final', async () => {
  await notices.claim(LEAD, id, NOW);
  await notices.markFailed(LEAD, id, NOW, 'MailRejected', true);
  expect((await notices.claim(LEAD, id, NOW + 10 * LEASE_MS)).state).toBe('done');
});

it.each([
  [LEASE_MS - 1, 'busy'],
  [LEASE_MS, 'claimed'],
])('that was claimed %i ms ago and never marked is %s', async (later, state) => {
  await notices.claim(LEAD, id, NOW);
  expect((await notices.claim(LEAD, id, NOW + later)).state).toBe(state);
});

it('stays sent when the one who lost the claim reports a failure afterwards', async () => {
  await notices.claim(LEAD, id, NOW);
  await notices.claim(LEAD, id, NOW + LEASE_MS);
  await notices.markSent(LEAD, id, NOW + LEASE_MS, 'm-2');
  await notices.markFailed(LEAD, id, NOW + LEASE_MS, 'TimeoutError', false);
  expect((await notices.claim(LEAD, id, NOW + 3 * LEASE_MS)).state).toBe('done');
});
