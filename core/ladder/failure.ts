/** A step that failed after all retries. */
import type { WorkflowState } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import { iso } from '../time.ts';
import type { Step } from './climb.ts';
import { entry, event } from './facts.ts';
import { clockOf, withClock } from './next.ts';
import type { World } from './tell.ts';

/** Notes the failure and marks the clock as overdue, so that the reconciler gives it another run. */
export function recordFailure(world: World, lead: Lead, state: WorkflowState, error: string): Step {
  const clock = clockOf(lead, state.clockId);
  const key = `${state.run}/${state.next.rung}`;
  const why = `The step for ${state.next.rung} failed with ${error} after all retries; another run takes over.`;
  const on = { clock, key };
  const effects = [
    entry(world.now, 'workflow_failed', why, on),
    event(lead, 'WorkflowFailed', world.now, on, { error, state: state.next.rung }),
  ];
  const marked =
    clock === undefined || clock.run !== state.run
      ? lead
      : withClock(lead, { ...clock, wakeAt: iso(world.now) });
  return { lead: marked, effects, state };
}
