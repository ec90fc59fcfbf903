/** Whether what a decision tells the bus has the shape that it says. */
import { parseEventData } from '../../core/events/schemas.ts';
import type { Effect } from '../../core/model/effects.ts';

/** True if each event fits its schema. @throws TypeError that names what does not */
export function parsed(effects: readonly Effect[]): true {
  for (const effect of effects) if (effect.kind === 'event') parseEventData(effect.detailType, effect.data);
  return true;
}
