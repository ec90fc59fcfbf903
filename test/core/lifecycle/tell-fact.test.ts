import { makerOf, toldIn, wordsOf } from '../../../core/lifecycle/told-facts.ts';
import { tellFact } from '../../../core/lifecycle/tell-fact.ts';
import type { Telling } from '../../../core/lifecycle/tell-fact.ts';
import type { World } from '../../../core/ladder/tell.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs } from '../../../core/time.ts';
import { demoRequest, later, owned, worldAt } from '../../support/world.ts';
import { done, refusal, sql } from './handoff/sqls.ts';

const NINE = '2026-11-17T09:00:00-05:00';
let world: World;
let lead: Lead;
beforeAll(async () => {
  const plain = await worldAt(NINE);
  const [row] = plain.policy.commitments.filter(({ id }) => id === 'sal.review');
  const own = { ...row!, enforced: true, target: 'PT1H' };
  const commitments = [
    ...plain.policy.commitments.filter(({ id }) => id !== 'sal.review'),
    { ...own, id: 'sal.review', target: 'PT2H' },
    { ...own, id: 'own.offer', start: 'papers_asked_for', stop: ['papers_sent'] },
    { ...own, id: 'own.room', subject: 'meeting' as const, start: 'room_asked_for', stop: ['room_booked'] },
  ];
  world = { ...plain, policy: { ...plain.policy, commitments } };
  lead = owned(world, demoRequest(NINE), 'sam');
});

const tell = (at: World, before: Lead, telling: Partial<Telling> & { fact: string }) =>
  done(tellFact(at, before, { by: 'sam', ...telling }));
const refused = (telling: Partial<Telling> & { fact: string }, of = lead) =>
  refusal(tellFact(later(world, '2026-11-17T09:30:00-05:00'), of, { by: 'sam', ...telling }));
const clock = ({ clocks }: Lead, commitment: string) =>
  clocks.findLast((candidate) => candidate.commitment === commitment);
const minutes = (n: number) => later(world, new Date(Date.parse(NINE) + n * 60_000).toISOString());
const instant = (n: number) => epochMs(NINE) + n * 60_000;

describe('words of the policy', () => {
  test('each one is told by somebody, or something makes it happen', () => {
    expect(toldIn(world.policy).sort()).toEqual(
      [
        ...['lead_reviewed', 'disposition_feedback_given', 'sequence_enrolled', 'partner_feedback_given'],
        ...['papers_asked_for', 'papers_sent', 'room_asked_for', 'room_booked'],
      ].sort(),
    );
  });

  test.each([
    ['lead_accepted', 'POST /leads/{leadId}/accept'],
    ['first_attempt', 'POST /leads/{leadId}/activities'],
    ['stage_4_left', 'PATCH /opportunities/{opportunityId}'],
    ['close_date_pushed_remedied', 'PATCH /opportunities/{opportunityId}'],
    ['meeting_no_show', 'PATCH /meetings/{meetingId}'],
    ['no_activity', 'the product itself'],
    ['close_date_pushed_again', 'the product itself'],
  ])('%s is brought about by %s', (fact, maker) => {
    expect(makerOf(world.policy, fact)).toBe(maker);
    expect(refused({ fact })).toMatchObject({
      refused: 'made-otherwise',
      missing: [{ path: 'fact', message: expect.stringContaining(maker) as string }],
    });
  });

  test('of tickets are none of a lead', () => {
    expect(wordsOf(world.policy)).not.toContain('ticket_opened');
    expect(refused({ fact: 'ticket_opened' }).refused).toBe('unknown-fact');
  });

  test('an unknown one is refused with those that can be told', () => {
    const { detail } = refused({ fact: 'moon_is_full' });
    for (const fact of toldIn(world.policy)) expect(detail).toContain(fact);
  });
});

describe('a fact that somebody tells', () => {
  test('starts and stops the rows that have its word', () => {
    const asked = tell(minutes(10), lead, { fact: 'papers_asked_for' }).lead;
    expect(clock(asked, 'own.offer')?.status).toBe('within_sla');
    const sent = tell(minutes(40), asked, { fact: 'papers_sent' }).lead;
    expect(clock(sent, 'own.offer')).toMatchObject({ status: 'met', metAt: '2026-11-17T14:40:00.000Z' });
    expect(sent.life.told.map(({ fact, by }) => `${fact} ${by}`)).toEqual([
      'papers_asked_for sam',
      'papers_sent sam',
    ]);
  });

  test('is known by its instant, and without one changes nothing where nothing is open', () => {
    const once = tell(minutes(10), lead, { fact: 'lead_reviewed' }).lead;
    expect(tell(minutes(11), once, { fact: 'lead_reviewed' })).toEqual({ lead: once, effects: [] });
    const at = { fact: 'papers_asked_for', occurredAt: instant(20) };
    const asked = tell(minutes(20), once, at).lead;
    const sent = tell(minutes(30), asked, { fact: 'papers_sent' }).lead;
    expect(tell(minutes(40), sent, at)).toEqual({ lead: sent, effects: [] });
    // Asked for once more: another clock.
    const again = tell(minutes(50), sent, { fact: 'papers_asked_for', occurredAt: instant(50) }).lead;
    expect(again.clocks.filter(({ commitment }) => commitment === 'own.offer')).toHaveLength(2);
  });

  test('typed in at once counts from its instant', () => {
    const { lead: told } = tell(minutes(30), lead, { fact: 'lead_reviewed', occurredAt: instant(29.5) });
    expect(clock(told, 'sal.review')?.metAt).toBe('2026-11-17T14:29:30.000Z');
  });

  test('typed in long after counts from its arrival', () => {
    const { lead: told } = tell(minutes(90), lead, { fact: 'lead_reviewed', occurredAt: instant(30) });
    expect(clock(told, 'sal.review')?.metAt).toBe('2026-11-17T15:30:00.000Z');
  });

  test('typed in a moment after the deadline turns no verdict', () => {
    const late = later(world, '2026-11-17T11:00:30-05:00');
    const { lead: told, effects } = tell(late, lead, { fact: 'lead_reviewed', occurredAt: instant(119.8) });
    expect(clock(told, 'sal.review')?.status).toBe('missed');
    const why = effects.flatMap((effect) => (effect.kind === 'timeline' ? [effect.entry.why] : []));
    expect(why[0]).toContain('back-dated: it counts from 2026-11-17T16:00:30.000Z');
  });

  test('is refused outside its time', () => {
    expect(refused({ fact: 'lead_reviewed', occurredAt: instant(60) }).missing[0]?.path).toBe('occurredAt');
    expect(refused({ fact: 'lead_reviewed', occurredAt: instant(-600) }).refused).toBe('not-in-its-time');
  });

  test('about a meeting meets the clocks of that meeting', () => {
    const promoted = sql(world);
    expect(refused({ fact: 'room_asked_for' }, promoted).missing[0]?.path).toBe('about');
    expect(refused({ fact: 'room_asked_for', about: 'lead-1-1-m9' }, promoted).detail).toContain(
      'lead-1-1-m1',
    );
    const asked = tell(minutes(70), promoted, { fact: 'room_asked_for', about: 'lead-1-1-m1' }).lead;
    expect(clock(asked, 'own.room')).toMatchObject({ about: 'lead-1-1-m1', status: 'within_sla' });
    const booked = tell(minutes(80), asked, { fact: 'room_booked', about: 'lead-1-1-m1' }).lead;
    expect(clock(booked, 'own.room')?.status).toBe('met');
  });
});
