import { loadPolicy } from '../../../lib/policy/load.ts';
import { climb } from '../../../core/ladder/climb.ts';
import { executionName } from '../../../core/ladder/facts.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import type { Clock } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs } from '../../../core/time.ts';
import { demoRequest, later, mails, owned, worldAt } from '../../support/world.ts';

const NINE = '2026-11-17T09:00:00-05:00';
let world: World;
let lead: Lead;
beforeAll(async () => {
  world = { ...(await worldAt(NINE)), policy: await loadPolicy('test/support/own-commitment.yaml') };
  lead = owned(world, demoRequest(NINE), 'sam');
});

const own = ({ clocks }: Lead): Clock => clocks.find(({ commitment }) => commitment === 'own.reach')!;
const at = (time: string): World => later(world, `2026-11-17T${time}-05:00`);

function call(time: string, outcome: 'voicemail' | 'connected') {
  const occurredAt = epochMs(`2026-11-17T${time}-05:00`);
  const recordedBy = { kind: 'system' as const, name: 'dialler' };
  return { activityId: time, type: 'call' as const, outcome, occurredAt, recordedBy, personId: 'sam' };
}

describe('a commitment that stands in a policy file alone', () => {
  test('is opened by its start event with target, calendar, rungs and an execution of its own', () => {
    expect(own(lead)).toMatchObject({
      owes: 'sam',
      target: 'PT1H',
      targetFrom: 'commitment own.reach',
      calendar: { id: 'business', timeZone: 'America/New_York' },
      dueAt: '2026-11-17T15:00:00.000Z',
      rungs: [
        { rung: 'remind', at: '2026-11-17T14:30:00.000Z' },
        { rung: 'warn', at: '2026-11-17T14:45:00.000Z' },
        { rung: 'breach', at: '2026-11-17T15:00:00.000Z' },
        { rung: 'threshold', at: '2026-11-17T16:00:00.000Z' },
      ],
      run: 1,
    });
    expect(executionName(lead, own(lead), 'commitment-clock')).toBe('lead-1-own-reach-1');
  });

  test('climbs its rungs, names who owes it and gives their manager a task', () => {
    const rungs = [
      ['remind', '09:30:00'],
      ['warn', '09:45:00'],
      ['breach', '10:00:00'],
      ['threshold', '11:00:00'],
    ] as const;
    let now = lead;
    const told = rungs.map(([rung, time]) => {
      const step = climb(at(time), now, { clockId: 'own.reach-1', run: 1, rung }, null);
      now = step.lead;
      return step;
    });
    expect(told.map(({ effects }) => mails(effects))).toEqual([
      ['reminder → sam'],
      ['warning → sam', 'warning → mona'],
      ['breach_old_owner → sam', 'breach_manager → mona'],
      ['threshold → dana'],
    ]);
    const records = told[2]!.effects.flatMap((effect) => (effect.kind === 'record' ? [effect.record] : []));
    expect(records).toMatchObject([
      { type: 'breach', personId: 'sam' },
      { type: 'task', assignee: 'mona' },
    ]);
    expect(own(now).status).toBe('escalated');
    expect(told[3]!.state).toMatchObject({ outcome: 'handed_over' });
  });

  test('is stopped by its stop event and by no other', () => {
    const tried = takeAttempt(at('09:10:00'), lead, call('09:10:00', 'voicemail')).lead;
    expect(own(tried).status).toBe('within_sla');
    const reached = takeAttempt(at('09:20:00'), tried, call('09:20:00', 'connected')).lead;
    expect(own(reached)).toMatchObject({
      status: 'met',
      metBy: '09:20:00',
      metAt: '2026-11-17T14:20:00.000Z',
    });
  });
});
