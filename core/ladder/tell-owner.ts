/** Telling people that a lead is theirs, or theirs no longer. */
import { isOpen } from '../model/clock.ts';
import type { NoticeKind } from '../model/effects.ts';
import type { Lead, Owner } from '../model/lead.ts';
import { happen } from '../lifecycle/happen.ts';
import { responseClock } from './assign.ts';
import type { Decision } from './facts.ts';
import { and, notice } from './facts.ts';
import type { World } from './tell.ts';
import { tellPeople } from './tell.ts';

/**
 * Tells the owner that the lead is theirs, once per assignment. Marketing's notification is met by that, also where the
 * message waits for their hours; somebody who is not on the roster is not told.
 */
export function tellOwner(world: World, lead: Lead): Decision {
  const { owner } = lead;
  if (owner === null) return { lead, effects: [] };
  const told = tellOne(world, lead, owner.personId, 'assigned', `assigned-${owner.n}`);
  const isKnown = world.roster.people.some((person) => person.personId === owner.personId);
  return isKnown ? and(told, ownerKnows(world, told.lead)) : told;
}

/** The owner knows that the lead is theirs. */
export function ownerKnows(world: World, lead: Lead): Decision {
  return happen(world, lead, ['owner_notified']);
}

/** Tells whoever had the lead that somebody else has it now, once per assignment. */
export function tellFormerOwner(world: World, lead: Lead, former: Owner): Decision {
  return tellOne(world, lead, former.personId, 'moved_away', `moved-away-${former.n}`);
}

/**
 * One message, held until the recipient's own hours. Once the lead is contacted no execution is left that could hold
 * it, and nothing is urgent in it: it is sent at once.
 */
function tellOne(world: World, lead: Lead, personId: string, kind: NoticeKind, key: string): Decision {
  const person = world.roster.people.find((candidate) => candidate.personId === personId);
  if (person === undefined) return { lead, effects: [] };
  const clock = responseClock(lead);
  if (clock === undefined || !isOpen(clock)) {
    return { lead, effects: [notice(world.now, kind, personId, { clock: clock ?? null, rung: null, key })] };
  }
  const told = tellPeople(world, [person], kind, { clock, key }, 'wait', lead.held);
  return { lead: { ...lead, held: [...lead.held, ...told.held] }, effects: told.effects };
}
