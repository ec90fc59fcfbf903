import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { LifeStory } from '../support/life-story.ts';
import { GRACE } from '../support/inquiry.ts';
import { PARTS, SQL } from '../support/life.ts';

const TUESDAY_NINE = '2026-11-17T09:00:00-05:00';
/** The instant in New York in winter. */
const at = (text: string): string => `${text}-05:00`;

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
let sdr: string;
beforeAll(async () => {
  life = await LifeStory.begin(TUESDAY_NINE);
}, 60_000);
afterAll(async () => {
  await life.story.end();
});

const until = (time: string): Promise<void> => life.story.until(at(time));
const aeNow = async (): Promise<string> => (await life.lived(leadId)).life.handoff!.ae.personId;
const sql = (startsAt: string) => ({ ...SQL, meeting: { ...SQL.meeting, startsAt: at(startsAt) } });

async function missed(id: string): Promise<Set<string>> {
  const { clocks } = await life.lived(id);
  return new Set(
    clocks.filter((one) => one.verdicts.at(-1)?.verdict === 'missed').map((one) => one.commitment),
  );
}

/** From the demo request to the promotion: everything that an SDR owes comes too late. */
async function lateSdr(): Promise<void> {
  ({ leadId } = await life.story.post({ partner: { id: 'p-17' } }));
  await until('2026-11-18T12:00:00');
  sdr = (await life.story.lead(leadId)).owner?.personId ?? '';
  // The dialler tells of it two hours later.
  const call = { personId: sdr, outcome: 'voicemail', occurredAt: at('2026-11-18T10:00:00') };
  await life.story.attempt(leadId, call);
  await until('2026-11-19T12:00:00');
  await life.does('accept', leadId, sdr);
  // Nobody makes a touch; then the prospect answers by themselves, and nobody follows up.
  await until('2026-11-30T12:00:00');
  await life.story.attempt(leadId, { personId: sdr, type: 'email', outcome: 'replied' });
  await until('2026-12-11T12:00:00');
}

/** The handoff: a briefing that comes a day late, an AE who says nothing, RevOps that says nothing, a rework. */
async function lateHandoff(): Promise<void> {
  await life.does('promote', leadId, sdr, sql('2026-12-18T10:00:00'));
  await until('2026-12-12T12:00:00');
  await life.does('briefing', leadId, sdr, { parts: PARTS });
  await until('2026-12-15T12:00:00');
  await life.does('aeReject', leadId, await aeNow(), { code: 'AE-REJ-05' });
  await until('2026-12-16T16:00:00');
  const reason = 'The account is in the East.';
  await life.does('arbitrate', leadId, 'rex', { personId: 'alice', reason });
  await life.does('aeReject', leadId, 'alice', { code: 'AE-REJ-01' });
  await until('2027-01-11T12:00:00');
  await life.does('promote', leadId, sdr, { ...sql('2027-01-14T10:00:00'), briefing: PARTS });
  await until('2027-01-13T09:00:00');
}

/** Meetings: not prepared, not held, not rebooked, held at last and neither noted down nor followed by a next step. */
async function lateMeetings(ae: string): Promise<void> {
  const first = (await life.lived(leadId)).life.meetings.at(-1)!;
  await until('2027-01-14T14:00:00');
  await life.meets(first.meetingId, ae, { state: 'no_show' });
  await until('2027-01-18T12:00:00');
  const second = await life.books(leadId, ae, 'discovery', at('2027-01-21T10:00:00'));
  await until('2027-01-21T11:00:00');
  await life.meets(second.meetingId, ae, { state: 'held' });
  await until('2027-01-25T11:00:00');
  await life.meets(second.meetingId, ae, { notes: 'They want it by March.' });
  await until('2027-02-20T11:00:00');
}

/** The deal: silent, too old in every stage, pushed and resized, its remedies not seen to; then it is lost. */
async function rottenDeal(ae: string, opportunityId: string): Promise<void> {
  const says = (body: Record<string, unknown>) => life.dealt(opportunityId, ae, body);
  await life.story.attempt(leadId, { personId: ae });
  const nextStep = { what: 'A call with their CISO', due: '2027-02-24' };
  await says({ nextStep, amount: 100_000, closeDate: '2027-04-01', stage: 2 });
  await until('2027-02-22T11:00:00');
  await says({ amount: 150_000, closeDate: '2027-04-10' });
  await says({ closeDate: '2027-04-20' });
  await until('2027-03-30T11:00:00');
  await says({ stage: 3 });
  await until('2027-05-05T11:00:00');
  await says({ stage: 4, closeDate: '2027-05-30' });
  await until('2027-05-30T11:00:00');
  await says({ stage: 5, closeDate: '2027-06-05' });
  await until('2027-06-25T11:00:00');
  await says({ closed: { outcome: 'lost', reason: 'no_decision', detail: 'They stay as they are.' } });
}

test('the same life with every clock missed: from the demo request to a deal that is lost', async () => {
  await lateSdr();
  await lateHandoff();
  const ae = await aeNow();
  const { life: lived } = await life.does('aeAccept', leadId, ae, { briefingRead: true });
  await lateMeetings(ae);
  await rottenDeal(ae, lived.opportunity!.opportunityId);
  await until('2027-07-25T11:00:00');
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
