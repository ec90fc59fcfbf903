/** Who is told of an item (policy book §13): the manager, of a pattern the executive, and never the person alone. */
import type { Roster } from '../model/person.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import { resolveRecipient } from '../routing/index.ts';
import type { EpochMs } from '../time.ts';
import type { ConsequenceItem } from './items.ts';

/** Ids of those who are told, each once; nobody in a time of diagnosis. Stand-ins are those of every other message. */
export function toldOf(
  policy: CompiledPolicy,
  roster: Pick<Roster, 'people'>,
  item: Pick<ConsequenceItem, 'personId' | 'tell' | 'poolId' | 'diagnostic'>,
  at: EpochMs,
): string[] {
  const pool = policy.pools.find(({ id }) => id === item.poolId) ?? policy.pools[0];
  if (pool === undefined || item.diagnostic) return [];
  const ctx = { pool, ownerId: item.personId, previousOwnerId: null };
  const people = item.tell.flatMap(
    (recipient) => resolveRecipient(policy, roster, recipient, ctx, at).people,
  );
  return [...new Set(people.map(({ personId }) => personId))].filter((id) => id !== item.personId);
}
