/** Clocks of what is known only when it is over: opened and met in one decision. What was too late has climbed its rungs. */
import type { Lead } from '../model/lead.ts';
import { storedMs } from '../time.ts';
import type { EpochMs } from '../time.ts';
import { climb } from '../ladder/climb.ts';
import type { Decision } from '../ladder/facts.ts';
import { and } from '../ladder/facts.ts';
import { clockOf } from '../ladder/next.ts';
import type { World } from '../ladder/tell.ts';
import { meetClocks } from './clocks.ts';

/**
 * The clocks that a decision has opened, climbed as far as they were due by the instant of their stop event, and met.
 * @param before the lead before the decision
 */
export function meetOpened(
  world: World,
  before: Lead,
  opened: Decision,
  stop: { fact: string; at: EpochMs },
): Decision {
  const climbed = opened.lead.clocks
    .slice(before.clocks.length)
    .filter((clock) => clock.stop.includes(stop.fact))
    .reduce((sum, { clockId }) => and(sum, climbDue(world, sum.lead, clockId, stop.at)), opened);
  return and(climbed, meetClocks(world, climbed.lead, stop.fact, stop.at));
}

/** Climbs what was due of a clock for which no execution waits; what is met at the deadline itself is in time. */
function climbDue(world: World, lead: Lead, clockId: string, by: EpochMs): Decision {
  const due = clockOf(lead, clockId)?.rungs.filter(({ at }) => storedMs(at) < by) ?? [];
  return due.reduce<Decision>(
    (sum, { rung }) => and(sum, climb(world, sum.lead, { clockId, run: 0, rung }, null)),
    { lead, effects: [] },
  );
}
