/** A whole life in which every clock is missed that a lead can miss, step by step (policy book §4 to §12). */
import type { LifeStory } from './life-story.ts';
import { PARTS, SQL } from './life.ts';

/** Whose steps these are. */
interface Late {
  life: LifeStory;
  leadId: string;
  sdr: string;
}

/** The instant in New York in winter. */
const at = (text: string): string => `${text}-05:00`;
const sql = (startsAt: string) => ({ ...SQL, meeting: { ...SQL.meeting, startsAt: at(startsAt) } });
const aeOf = async ({ life, leadId }: Late): Promise<string> =>
  (await life.lived(leadId)).life.handoff!.ae.personId;

/** Eight months from the demo request to a deal that is lost, and a month after it. */
export async function everyMiss(life: LifeStory): Promise<string> {
  const late = await lateSdr(life);
  const { leadId } = late;
  await lateHandoff(late);
  const ae = await aeOf(late);
  const { life: lived } = await life.does('aeAccept', leadId, ae, { briefingRead: true });
  await lateMeetings(late, ae);
  await rottenDeal(late, ae, lived.opportunity!.opportunityId);
  await life.story.until(at('2027-07-25T11:00:00'));
  return leadId;
}

/** From the demo request to the promotion: everything that an SDR owes comes too late. */
async function lateSdr(life: LifeStory): Promise<Late> {
  const { story } = life;
  const { leadId } = await story.post({ partner: { id: 'p-17' } });
  await story.until(at('2026-11-18T12:00:00'));
  const sdr = (await story.lead(leadId)).owner?.personId ?? '';
  // The dialler tells of it two hours later.
  const call = { personId: sdr, outcome: 'voicemail', occurredAt: at('2026-11-18T10:00:00') };
  await story.attempt(leadId, call);
  await story.until(at('2026-11-19T12:00:00'));
  await life.does('accept', leadId, sdr);
  // Nobody makes a touch; then the prospect answers by themselves, and nobody follows up.
  await story.until(at('2026-11-30T12:00:00'));
  await story.attempt(leadId, { personId: sdr, type: 'email', outcome: 'replied' });
  await story.until(at('2026-12-11T12:00:00'));
  return { life, leadId, sdr };
}

/** The handoff: a briefing that comes a day late, an AE who says nothing, RevOps that says nothing, a rework. */
async function lateHandoff(late: Late): Promise<void> {
  const { life, leadId, sdr } = late;
  const until = (time: string): Promise<void> => life.story.until(at(time));
  await life.does('promote', leadId, sdr, sql('2026-12-18T10:00:00'));
  await until('2026-12-12T12:00:00');
  await life.does('briefing', leadId, sdr, { parts: PARTS });
  await until('2026-12-15T12:00:00');
  await life.does('aeReject', leadId, await aeOf(late), { code: 'AE-REJ-05' });
  await until('2026-12-16T16:00:00');
  const reason = 'The account is in the East.';
  await life.does('arbitrate', leadId, 'rex', { personId: 'alice', reason });
  await life.does('aeReject', leadId, 'alice', { code: 'AE-REJ-01' });
  await until('2027-01-11T12:00:00');
  await life.does('promote', leadId, sdr, { ...sql('2027-01-14T10:00:00'), briefing: PARTS });
  await until('2027-01-13T09:00:00');
}

/** Meetings: not prepared, not held, not rebooked, held at last and neither noted down nor followed by a next step. */
async function lateMeetings({ life, leadId }: Late, ae: string): Promise<void> {
  const until = (time: string): Promise<void> => life.story.until(at(time));
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
async function rottenDeal({ life, leadId }: Late, ae: string, opportunityId: string): Promise<void> {
  const until = (time: string): Promise<void> => life.story.until(at(time));
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
