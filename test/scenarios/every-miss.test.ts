import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { LifeStory } from '../support/life-story.ts';
import { GRACE } from '../support/inquiry.ts';
import { everyMiss } from '../support/every-miss.ts';

const TUESDAY_NINE = '2026-11-17T09:00:00-05:00';

/**
 * Rows whose clock is met in the act that opens it, or, of the routing, by the pool's fallback within ten minutes; only
 * a fault of the system misses them (test/faults, test/acceptance).
 */
const BY_CONSTRUCTION = ['mql.route', 'marketing.notify', 'ae.notify', 'opportunity.create'];

interface Row {
  id: string;
  title: string;
  subject: string;
  enforced: boolean;
  rungs: { rung: string; tell: string[] }[];
}

const policy = parse(readFileSync('policy/default.yaml', 'utf8')) as { commitments: Row[] };
const rows = policy.commitments.filter(({ enforced, subject }) => enforced && subject !== 'ticket');

let life: LifeStory;
let leadId: string;
beforeAll(async () => {
  life = await LifeStory.begin(TUESDAY_NINE);
}, 60_000);
afterAll(async () => {
  await life.story.end();
});

async function missed(id: string): Promise<Set<string>> {
  const { clocks } = await life.lived(id);
  return new Set(
    clocks.filter((one) => one.verdicts.at(-1)?.verdict === 'missed').map((one) => one.commitment),
  );
}

test('the same life with every clock missed: from the demo request to a deal that is lost', async () => {
  leadId = await everyMiss(life);
  const others = ['marketing.', 'recycle.'];
  const own = rows.filter(
    ({ id }) => !BY_CONSTRUCTION.includes(id) && !others.some((start) => id.startsWith(start)),
  );
  expect([...(await missed(leadId))].toSorted()).toEqual(own.map(({ id }) => id).toSorted());
}, 170_000);

test('who is told of each miss is told once, by its name, and nothing that waited is left', async () => {
  const mails = await life.story.mails();
  const named = rows.filter(
    ({ id, rungs }) =>
      !BY_CONSTRUCTION.includes(id) &&
      !/^(mql|owner|marketing|recycle)\./.test(id) &&
      rungs.some(({ rung, tell }) => rung === 'breach' && tell.length > 0),
  );
  const silent = named.filter(({ title }) => !mails.some((mail) => mail.includes(`“${title}`.slice(0, 60))));
  expect(silent.map(({ id }) => id)).toEqual([]);
  const told = (await life.story.mail()).map(({ at: when, to, subject }) => `${when} ${to} ${subject}`);
  expect(told.filter((mail, i) => told.indexOf(mail) !== i)).toEqual([]);
  const { status, clocks } = await life.lived(leadId);
  expect(status).toBe('disqualified');
  expect(clocks.filter((clock) => !['met', 'missed', 'cancelled'].includes(clock.status))).toEqual([]);
  expect((await life.executions(leadId)).filter((line) => !line.includes(' SUCCEEDED '))).toEqual([]);
});

test('the rest is missed of other leads: by Marketing, and by whoever promised to look in', async () => {
  const { story } = life;
  await story.until('2027-07-27T13:00:00-04:00');
  // An act of the day before, of somebody without a telephone number.
  const acted = { id: 'demo', type: 'demo_request', at: '2027-07-26T09:00:00-04:00' };
  const held = (await story.inquiry({ contact: GRACE, signals: [acted] })).body.inquiryId;
  const brought = async (): Promise<{ leadId: string; owner: string }> => {
    const lead = await life.attempted();
    await life.does('accept', lead.leadId, lead.owner);
    return lead;
  };
  const rejected = await brought();
  await life.does('reject', rejected.leadId, rejected.owner, { code: 'REJ-04' });
  const later = await brought();
  const notReady = { disposition: 'disqualified', reason: 'timeline_12_months', detail: 'Budget in 2029' };
  await life.does('dispose', later.leadId, later.owner, notReady);
  await story.until('2028-02-15T13:00:00-05:00');
  const misses = await Promise.all([held, rejected.leadId, later.leadId].map(missed));
  expect(misses.flatMap((set) => [...set]).filter((id) => /^(marketing|recycle)/.test(id))).toEqual([
    'marketing.score',
    'marketing.enrich',
    'marketing.rejection',
    'recycle.check_in',
  ]);
});
