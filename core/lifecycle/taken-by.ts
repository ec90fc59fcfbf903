/** Whose a lead is that somebody has tried to reach before it had an owner (policy book §2). */
import type { Lead } from '../model/lead.ts';
import { assign } from '../ladder/assign.ts';
import type { Decision } from '../ladder/facts.ts';
import { and } from '../ladder/facts.ts';
import { ownerKnows } from '../ladder/tell-owner.ts';
import type { World } from '../ladder/tell.ts';

/**
 * Gives a lead that waits for an owner to the person of the roster who makes an attempt: the attempt meets the response,
 * and its execution, which looks for an owner, ends. Without an owner nobody would go on with the prospect.
 * @param personId who made it; null or unknown: nobody of ours is known to have
 */
export function takenBy(world: World, lead: Lead, personId: string | null): Decision {
  const person = world.roster.people.find((candidate) => candidate.personId === personId);
  if (lead.owner !== null || lead.status !== 'unassigned' || person?.active !== true) {
    return { lead, effects: [] };
  }
  const reason = `${person.personId} made the first attempt while nobody owned the lead.`;
  const taken = assign(world, lead, { personId: person.personId, reason, via: 'by_hand' });
  return and(taken, ownerKnows(world, taken.lead));
}
