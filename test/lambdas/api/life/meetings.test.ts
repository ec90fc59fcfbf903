import { handler as bookMeeting } from '../../../../lambdas/api/book-meeting/handler.ts';
import { handler as getLead } from '../../../../lambdas/api/get-lead/handler.ts';
import { handler as getMeeting } from '../../../../lambdas/api/get-meeting/handler.ts';
import { handler as updateMeeting } from '../../../../lambdas/api/update-meeting/handler.ts';
import { handler as erase } from '../../../../lambdas/api/erase-personal-data/handler.ts';
import type { MeetingView } from '../../../../lambdas/api/schemas/pipeline.ts';
import { reconcile } from '../../../../lambdas/shared/reconcile.ts';
import { ask } from '../../../support/flow.ts';
import { broughtTo, command, done, SQL } from '../../../support/life.ts';
import type { Said } from '../../../support/life.ts';
import { Backend } from '../../../support/services.ts';
import type { Kept } from '../../../support/services.ts';
import { ofLead } from '../../../support/troubles.ts';

let backend: Backend;
let kept: Kept;
/** The lead with an opportunity, and the one that a test looks at. */
let dealt: string;
let leadId: string;
const FIRST = new Date(SQL.meeting.startsAt).toISOString();
const THURSDAY = '2026-12-03T15:00:00.000Z';

beforeAll(async () => {
  backend = await Backend.start();
  await backend.begin('2026-11-20T15:00:00Z');
  dealt = await broughtTo(backend, 'opportunity');
  kept = await backend.keep();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  leadId = dealt;
  await backend.resume(kept);
});

type Answer = MeetingView & Said;
const book = (change: Record<string, unknown> = {}) =>
  ask<Answer>(bookMeeting, {
    body: { by: 'alice', leadId, kind: 'economic_buyer', startsAt: THURSDAY, ...change },
  });
const read = (meetingId: string) => ask<Answer>(getMeeting, { path: { meetingId } });
const update = (n: number, body: Record<string, unknown>) =>
  ask<Answer>(updateMeeting, {
    path: { meetingId: `${leadId}-1-m${n}` },
    body: { by: 'alice', ...body },
  });
const owed = ({ clocks }: MeetingView) =>
  clocks.flatMap(({ commitment, status }) =>
    ['within_sla', 'at_risk', 'breached', 'escalated'].includes(status) ? [commitment] : [],
  );
const meetings = async () => (await ask(getLead, { path: { leadId } })).body.life.meetings;

describe('the meeting of the promotion', () => {
  it('is in the lead and has its clocks', async () => {
    expect(await meetings()).toEqual([
      { meetingId: `${leadId}-1-m1`, kind: 'discovery', startsAt: FIRST, state: 'booked' },
    ]);
    const { status, body } = await read(`${leadId}-1-m1`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ leadId, kind: 'discovery', startsAt: FIRST, booked: { by: 'sam' } });
    expect(owed(body).sort()).toEqual([
      'meeting.debrief',
      'meeting.invite',
      'meeting.outcome',
      'meeting.research',
    ]);
    expect(body.clocks[0]!.executionArn).toContain(`${leadId}-meeting-`);
  });

  it('is cancelled by AE-REJ-04, and booked anew with the next promotion', async () => {
    await backend.begin('2026-11-20T15:00:00Z');
    leadId = await broughtTo(backend, 'handed_over');
    await done(leadId, 'aeReject', { code: 'AE-REJ-04' });
    expect((await meetings()).map(({ state }) => state)).toEqual(['cancelled']);
    for (let n = 0; n < 2; n += 1)
      await done(leadId, 'promote', { meeting: { ...SQL.meeting, startsAt: THURSDAY } });
    expect(await meetings()).toEqual([
      { meetingId: `${leadId}-1-m1`, kind: 'discovery', startsAt: FIRST, state: 'cancelled' },
      { meetingId: `${leadId}-1-m2`, kind: 'discovery', startsAt: THURSDAY, state: 'booked' },
    ]);
    expect(backend.factsOf('MeetingBooked')).toBe(2);
  });
});

describe('POST /meetings', () => {
  it('books it once, however often it is asked for and whatever gets lost', async () => {
    backend.loseAnswer('PutCommand', { when: ofLead });
    expect((await book()).status).toBe(503);
    const [one, other] = await Promise.all([book(), book()]);
    expect(one.body).toEqual(other.body);
    expect([one.status, one.body.meetingId, one.body.state]).toEqual([200, `${leadId}-1-m2`, 'booked']);
    backend.pass(90);
    await reconcile(backend.services);
    expect(backend.factsOf('MeetingBooked')).toBe(2);
    expect(await meetings()).toHaveLength(2);
  });

  it.each([
    ['of an hour that has passed', { startsAt: '2026-11-20T14:00:00Z' }, 422, 'meeting-time'],
    ['with a lead that there is not', { leadId: 'lead-none' }, 404, 'not-found'],
    ['by nobody', { by: 'nobody' }, 422, 'not-on-the-roster'],
    ['of a kind of its own', { kind: 'lunch' }, 400, 'invalid-request'],
  ])('does not book one %s', async (_, change, status, type) => {
    const answer = await book(change);
    expect([answer.status, answer.body.type]).toEqual([status, `urn:lead-sla:problem:${type}`]);
    expect(await meetings()).toHaveLength(1);
  });

  it('does not book one with a lead on which nobody works any more', async () => {
    await backend.begin('2026-11-20T15:00:00Z');
    leadId = await broughtTo(backend, 'sal');
    await done(leadId, 'dispose');
    const { status, body } = await book();
    expect([status, body.type, body.allowed]).toEqual([409, 'urn:lead-sla:problem:not-allowed', []]);
    expect(body.detail).toContain('disqualified');
  });
});

describe('PATCH /meetings/{meetingId}', () => {
  it('prepared: invitation, research and debrief meet their clocks', async () => {
    backend.pass(30 * 60);
    const at = backend.now();
    const { body } = await update(1, { invitedAt: at, researchedAt: at, debriefedAt: at });
    expect(body).toMatchObject({ invited: { at }, researched: { at }, debriefed: { at } });
    expect(owed(body)).toEqual(['meeting.outcome']);
  });

  it('moved: every clock of it goes with it, and what was done holds', async () => {
    await update(1, { researchedAt: backend.now() });
    const { body } = await update(1, { startsAt: THURSDAY });
    expect(body.history.map(({ startsAt }) => startsAt)).toEqual([FIRST, THURSDAY]);
    expect(owed(body).sort()).toEqual(['meeting.debrief', 'meeting.invite', 'meeting.outcome']);
    const outcome = body.clocks.find(({ commitment }) => commitment === 'meeting.outcome')!;
    expect(outcome.rungs.slice(0, 2).map(({ at }) => at)).toEqual([
      '2026-12-02T15:00:00.000Z',
      '2026-12-03T14:00:00.000Z',
    ]);
  });

  it('held: notes are owed, and said once', async () => {
    backend.at('2026-11-27T16:00:00Z');
    const held = await update(1, { state: 'held' });
    expect(owed(held.body)).toEqual(['meeting.notes']);
    const { body } = await update(1, { notes: 'Quixwort signs in March.' });
    expect(body.notes).toMatchObject({ text: 'Quixwort signs in March.', by: 'alice' });
    const before = await backend.leadItems();
    expect((await update(1, { state: 'held', notes: 'Quixwort signs in March.' })).status).toBe(200);
    expect(await backend.leadItems()).toEqual(before);
    expect(JSON.stringify(backend.events)).not.toContain('Quixwort');
    expect(JSON.stringify((await ask(getLead, { path: { leadId } })).body)).not.toContain('Quixwort');
    await ask(erase, { path: { leadId } });
    expect(JSON.stringify((await read(`${leadId}-1-m1`)).body)).not.toContain('Quixwort');
  });

  it('cancelled: nothing of it is owed', async () => {
    expect(owed((await update(1, { state: 'cancelled' })).body)).toEqual([]);
  });

  it('not come: somebody has to find a new date', async () => {
    backend.at('2026-11-27T16:00:00Z');
    const { body } = await update(1, { state: 'no_show' });
    expect([body.state, owed(body)]).toEqual(['no_show', []]);
    const { body: lead } = await ask(getLead, { path: { leadId } });
    expect(lead.clocks.find(({ commitment }) => commitment === 'meeting.rebook')?.metAt).toBeNull();
  });

  it.each([
    ['held before it starts', { state: 'held' }, 'meeting-state', 'state'],
    ['notes of one that was not held', { notes: 'Nice.' }, 'meeting-state', 'notes'],
    ['an invitation of tomorrow', { invitedAt: '2026-11-21T15:00:00Z' }, 'not-in-its-time', 'invitedAt'],
    ['an hour that has passed', { startsAt: '2026-11-20T10:00:00Z' }, 'meeting-time', 'startsAt'],
  ])('refuses %s with its field', async (_, body, type, path) => {
    const answer = await update(1, body);
    expect([answer.status, answer.body.type]).toEqual([422, `urn:lead-sla:problem:${type}`]);
    expect(answer.body.errors.map((error) => error.path)).toEqual([path]);
    expect(answer.body.allowed).toEqual(['introduce', 'sign_discovery_delay']);
  });

  it('after the end of the lead only notes what became of it', async () => {
    await backend.begin('2026-11-20T15:00:00Z');
    leadId = await broughtTo(backend, 'sql');
    await done(leadId, 'dispose');
    const moved = await update(1, { startsAt: THURSDAY });
    expect([moved.status, moved.body.type]).toEqual([409, 'urn:lead-sla:problem:not-allowed']);
    backend.at('2026-11-27T16:00:00Z');
    const { body } = await update(1, { state: 'no_show' });
    expect([body.state, owed(body)]).toEqual(['no_show', []]);
  });

  it.each(['lead-none-1-m1', 'nothing', 'lead-none-o1'])('does not know %s', async (meetingId) => {
    const { status, body } = await read(meetingId);
    expect([status, body.type]).toEqual([404, 'urn:lead-sla:problem:not-found']);
    expect((await update(7, { state: 'cancelled' })).status).toBe(404);
  });
});

it('a promotion that is asked for twice at one moment books one meeting', async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  leadId = await broughtTo(backend, 'sal');
  await Promise.all([command(leadId, 'promote'), command(leadId, 'promote')]);
  expect(await meetings()).toHaveLength(1);
  expect(backend.factsOf('MeetingBooked')).toBe(1);
});
