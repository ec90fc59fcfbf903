import { missedStep } from '../../../core/cadence/missed.ts';
import { cadenceStep } from '../../../core/cadence/step.ts';
import type { Decision } from '../../../core/ladder/facts.ts';
import { climb } from '../../../core/ladder/climb.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import type { Lead } from '../../../core/model/lead.ts';
import type { RecordItem } from '../../../core/model/effects.ts';
import { epochMs, iso, storedMs } from '../../../core/time.ts';
import { events, later, mails } from '../../support/world.ts';
import { cadenceAt, leadOf, OF_TIER, touchClocks, tried, waiting } from './world.ts';

const MON = '2026-10-19T09:00:00-04:00';
const day = (date: number, time = '10:00:00'): string => `2026-10-${date}T${time}-04:00`;
let world: World;
let lead: Lead;
beforeAll(async () => {
  world = await cadenceAt(MON);
  lead = tried(world, leadOf(world, MON, OF_TIER[1]), 'call', day(19, '09:00:30')).lead;
});

/** What the execution of a touch's clock does when it wakes at its deadline. */
function wake(current: Lead, touch: number): Decision {
  const clock = touchClocks(current).findLast((one) => one.touch === touch);
  const then = { ...world, now: storedMs(clock?.dueAt ?? '') };
  return climb(then, current, { clockId: clock?.clockId ?? '', run: clock?.run ?? 0, rung: 'breach' }, null);
}

const records = ({ effects }: Decision): RecordItem[] =>
  effects.flatMap((effect) => (effect.kind === 'record' ? [effect.record] : []));
/** What is said, at once or in the hours of whoever it is for. */
const told = ({ effects, lead: after }: Decision, before: Lead): string[] => [
  ...mails(effects),
  ...after.held
    .filter((held) => !before.held.includes(held))
    .map(({ notice }) => `${notice.notice} → ${notice.recipient}`),
];

describe('the steps of missed touches', () => {
  test('1 missed: the owner is told and has a task for the next business hour', () => {
    const one = wake(lead, 2);
    expect(told(one, lead)).toEqual(['touch_missed → sam']);
    expect(records(one)).toEqual([
      expect.objectContaining({ type: 'breach', personId: 'sam' }),
      expect.objectContaining({
        type: 'task',
        assignee: 'sam',
        title: 'Make up for touch 2 of lead lead-1: email',
        at: iso(epochMs(day(19, '18:00:00'))),
        dueAt: iso(epochMs(day(20, '09:00:00'))),
      }),
    ]);
    expect(events(one.effects)).toEqual(['TouchMissed', 'SlaBreached']);
    expect(waiting(one.lead)).toEqual([`3: ${iso(epochMs(day(20, '18:00:00')))}`]);
  });

  test('2 missed: the manager is told', () => {
    const one = wake(lead, 2).lead;
    const two = wake(one, 3);
    expect(told(two, one)).toEqual(['touches_missed → mona']);
    expect(records(two).map(({ type }) => type)).toEqual(['breach']);
    expect(missedStep({ ...world, now: epochMs(day(20, '18:00:00')) }, two.lead)).toMatchObject({
      ...{ nth: 2, row: { touches: 2, action: 'tell' }, touch: { touch: 3 } },
    });
  });

  test('3 missed: the cadence is over and a disposition is required, with a clock of its own', () => {
    const two = wake(wake(lead, 2).lead, 3).lead;
    const three = wake(two, 4);
    expect(events(three.effects)).toContain('DispositionRequired');
    expect(told(three, two)).toEqual(['disposition_required → sam', 'disposition_required → mona']);
    expect(records(three).map(({ title }) => title)).toContain('Give lead lead-1 a disposition');
    expect(waiting(three.lead)).toEqual([]);
    const dispose = three.lead.clocks.find(({ commitment }) => commitment === 'cadence.dispose');
    expect(dispose).toMatchObject({ status: 'within_sla', owes: 'sam', run: 1 });
    expect(three.lead.status).toBe('assigned');
    // Sam reads of it in the morning, a day before the deadline and not with it.
    const held = three.lead.held.filter(({ notice }) => notice.notice === 'disposition_required');
    expect(held.map(({ until }) => until)).toEqual([dispose!.wakeAt]);
    expect(dispose!.wakeAt! < dispose!.dueAt).toBe(true);
  });
});

describe('each step happens once per cycle and touch', () => {
  test('waking again changes nothing', () => {
    const one = wake(lead, 2);
    const again = wake(one.lead, 2);
    expect(again.effects).toEqual([]);
    expect(again.lead.held).toEqual(one.lead.held);
  });

  test('taking the step again changes nothing', () => {
    const two = wake(wake(lead, 2).lead, 3).lead;
    for (const time of [day(20, '18:00:00'), day(21)]) {
      expect(cadenceStep(later(world, time), two)).toEqual({ lead: two, effects: [] });
      expect(cadenceStep(later(world, time), two).lead).toBe(two);
    }
  });

  test('a touch that is made up for is missing no longer: the next miss is the first again', () => {
    const made = tried(world, wake(lead, 2).lead, 'email', day(20, '08:30:00')).lead;
    expect(touchClocks(made).find(({ touch }) => touch === 2)).toMatchObject({ status: 'missed' });
    expect(records(wake(made, 3)).map(({ title }) => title)).toContain(
      'Make up for touch 3 of lead lead-1: linkedin',
    );
  });

  test('an attempt that a system stamped before the deadline turns the verdict, though it is told afterwards', () => {
    const one = wake(lead, 2);
    const mail = {
      ...{ activityId: 'late', type: 'email' as const, outcome: 'sent' as const, personId: 'sam' },
      occurredAt: epochMs(day(19, '17:00:00')),
      recordedBy: { kind: 'system' as const, name: 'mailer' },
    };
    const turned = takeAttempt(later(world, day(20)), one.lead, mail);
    expect(events(turned.effects)).toContain('SlaVerdictTurned');
    expect(touchClocks(turned.lead).find(({ touch }) => touch === 2)).toMatchObject({ status: 'met' });
    expect(missedStep(later(world, day(20)), turned.lead)).toBeNull();
  });
});

describe('nothing happens', () => {
  test('before the first attempt: the response is owed until then', () => {
    const fresh = leadOf(world, MON, OF_TIER[1]);
    expect(cadenceStep(later(world, day(22)), fresh)).toEqual({ lead: fresh, effects: [] });
  });

  test('while the policy does not enforce the row', () => {
    const commitments = world.policy.commitments.map((row) => ({
      ...row,
      enforced: row.id === 'mql.respond',
    }));
    const off = { ...world, policy: { ...world.policy, commitments } };
    const called = tried(off, leadOf(off, MON, OF_TIER[1]), 'call', day(19, '09:00:30')).lead;
    expect(touchClocks(called)).toEqual([]);
  });
});

test('what was due before the first attempt takes its step as well', () => {
  const mailed = tried(world, leadOf(world, MON, OF_TIER[1]), 'email', day(19, '09:30:00')).lead;
  expect(waiting(mailed).sort()).toEqual([
    `1: ${iso(epochMs(day(19, '09:01:00')))}`,
    `3: ${iso(epochMs(day(20, '18:00:00')))}`,
  ]);
});

test('a call that was owed at once and was a mail instead is missed when the response was due', () => {
  const mailed = tried(world, leadOf(world, MON, OF_TIER[1]), 'email', day(19, '09:00:30')).lead;
  expect(waiting(mailed)).toEqual([`1: ${iso(epochMs(day(19, '09:01:00')))}`]);
  expect(told(wake(mailed, 1), mailed)).toEqual(['touch_missed → sam']);
});
