import { progressOf } from '../../../core/cadence/progress.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { climb } from '../../../core/ladder/climb.ts';
import { accept } from '../../../core/lifecycle/commands/accept.ts';
import { happen } from '../../../core/lifecycle/happen.ts';
import { isRefused } from '../../../core/lifecycle/commands/command.ts';
import type { Lead } from '../../../core/model/lead.ts';
import type { Activity } from '../../../core/lifecycle/activity.ts';
import { epochMs, iso, storedMs } from '../../../core/time.ts';
import { later } from '../../support/world.ts';
import { cadenceAt, leadOf, OF_TIER, touchClocks, tried, waiting } from './world.ts';

/** Three weeks from Monday 5 October with Columbus Day, the 12th. */
const MON = '2026-10-05T09:00:00-04:00';
const at = (date: number, time: string): string => `2026-10-${String(date).padStart(2, '0')}T${time}-04:00`;
const close = (date: number): string => iso(epochMs(at(date, '18:00:00')));
let world: World;
beforeAll(async () => {
  world = await cadenceAt(MON);
});

const TYPE: Readonly<Record<string, Activity['type']>> = {
  phone: 'call',
  email: 'email',
  linkedin: 'linkedin',
};

/** Makes each touch as it comes, at noon of the day on which its clock is due; what was waited for, in order. */
function follow(lead: Lead): { waited: string[]; lead: Lead } {
  let current = tried(world, lead, 'call', at(5, '09:00:30')).lead;
  const waited: string[] = [];
  for (;;) {
    const clock = touchClocks(current).find(({ status }) => status === 'within_sla');
    if (clock === undefined) return { waited, lead: current };
    waited.push(`${clock.touch ?? 0}: ${clock.dueAt}`);
    const noon = iso(storedMs(clock.dueAt) - 6 * 3_600_000);
    const channel = progressOf({ ...world, now: storedMs(noon) }, current)?.touches.find(
      ({ touch }) => touch === clock.touch,
    )?.channel;
    current = tried(world, current, TYPE[channel ?? ''] ?? 'sms', noon).lead;
  }
}

describe('a whole cadence, each touch made on its day', () => {
  const weeks = {
    1: ['2', 5, '3', 6, '4', 7, '5', 9, '6', 14, '7', 16, '8', 23],
    2: ['2', 5, '3', 6, '4', 7, '5', 9, '6', 14, '7', 16],
    3: ['2', 5, '4', 7, '5', 9, '9', 23],
  } as const;
  test.each([1, 2, 3] as const)('tier %i', (tier) => {
    const { waited, lead } = follow(leadOf(world, MON, OF_TIER[tier]));
    const pairs = weeks[tier].flatMap((value, i, all) =>
      typeof value === 'string' ? [`${value}: ${close(Number(all[i + 1]))}`] : [],
    );
    expect(waited).toEqual(pairs);
    expect(touchClocks(lead).map(({ status }) => status)).toEqual(pairs.map(() => 'met'));
    expect(new Set(touchClocks(lead).map(({ clockId }) => clockId)).size).toBe(pairs.length);
  });

  test('when every touch is over without an outcome, a disposition is required', () => {
    const { lead } = follow(leadOf(world, MON, OF_TIER[1]));
    const asked = lead.clocks.find(({ commitment }) => commitment === 'cadence.dispose');
    expect(asked).toMatchObject({ status: 'within_sla', startedAt: iso(epochMs(at(23, '12:00:00'))) });
    expect(iso(storedMs(asked?.dueAt ?? ''))).toBe(iso(epochMs(at(26, '12:00:00'))));
    const lost = happen(later(world, at(26, '09:00:00')), lead, ['lead_recycled']).lead;
    expect(lost.clocks.find(({ commitment }) => commitment === 'cadence.dispose')?.status).toBe('met');
  });

  test('an answer afterwards makes it unnecessary', () => {
    const { lead } = follow(leadOf(world, MON, OF_TIER[1]));
    const answered = tried(world, lead, 'email', at(25, '09:00:00'), 'replied').lead;
    expect(answered.clocks.find(({ commitment }) => commitment === 'cadence.dispose')?.status).toBe(
      'cancelled',
    );
  });
});

test('a demo request is tried six times in two days, touches of a day side by side', () => {
  const lead = leadOf(world, MON, { source: 'demo_request', company: { name: 'Example' } });
  const called = tried(world, lead, 'call', at(5, '09:00:30')).lead;
  expect(waiting(called)).toEqual([`2: ${close(5)}`, `3: ${close(5)}`]);
  const mailed = tried(world, called, 'email', at(5, '09:10:00')).lead;
  const linked = tried(world, mailed, 'linkedin', at(5, '09:20:00')).lead;
  expect(waiting(linked)).toEqual([4, 5, 6].map((touch) => `${touch}: ${close(6)}`));
});

test('touches of one deadline are missed one after the other, each with its own step', () => {
  const lead = leadOf(world, MON, { source: 'demo_request', company: { name: 'Example' } });
  let current = tried(world, lead, 'call', at(5, '09:00:30')).lead;
  const told: string[] = [];
  for (const { clockId, run, dueAt } of touchClocks(current)) {
    const step = climb({ ...world, now: storedMs(dueAt) }, current, { clockId, run, rung: 'breach' }, null);
    told.push(...step.lead.held.slice(current.held.length).map(({ notice }) => notice.notice));
    told.push(...step.effects.flatMap((effect) => (effect.kind === 'notice' ? [effect.notice] : [])));
    current = step.lead;
  }
  expect(told).toEqual(['touch_missed', 'touches_missed']);
  expect(waiting(current)).toEqual([4, 5, 6].map((touch) => `${touch}: ${close(6)}`));
});

describe('enrolment on the day of routing', () => {
  const routed = (when: string): Lead => {
    const then = later(world, when);
    return happen(then, leadOf(then, when, OF_TIER[1]), ['owner_assigned']).lead;
  };
  const clock = (lead: Lead) => lead.clocks.find(({ commitment }) => commitment === 'sequence.enroll');

  test.each([
    ['on a Monday morning: that day', MON, close(5)],
    ['on a Friday evening, before a holiday: the next business day', at(9, '19:00:00'), close(13)],
  ])('%s', (_what, when, dueAt) => {
    expect(clock(routed(when))?.dueAt).toBe(dueAt);
  });

  test.each(['sequence_enrolled', 'lead_rejected'])('%s meets it', (fact) => {
    const then = later(world, at(5, '17:00:00'));
    expect(clock(happen(then, routed(MON), [fact]).lead)?.status).toBe('met');
  });

  test('acceptance triggers the sequence, and meets it', () => {
    const accepted = accept(later(world, at(5, '09:10:00')), routed(MON), { by: 'sam' });
    expect(isRefused(accepted) ? undefined : clock(accepted.lead)?.status).toBe('met');
  });
});
