import type { World } from '../../../core/ladder/tell.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { bookMeeting } from '../../../core/pipeline/meetings.ts';
import { epochMs } from '../../../core/time.ts';
import { accepted, briefed, notified } from '../lifecycle/handoff/sqls.ts';
import { events, later, mails } from '../../support/world.ts';
import {
  anSql,
  askMeeting,
  book,
  clock,
  dealOf,
  dealWorld,
  meet,
  meetingOf,
  opened,
  refusedOf,
  running,
  runTo,
} from './deals.ts';

let world: World;
let lead: Lead;
let booked: Lead;
/** Monday at ten, six days ahead. */
const STARTS = '2026-11-23T10:00:00-05:00';
beforeAll(async () => {
  world = await dealWorld();
  lead = opened(world);
  booked = book(world, lead, { kind: 'other', startsAt: STARTS }).lead;
});

const on = (at: string): World => later(world, at);
const ofMeetings = (of: Lead): string[] => running(of).filter((name) => name.startsWith('meeting.'));
const AFTER = '2026-11-23T10:30:00-05:00';

describe('the rows of a booked meeting (policy book §12)', () => {
  test.each([
    ['meeting.invite', '2026-11-17T16:00:00.000Z', null],
    ['meeting.research', '2026-11-22T15:00:00.000Z', 'alice'],
    ['meeting.outcome', '2026-11-23T17:00:00.000Z', 'alice'],
  ])('%s is due %s', (commitment, dueAt, owes) => {
    expect(clock(booked, commitment)).toMatchObject({ dueAt, about: 'lead-1-1-m1' });
    if (owes !== null) expect(clock(booked, commitment)?.owes).toBe(owes);
  });

  test('nothing was prepared: everybody is told in time', () => {
    const { rungs, effects } = runTo(world, booked, '2026-11-23T12:00:00-05:00');
    expect(rungs.filter((rung) => rung.includes('meeting.'))).toEqual([
      '2026-11-17T16:00:00.000Z meeting.invite/breach',
      '2026-11-22T15:00:00.000Z meeting.research/breach',
      '2026-11-22T15:00:00.000Z meeting.outcome/remind',
      '2026-11-23T03:00:00.000Z meeting.research/threshold',
      '2026-11-23T14:00:00.000Z meeting.outcome/warn',
      '2026-11-23T17:00:00.000Z meeting.outcome/breach',
    ]);
    expect(mails(effects).filter((mail) => mail.endsWith('prospect'))).toEqual([
      'meeting_reminder → prospect',
      'meeting_reminder → prospect',
    ]);
    expect(mails(effects)).toContain('meeting_near → alice');
  });

  test('what was done is not asked for', () => {
    const prepared = meet(world, booked, { invitedAt: world.now, researchedAt: world.now }).lead;
    expect(ofMeetings(prepared)).toEqual(['meeting.outcome']);
    expect(clock(prepared, 'meeting.research')).toMatchObject({ status: 'met' });
    expect(meet(world, prepared, { invitedAt: world.now, researchedAt: world.now }).lead).toBe(prepared);
  });

  test.each([
    ['manual', '2026-11-22T16:00:00.000Z', ['missed', 'missed']],
    ['system', '2026-11-22T14:30:00.000Z', ['missed', 'met']],
  ] as const)('research told after its deadline by %s counts from %s', (recordedBy, metAt, verdicts) => {
    const missed = runTo(world, booked, '2026-11-22T10:30:00-05:00').lead;
    const researchedAt = epochMs('2026-11-22T09:30:00-05:00');
    const told = meet(on('2026-11-22T11:00:00-05:00'), missed, { researchedAt, recordedBy }).lead;
    const judged = clock(told, 'meeting.research');
    expect(judged?.metAt).toBe(metAt);
    expect(judged?.verdicts.map(({ verdict }) => verdict)).toEqual(verdicts);
    // When it was done stays with the meeting, whatever it counts for.
    expect(meetingOf(told).researched?.at).toBe('2026-11-22T14:30:00.000Z');
  });

  test('the debrief is for the first meeting of a strategic account alone', () => {
    const discovery = book(world, lead, { kind: 'discovery', startsAt: STARTS }).lead;
    expect(clock(discovery, 'meeting.debrief')).toMatchObject({ dueAt: '2026-11-22T15:00:00.000Z' });
    expect(ofMeetings(booked)).not.toContain('meeting.debrief');
    const small = { ...lead, segment: 'smb' as const };
    expect(ofMeetings(book(world, small, { kind: 'discovery', startsAt: STARTS }).lead)).not.toContain(
      'meeting.debrief',
    );
  });

  test('two meetings have their own clocks', () => {
    const both = book(world, booked, { kind: 'other', startsAt: '2026-11-25T10:00:00-05:00' }).lead;
    expect(ofMeetings(both)).toHaveLength(6);
    const prepared = meet(world, both, { researchedAt: world.now }, 2).lead;
    const research = prepared.clocks.filter(({ commitment }) => commitment === 'meeting.research');
    expect(research.map(({ about, status }) => [about, status])).toEqual([
      ['lead-1-1-m1', 'within_sla'],
      ['lead-1-1-m2', 'met'],
    ]);
  });
});

describe('at short notice', () => {
  test.each([
    ['18 hours ahead: 12 hours before', '2026-11-18T04:00:00-05:00', '2026-11-17T21:00:00.000Z'],
    ['3 hours ahead: at its start', '2026-11-17T13:00:00-05:00', '2026-11-17T18:00:00.000Z'],
  ])('research is due %s', (_what, startsAt, dueAt) => {
    expect(clock(book(world, lead, { kind: 'other', startsAt }).lead, 'meeting.research')?.dueAt).toBe(dueAt);
  });

  test('the reminder of the day before is passed over, the one of the hour before is not', () => {
    const near = book(world, lead, { kind: 'other', startsAt: '2026-11-17T13:00:00-05:00' }).lead;
    expect(clock(near, 'meeting.outcome')?.rungs).toMatchObject([
      { rung: 'remind', outcome: 'passed_over' },
      { rung: 'warn', at: '2026-11-17T17:00:00.000Z', outcome: null },
      { rung: 'breach', outcome: null },
    ]);
  });
});

describe('booking', () => {
  test('the same meeting again is the same', () => {
    expect(book(world, booked, { kind: 'other', startsAt: STARTS })).toEqual({ lead: booked, effects: [] });
  });

  test('takes an instant to come, and somebody who talks with the prospect', () => {
    expect(
      refusedOf(bookMeeting(world, lead, { by: 'alice', kind: 'other', startsAt: world.now })).refused,
    ).toBe('meeting-time');
    const gone = { ...lead, status: 'recycled' as const };
    const ask = { by: 'alice', kind: 'other' as const, startsAt: epochMs(STARTS) };
    expect(refusedOf(bookMeeting(world, gone, ask)).refused).toBe('not-allowed');
  });

  test('with the economic buyer is what stage 2 asks for', () => {
    const withBuyer = book(world, lead, { kind: 'economic_buyer', startsAt: STARTS }).lead;
    expect(dealOf(withBuyer).economicBuyerMeeting).toMatchObject({ by: 'alice' });
  });

  test('an SDR books before there is an AE', () => {
    const early = book(world, anSql(world), { kind: 'discovery', startsAt: STARTS });
    expect(events(early.effects)).toContain('MeetingBooked');
    expect(clock(early.lead, 'meeting.research')?.owes).toBeNull();
    const opportunity = accepted(world, notified(world, briefed(world, early.lead))).lead;
    expect(clock(opportunity, 'meeting.research')?.owes).toBe('alice');
  });
});

describe('moving a meeting', () => {
  test('moves the clocks that count to it and from it, in place', () => {
    const moved = meet(world, booked, { startsAt: epochMs('2026-11-24T10:00:00-05:00') }).lead;
    expect(clock(moved, 'meeting.research')).toMatchObject({ n: 1, dueAt: '2026-11-23T15:00:00.000Z' });
    expect(clock(moved, 'meeting.outcome')).toMatchObject({ n: 1, dueAt: '2026-11-24T17:00:00.000Z' });
    expect(clock(moved, 'meeting.outcome')?.rungs[0]?.at).toBe('2026-11-23T15:00:00.000Z');
    expect(clock(moved, 'meeting.invite')?.dueAt).toBe(clock(booked, 'meeting.invite')?.dueAt);
    expect(meetingOf(moved).history.map(({ startsAt }) => startsAt)).toEqual([
      '2026-11-23T15:00:00.000Z',
      '2026-11-24T15:00:00.000Z',
    ]);
  });

  test('to a sooner time wakes the executions in time', () => {
    const sooner = meet(world, booked, { startsAt: epochMs('2026-11-19T10:00:00-05:00') });
    expect(clock(sooner.lead, 'meeting.research')).toMatchObject({
      dueAt: '2026-11-18T15:00:00.000Z',
      run: 2,
    });
    expect(sooner.effects.filter(({ kind }) => kind === 'start')).toHaveLength(2);
  });

  test('after the first reminder reminds the prospect of the new time as well', () => {
    const at = '2026-11-22T11:00:00-05:00';
    const reminded = runTo(world, booked, at).lead;
    const moved = meet(on(at), reminded, { startsAt: epochMs('2026-11-25T10:00:00-05:00') }).lead;
    expect(clock(moved, 'meeting.outcome')).toMatchObject({ n: 2 });
    const { effects } = runTo(world, moved, '2026-11-24T10:00:00-05:00');
    expect(mails(effects)).toContain('meeting_reminder → prospect');
    expect(ofMeetings(moved).filter((name) => name === 'meeting.outcome')).toHaveLength(1);
  });

  test('to the time that it has changes nothing', () => {
    expect(meet(world, booked, { startsAt: epochMs(STARTS) })).toEqual({ lead: booked, effects: [] });
  });

  test('into the past is refused', () => {
    expect(refusedOf(askMeeting(world, booked, { startsAt: world.now })).refused).toBe('meeting-time');
  });
});

describe('what became of a meeting', () => {
  test('held: notes are due within 2 business hours, the next step within 24 hours', () => {
    const held = meet(on(AFTER), booked, { state: 'held' }).lead;
    expect(ofMeetings(held)).toEqual(['meeting.notes']);
    expect(clock(held, 'meeting.notes')?.dueAt).toBe('2026-11-23T17:30:00.000Z');
    expect(clock(held, 'opportunity.next_step')?.dueAt).toBe('2026-11-24T15:30:00.000Z');
    expect(clock(held, 'meeting.research')?.status).toBe('cancelled');
    const noted = meet(on('2026-11-23T12:30:00-05:00'), held, { notes: 'They want a pilot.' });
    expect(clock(noted.lead, 'meeting.notes')?.status).toBe('met');
    expect(JSON.stringify(noted.effects)).not.toContain('pilot');
  });

  test('a discovery meeting that is held meets the clock of the AE', () => {
    const discovery = book(world, lead, { kind: 'discovery', startsAt: '2026-11-18T10:00:00-05:00' }).lead;
    const held = meet(on('2026-11-18T11:00:00-05:00'), discovery, { state: 'held' }).lead;
    expect(clock(held, 'ae.discovery')?.status).toBe('met');
    const other = book(world, lead, { kind: 'other', startsAt: '2026-11-18T10:00:00-05:00' }).lead;
    expect(
      clock(meet(on('2026-11-18T11:00:00-05:00'), other, { state: 'held' }).lead, 'ae.discovery')?.status,
    ).toBe('within_sla');
  });

  test('no show without a new date: escalated, and the SDR re-engages', () => {
    const missed = meet(on(AFTER), booked, { state: 'no_show' });
    expect(ofMeetings(missed.lead)).toEqual(['meeting.rebook']);
    expect(clock(missed.lead, 'meeting.rebook')).toMatchObject({
      owes: 'sam',
      dueAt: '2026-11-24T15:30:00.000Z',
    });
    const tasks = missed.effects.flatMap((effect) => (effect.kind === 'record' ? [effect.record] : []));
    expect(tasks).toMatchObject([{ type: 'task', assignee: 'sam' }]);
    const { effects, lead: escalated } = runTo(world, missed.lead, AFTER);
    expect(mails(effects)).toEqual(expect.arrayContaining(['reminder → sam', 'reminder → mona']));
    expect(escalated.flags.escalated).toBe(true);
  });

  test('no show with a new date in the same request: nobody is told, its clocks begin anew', () => {
    const startsAt = epochMs('2026-11-30T10:00:00-05:00');
    const moved = meet(on(AFTER), booked, { state: 'no_show', startsAt });
    expect(ofMeetings(moved.lead)).toEqual(['meeting.invite', 'meeting.outcome', 'meeting.research']);
    expect(meetingOf(moved.lead)).toMatchObject({ state: 'booked', startsAt: '2026-11-30T15:00:00.000Z' });
    expect(meet(on(AFTER), moved.lead, { state: 'no_show', startsAt })).toEqual({
      lead: moved.lead,
      effects: [],
    });
  });

  test('no show, then a new date or another meeting: the SDR has met it', () => {
    const missed = meet(on(AFTER), booked, { state: 'no_show' }).lead;
    const next = on('2026-11-24T09:00:00-05:00');
    const moved = meet(next, missed, { startsAt: epochMs('2026-11-30T10:00:00-05:00') }).lead;
    expect(clock(moved, 'meeting.rebook')?.status).toBe('met');
    const another = book(next, missed, { kind: 'other', startsAt: '2026-11-30T10:00:00-05:00' }).lead;
    expect(clock(another, 'meeting.rebook')?.status).toBe('met');
  });

  test('research that was done holds for the new date', () => {
    const prepared = meet(world, booked, { researchedAt: world.now }).lead;
    const moved = meet(on(AFTER), prepared, {
      state: 'no_show',
      startsAt: epochMs('2026-11-30T10:00:00-05:00'),
    }).lead;
    expect(ofMeetings(moved)).toEqual(['meeting.invite', 'meeting.outcome']);
  });

  test('cancelled: its clocks are', () => {
    expect(ofMeetings(meet(world, booked, { state: 'cancelled' }).lead)).toEqual([]);
  });

  test.each([
    ['held before it starts', '2026-11-23T14:59:59.999Z', { state: 'held' as const }],
    ['missed before it starts', '2026-11-23T14:59:59.999Z', { state: 'no_show' as const }],
    ['noted down before it is held', AFTER, { notes: 'x' }],
    [
      'cancelled and moved',
      '2026-11-18T10:00:00-05:00',
      { state: 'cancelled' as const, startsAt: epochMs('2026-11-30T10:00:00-05:00') },
    ],
  ])('%s is refused', (_what, at, changes) => {
    expect(refusedOf(askMeeting(on(at), booked, changes)).refused).toBe('meeting-state');
  });

  test('what is over stays over', () => {
    const held = meet(on(AFTER), booked, { state: 'held' }).lead;
    expect(meet(on(AFTER), held, { state: 'held' })).toEqual({ lead: held, effects: [] });
    expect(refusedOf(askMeeting(on(AFTER), held, { state: 'cancelled' })).refused).toBe('meeting-state');
    expect(
      refusedOf(askMeeting(on(AFTER), held, { startsAt: epochMs('2026-11-30T10:00:00-05:00') })).refused,
    ).toBe('meeting-state');
  });
});

test('an unknown meeting has nothing to change', () => {
  expect(refusedOf(askMeeting(world, lead, { state: 'held' }, 9)).refused).toBe('no-meeting');
});
