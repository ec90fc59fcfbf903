/** Executions of clocks that have just been opened. */
import { isOpen } from '../model/clock.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, startRun } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { idleMs } from './attention.ts';

/** Starts the executions that start at once, of clocks that have none yet; clocks with a delay are started only if they still run after it. */
export function startNow(world: Pick<World, 'policy' | 'now'>, decision: Decision): Decision {
  return decision.lead.clocks
    .filter((clock) => isOpen(clock) && clock.run === 0 && idleMs(world.policy, clock.commitment) === 0)
    .reduce((sum, clock) => and(sum, startRun(world.policy, sum.lead, clock.clockId, world.now)), decision);
}
