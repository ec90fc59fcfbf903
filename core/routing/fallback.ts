/** What becomes of a lead for which nobody comes back in time (policy book §2). */
import { wallMs } from '../calendar/index.ts';
import type { Person, Roster } from '../model/person.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { PoolRow } from '../policy/schema/people.ts';
import type { EpochMs } from '../time.ts';
import { isAvailable } from './availability.ts';
import { isReachable } from './hours.ts';
import { resolveRecipient } from './recipients.ts';

/** When an unassigned lead goes to the pool's fallback owner; counted on the wall clock. */
export function fallbackAt(pool: PoolRow, unassignedSince: EpochMs): EpochMs {
  return unassignedSince + wallMs(pool.fallback.after);
}

/**
 * The pool's fallback owner, or whoever stands in: somebody available, preferably in hours or on call. Null if nobody
 * is available; the lead then stays unassigned.
 */
export function fallbackOwner(
  policy: CompiledPolicy,
  roster: Pick<Roster, 'people'>,
  pool: PoolRow,
  at: EpochMs,
): Person | null {
  const { people } = resolveRecipient(
    policy,
    roster,
    pool.fallback.to,
    { pool, ownerId: null, previousOwnerId: null },
    at,
  );
  const there = people.filter((person) => isAvailable(person, at));
  return there.find((person) => isReachable(policy, person, at)) ?? there[0] ?? null;
}
