/** A step that failed after all retries. */
import type { RunState } from '../model/effects.ts';
import type { Subject } from '../model/subject.ts';
import { iso } from '../time.ts';
import type { Step } from './step.ts';
import { entry, event } from './facts.ts';
import { clockOf, withClock } from './next.ts';
import type { World } from './tell.ts';

/** Notes the failure and marks the clock as overdue, so that the reconciler gives it another run. */
export function recordFailure<S extends Subject>(
  world: World,
  subject: S,
  state: RunState,
  error: string,
): Step<S> {
  const clock = clockOf(subject, state.clockId);
  const key = `${state.run}/${state.next.rung}`;
  const why = `The step for ${state.next.rung} failed with ${error} after all retries; another run takes over.`;
  const on = { clock, key };
  const effects = [
    entry(world.now, 'workflow_failed', why, on),
    event(subject, 'WorkflowFailed', world.now, on, { error, state: state.next.rung }),
  ];
  const marked =
    clock === undefined || clock.run !== state.run
      ? subject
      : withClock(subject, { ...clock, wakeAt: iso(world.now) });
  return { lead: marked, effects, state };
}
