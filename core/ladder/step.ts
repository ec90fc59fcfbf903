/** A step of an execution: a decision, and what the execution does after it. */
import type { RunState } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { Subject } from '../model/subject.ts';
import type { Decision } from './facts.ts';
import { goOn } from './next.ts';
import type { World } from './tell.ts';

export interface Step<S extends Subject = Lead> extends Decision<S> {
  state: RunState;
}

/** The decision as a step: the execution goes on with what is due next. */
export function andGoOn<S extends Subject>(
  world: World,
  decision: Decision<S>,
  on: { clockId: string; run: number },
): Step<S> {
  const { lead, state } = goOn(world.policy, decision.lead, on.clockId, on.run, world.now);
  return { lead, effects: decision.effects, state };
}
