/** The tier of a lead (policy book §3, 001). */
import type { Policy } from '../policy/schema.ts';
import type { TierRow } from '../policy/schema/lead-kinds.ts';
import type { Traits } from './condition.ts';
import { anyHolds } from './condition.ts';

/**
 * The first tier of which a condition holds, with the reason; a tier without conditions takes whatever is left.
 * @throws RangeError if no tier takes the lead, which a checked policy excludes
 */
export function tierOf(policy: Pick<Policy, 'tiers'>, lead: Traits): { row: TierRow; because: string } {
  for (const row of policy.tiers) {
    const because = row.anyOf.length === 0 ? 'no tier before it applies' : anyHolds(row.anyOf, lead);
    if (because !== null) return { row, because };
  }
  throw new RangeError('No tier of the policy takes the lead; the last one must have no conditions.');
}
