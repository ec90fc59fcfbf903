/** Who is told of an item (policy book §13): the manager, of a pattern the executive, and never the person alone. */
import type { Roster } from '../model/person.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import { resolveRecipient } from '../routing/index.ts';
import type { EpochMs } from '../time.ts';
import type { ConsequenceItem } from './items.ts';

/**
 * Ids of those who are told, each once; nobody in a time of diagnosis. Stand-ins are those of every other message. Those
 * who are to meet in a review are told themselves, the AE among them: nobody can stand in for who has had the leads.
 */
export function toldOf(
  policy: CompiledPolicy,
  roster: Pick<Roster, 'people'>,
  item: Pick<ConsequenceItem, 'personId' | 'item' | 'tell' | 'poolId' | 'diagnostic'>,
  at: EpochMs,
): string[] {
  if (item.item === 'three_way_review') {
    const named = roster.people.filter(({ personId }) => item.tell.includes(`person:${personId}`));
    return named.filter(({ active }) => active).map(({ personId }) => personId);
  }
  const pool = policy.pools.find(({ id }) => id === item.poolId) ?? policy.pools[0];
  if (pool === undefined || item.diagnostic) return [];
  const ctx = { pool, ownerId: item.personId, previousOwnerId: null };
  const people = item.tell.flatMap(
    (recipient) => resolveRecipient(policy, roster, recipient, ctx, at).people,
  );
  return [...new Set(people.map(({ personId }) => personId))].filter((id) => id !== item.personId);
}
