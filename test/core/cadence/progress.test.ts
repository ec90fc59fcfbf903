import fc from 'fast-check';
import { progressOf } from '../../../core/cadence/progress.ts';
import { resumeLead, pauseLead } from '../../../core/ladder/pause.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { withLife } from '../../../core/lifecycle/commands/command.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import type { Activity } from '../../../core/lifecycle/activity.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { later } from '../../support/world.ts';
import { cadenceAt, leadOf, OF_TIER, tried, waiting } from './world.ts';

const MON = '2026-11-09T09:00:00-05:00';
/** Wednesday is Veterans Day: day 3 is Thursday. */
const day = (date: number, time = '10:00:00'): string =>
  `2026-11-${String(date).padStart(2, '0')}T${time}-05:00`;
let world: World;
let lead: Lead;
beforeAll(async () => {
  world = await cadenceAt(MON);
  lead = leadOf(world, MON, OF_TIER[1]);
});

type Step = readonly [Activity['type'], string, Activity['outcome']?];
const make = (...steps: Step[]): Lead =>
  steps.reduce((current, [type, at, outcome]) => tried(world, current, type, at, outcome).lead, lead);
const states = (current: Lead, at: string): string[] =>
  (progressOf(later(world, at), current)?.touches ?? []).map(({ touch, state }) => `${touch} ${state}`);
const at = (current: Lead, when: string) => progressOf(later(world, when), current);

describe('an attempt is the earliest touch of its channel that is not made', () => {
  test('and whose day has begun: a second call on day 1 is beyond the plan and counts as an attempt', () => {
    const now = make(
      ['call', day(9, '09:01:00')],
      ['call', day(9, '11:00:00')],
      ['email', day(9, '12:00:00')],
    );
    expect(states(now, day(9, '13:00:00')).slice(0, 4)).toEqual([
      '1 made',
      '2 made',
      '3 awaited',
      '4 awaited',
    ]);
    expect(at(now, day(9, '13:00:00'))?.beyondPlan).toEqual([`call-${day(9, '11:00:00')}`]);
    expect(now.attempts).toBe(3);
  });

  test('a day begins with its date, before its hours', () => {
    const now = make(['call', day(9, '09:01:00')], ['call', day(12, '07:00:00')]);
    expect(states(now, day(12, '07:30:00'))[3]).toBe('4 made');
    expect(states(make(['call', day(9, '09:01:00')], ['call', day(11)]), day(11, '11:00:00'))[3]).toBe(
      '4 awaited',
    );
  });

  test('after its day it is made late, and until then it is missing', () => {
    const called = make(['call', day(9, '09:01:00')]);
    expect(states(called, day(9, '17:59:59'))[1]).toBe('2 awaited');
    expect(states(called, day(9, '18:00:00'))[1]).toBe('2 missed');
    expect(at(called, day(10))?.missed.map(({ touch }) => touch)).toEqual([2]);
    const made = tried(world, called, 'email', day(10, '08:30:00')).lead;
    expect(states(made, day(10))[1]).toBe('2 made_late');
    expect(at(made, day(10))?.missed).toEqual([]);
  });

  test('a message over a channel that the plan has not is an attempt', () => {
    const now = make(['call', day(9, '09:01:00')], ['sms', day(9)]);
    expect(at(now, day(9, '11:00:00'))?.beyondPlan).toEqual([`sms-${day(9)}`]);
  });

  test('says which touch is next and when it is due', () => {
    expect(at(make(['call', day(9, '09:01:00')], ['email', day(9)]), day(9, '11:00:00'))?.next).toMatchObject(
      {
        ...{ touch: 3, channel: 'linkedin', day: 2, dueAt: epochMs(day(10, '18:00:00')) },
      },
    );
  });
});

describe('what ends the cadence', () => {
  const called: Step = ['call', day(9, '09:01:00')];
  test.each([
    ['a reply', () => make(called, ['sms', day(10), 'replied']), 'reply'],
    ['a meeting', () => make(called, ['meeting', day(10), 'connected']), 'meeting'],
    [
      'a contact with conversion',
      () => withLife({ ...make(called), status: 'sql' }, { sql: { at: iso(epochMs(day(10))) } as never }),
      'converted',
    ],
    [
      'a disposition',
      () =>
        withLife(
          { ...make(called), status: 'disqualified' },
          { disposition: { at: iso(epochMs(day(10))) } as never },
        ),
      'disposed',
    ],
    [
      'a rejection',
      () =>
        withLife(
          { ...make(called), status: 'rejected' },
          { rejection: { at: iso(epochMs(day(10))) } as never },
        ),
      'rejected',
    ],
  ])('%s', (_what, build, because) => {
    const ended = build();
    expect(at(ended, day(13))).toMatchObject({ ended: { at: iso(epochMs(day(10))), because }, next: null });
    expect(states(ended, day(20)).slice(0, 3)).toEqual(['1 made', '2 missed', '3 dropped']);
  });

  test('a meeting to which nobody came does not', () => {
    expect(at(make(called, ['meeting', day(10), 'no_answer']), day(13))?.ended).toBeNull();
  });

  test('the clocks of its touches are cancelled', () => {
    const ended = make(called, ['email', day(9), 'replied']);
    expect(waiting(ended)).toEqual([]);
  });
});

describe('a contact without conversion', () => {
  const reached: Step = ['call', day(9, '09:01:00'), 'connected'];

  test('pauses it for the two business days of the follow-up', () => {
    const now = make(reached);
    expect(at(now, day(9))?.pausedUntil).toBe(iso(epochMs(day(12, '09:01:00'))));
    // Touch 2 of day 1 waits until day 3, touch 3 of day 2 until day 4.
    expect(waiting(now)).toEqual([`2: ${iso(epochMs(day(12, '18:00:00')))}`]);
    expect(at(now, day(13, '09:00:00'))?.missed.map(({ touch }) => touch)).toEqual([2]);
    expect(at(now, day(13, '09:00:00'))?.next).toMatchObject({
      touch: 3,
      dueAt: epochMs(day(13, '18:00:00')),
    });
  });

  test('a follow-up ends the pause, and its clock', () => {
    const now = make(reached, ['email', day(10, '09:00:00')]);
    expect(at(now, day(10))?.pausedUntil).toBeNull();
    expect(states(now, day(10))[1]).toBe('2 made');
    // One business day was taken out: touch 3 is due on day 3.
    expect(waiting(now)).toEqual([`3: ${iso(epochMs(day(12, '18:00:00')))}`]);
    expect(now.clocks.find(({ commitment }) => commitment === 'contact.follow_up')).toMatchObject({
      status: 'met',
    });
  });

  test('moves the clock that waits already, and its execution with it', () => {
    const now = make(['call', day(9, '09:01:00')]);
    expect(waiting(now)).toEqual([`2: ${iso(epochMs(day(9, '18:00:00')))}`]);
    const moved = tried(world, now, 'call', day(9), 'connected').lead;
    expect(waiting(moved)).toEqual([`2: ${iso(epochMs(day(12, '18:00:00')))}`]);
    const back = tried(world, moved, 'linkedin', day(10, '08:00:00'));
    expect(waiting(back.lead)).toEqual([`2: ${iso(epochMs(day(10, '18:00:00')))}`]);
  });
});

test('a pause of the lead moves what comes after its beginning by as many business days', () => {
  const called = make(['call', day(9, '09:01:00')], ['email', day(9)]);
  const ask = { reason: 'prospect_asked_for_later', by: 'sam' };
  const paused = pauseLead(called, { ...ask, now: epochMs(day(10)), until: null }).lead;
  expect(at(paused, day(20))?.missed).toEqual([]);
  const resumed = resumeLead(world.policy, paused, { ...ask, now: epochMs(day(13)) }).lead;
  const plan = at(resumed, day(13))?.touches ?? [];
  // Two business days, the 12th and the 13th; from 08:00 to 10:00 of the day of touch 3 it still stood.
  expect(plan.slice(2, 4).map(({ touch, dueAt }) => `${touch} ${iso(dueAt)}`)).toEqual([
    `3 ${iso(epochMs(day(16, '10:00:00')))}`,
    `4 ${iso(epochMs(day(16, '18:00:00')))}`,
  ]);
});

test('progress and clocks are the same in whatever order the attempts arrive', () => {
  const types = ['call', 'email', 'linkedin', 'sms'] as const;
  const outcomes = ['voicemail', 'no_answer', 'sent', 'connected'] as const;
  const act = fc.record({
    minutes: fc.integer({ min: 0, max: 21 * 24 * 60 }),
    type: fc.constantFrom(...types),
    outcome: fc.constantFrom(...outcomes),
  });
  const several = fc.uniqueArray(act, { minLength: 1, maxLength: 12, selector: ({ minutes }) => minutes });
  fc.assert(
    fc.property(
      several.chain((acts) =>
        fc.tuple(fc.constant(acts), fc.shuffledSubarray(acts, { minLength: acts.length })),
      ),
      ([acts, shuffled]) => {
        // All are told at the instant of the last one.
        const end = iso(epochMs(MON) + Math.max(...acts.map(({ minutes }) => minutes)) * 60_000);
        const arrive = (order: typeof acts): Lead =>
          order.reduce((current, { minutes, type, outcome }) => {
            const activity: Activity = {
              ...{ activityId: `a${minutes}`, type, outcome, personId: 'sam' },
              occurredAt: epochMs(MON) + minutes * 60_000,
              recordedBy: { kind: 'system', name: 'dialler' },
            };
            return takeAttempt(later(world, end), current, activity).lead;
          }, lead);
        const sorted = arrive([...acts].sort((a, b) => a.minutes - b.minutes));
        const any = arrive(shuffled);
        // When they arrived, and in which run of places, is all that may differ.
        expect(at(any, end)).toEqual(at(sorted, end));
        const made = at(any, end)?.touches.filter(({ made: one }) => one !== null).length ?? 0;
        expect(made + (at(any, end)?.beyondPlan.length ?? 0)).toBe(acts.length);
        expect(waiting(any).sort()).toEqual(waiting(sorted).sort());
      },
    ),
    { numRuns: 600 },
  );
});
