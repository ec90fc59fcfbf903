/** The priority of a lead, from score and source (policy book §3, 002). */
import type { Policy } from '../policy/schema.ts';
import type { PriorityRow } from '../policy/schema/lead-kinds.ts';
import type { Traits } from './condition.ts';
import { anyHolds } from './condition.ts';

/**
 * The first priority of which a condition holds, with the reason; one without conditions takes whatever is left.
 * @throws RangeError if no priority takes the lead, which a checked policy excludes
 */
export function priorityOf(
  policy: Pick<Policy, 'priorities'>,
  lead: Traits,
): { row: PriorityRow; because: string } {
  for (const row of policy.priorities) {
    const because = row.anyOf.length === 0 ? 'no priority before it applies' : anyHolds(row.anyOf, lead);
    if (because !== null) return { row, because };
  }
  throw new RangeError('No priority of the policy takes the lead; the last one must have no conditions.');
}
