import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Suppression } from '../../../core/model/suppression.ts';
import { epochMs } from '../../../core/time.ts';
import { handler as getSuppression } from '../../../lambdas/api/get-suppression/handler.ts';
import { handler as liftSuppression } from '../../../lambdas/api/lift-suppression/handler.ts';
import { handler as putSuppression } from '../../../lambdas/api/put-suppression/handler.ts';
import { suppressionSchema } from '../../../lambdas/api/schemas/suppression.ts';
import { aPerson } from '../../core/routing/fixture.ts';
import { defaultPolicy } from '../../core/qualification/facts.ts';
import { call } from '../support/event.ts';
import { serve, type TestServices } from '../support/services.ts';
import { LEADS, startTables, type Tables } from '../support/tables.ts';

const NOW = '2026-08-01T14:00:00.000Z';
const IN_90_DAYS = '2026-10-30T14:00:00.000Z';
let tables: Tables;
let services: TestServices;

beforeEach(async () => {
  tables = await startTables();
  services = serve(tables, await defaultPolicy(), epochMs(NOW));
  await services.roster.put(aPerson('olive', { role: 'marketing_ops' }), 0);
  await services.roster.put(aPerson('mona', { role: 'sdr_manager' }), 1);
  await services.roster.put(aPerson('gone', { active: false }), 2);
});
afterEach(() => tables.close());

const exhausted = {
  email: 'Ada@Example.com',
  scenario: 'cadence_exhausted',
  reason: 'Eight attempts without an answer',
  by: 'olive',
};
const put = async (change: object = {}) => {
  const answer = await call(putSuppression, { body: { ...exhausted, ...change } });
  return { ...answer, stored: answer.body as unknown as Suppression };
};
const get = (suppressionId: string) => call(getSuppression, { path: { suppressionId } });
const lift = (suppressionId: string, by = 'mona') =>
  call(liftSuppression, { path: { suppressionId }, query: { by } });

describe('suppressing somebody', () => {
  it("takes the scenario's own window from now on, and keeps nothing of the address", async () => {
    const { status, stored } = await put({ leadId: 'lead-1' });
    expect(status).toBe(200);
    expect(stored).toEqual({
      suppressionId: expect.stringMatching(/^person-[0-9a-f]{32}-cadence_exhausted$/) as string,
      kind: 'person',
      value: null,
      scenario: 'cadence_exhausted',
      reason: 'Eight attempts without an answer',
      from: NOW,
      until: IN_90_DAYS,
      origin: { by: 'olive', leadId: 'lead-1' },
    });
    expect((await get(stored.suppressionId)).body).toEqual(stored);
    const { Items } = await tables.client.send(
      new ScanCommand({
        TableName: LEADS,
      }),
    );
    expect(JSON.stringify([Items, services.logged])).not.toMatch(/ada|example\.com/i);
  });

  it('has no end for a competitor, whose domain is kept in clear', async () => {
    const competitor = { email: undefined, domain: 'WWW.Rival.example', scenario: 'competitor' };
    expect((await put(competitor)).stored).toMatchObject({
      kind: 'domain',
      value: 'rival.example',
      until: null,
    });
    expect(await services.suppressions.find({ domains: ['rival.example'] })).toHaveLength(1);
  });

  it('takes an end that is given', async () => {
    const given = await put({ until: '2026-09-01T02:00:00+02:00' });
    expect(given.stored.until).toBe('2026-09-01T00:00:00.000Z');
  });

  it('is done once when the same is asked for again, and does not move its window', async () => {
    const first = await put();
    services.now += 60_000;
    expect((await put({ email: ' ada@example.COM ' })).stored).toEqual(first.stored);
    const given = { until: '2026-09-01T00:00:00Z', scenario: 'not_ready' };
    const other = await put(given);
    services.now = epochMs('2026-09-02T00:00:00Z');
    expect((await put(given)).stored).toEqual(other.stored);
  });

  it.each([
    ['reason', { reason: 'Nine attempts' }],
    ['person who asks', { by: 'mona' }],
    ['lead', { leadId: 'lead-2' }],
    ['end', { until: '2026-12-31T00:00:00.000Z' }],
  ])('is replaced from now on when another %s is given', async (_what, change) => {
    const first = await put();
    services.now += 60_000;
    const second = await put(change);
    expect(second.stored.suppressionId).toBe(first.stored.suppressionId);
    expect(second.stored.from).toBe('2026-08-01T14:01:00.000Z');
    expect((await get(first.stored.suppressionId)).body).toEqual(second.stored);
  });

  it('begins anew once its window is over', async () => {
    await put();
    services.now = epochMs(IN_90_DAYS);
    expect((await put()).stored).toMatchObject({ from: IN_90_DAYS, until: '2027-01-28T15:00:00.000Z' });
  });

  it.each([
    ['a scenario that nobody knows', { scenario: 'bored' }, 'unknown-scenario', 'scenario'],
    ['a scenario that suppresses nobody', { scenario: 'wrong_buyer' }, 'unknown-scenario', 'scenario'],
    ['customers, whom the account team has', { scenario: 'customer' }, 'unknown-scenario', 'scenario'],
    ['an end of what has none', { scenario: 'competitor', until: IN_90_DAYS }, 'no-window', 'until'],
    ['an end that is now', { until: NOW }, 'until-passed', 'until'],
    ['somebody who is not on the roster', { by: 'nobody' }, 'not-on-the-roster', 'by'],
    ['somebody who has left', { by: 'gone' }, 'not-on-the-roster', 'by'],
    ['a reason with an address', { reason: 'ada@example.com bounced' }, 'reason-names-person', 'reason'],
    ['a company without a name', { email: undefined, company: '—' }, 'no-subject', 'company'],
  ])('is refused for %s', async (_what, change, type, path) => {
    const { status, body } = await put(change);
    expect([status, body.type, body.errors[0]?.path]).toEqual([422, `urn:lead-sla:problem:${type}`, path]);
    expect(JSON.stringify(body)).not.toContain('ada@');
    expect((await tables.client.send(new ScanCommand({ TableName: LEADS }))).Items).toEqual([]);
  });

  it('names the scenarios there are', async () => {
    const { body } = await put({ scenario: 'bored' });
    expect(body.errors[0]?.message).toBe(
      'must be one of cadence_exhausted, not_ready, bad_data, competitor, below_icp, wrong_persona, suppressed_again',
    );
  });

  it.each([[{ email: undefined }], [{ domain: 'example.com' }]])(
    'needs exactly one subject: %j',
    async (change) => {
      expect((await put(change)).status).toBe(400);
    },
  );

  it('is worth a repetition while the secret cannot be read', async () => {
    services.suppressions.idOf = () =>
      Promise.reject(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    expect((await put()).status).toBe(503);
  });
});

describe('reading', () => {
  it('gives what is stored, as the API describes it', async () => {
    const { stored } = await put({ email: undefined, company: 'Rival, Inc.', scenario: 'competitor' });
    expect(suppressionSchema.parse((await get(stored.suppressionId)).body)).toMatchObject({
      value: 'Rival, Inc.',
    });
  });

  it('answers 404 for what is not there', async () => {
    expect((await get(`person-${'0'.repeat(32)}-competitor`)).status).toBe(404);
  });
});

describe('lifting', () => {
  it('lets them return, and changes nothing the second time', async () => {
    const { suppressionId } = (await put()).stored;
    expect((await lift(suppressionId)).body).toEqual({ suppressionId, lifted: true });
    expect((await get(suppressionId)).status).toBe(404);
    expect(await lift(suppressionId)).toMatchObject({ status: 200, body: { suppressionId, lifted: false } });
  });

  it('is for managers', async () => {
    const { suppressionId } = (await put()).stored;
    const { status, body } = await lift(suppressionId, 'olive');
    expect([status, body.errors[0]?.path]).toEqual([422, 'query.by']);
    expect((await get(suppressionId)).status).toBe(200);
  });
});
