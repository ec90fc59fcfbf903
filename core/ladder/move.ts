/** Moving a lead by hand (policy book §2, docs/adr/0013-moved-by-hand.md). */
import type { Lead, LeadStatus, Move, Owner } from '../model/lead.ts';
import type { Person } from '../model/person.ts';
import { isAvailable, nextAvailable } from '../routing/index.ts';
import { iso } from '../time.ts';
import type { Draw } from './assign.ts';
import { assign, reassign, responseClock } from './assign.ts';
import type { Decision } from './facts.ts';
import { and } from './facts.ts';
import { wakeInTime } from './pause.ts';
import type { World } from './tell.ts';
import { tellFormerOwner, tellOwner } from './tell-owner.ts';

/** Statuses in which a lead can be moved: it is a rep's work, or waits to become it. */
const MOVABLE: readonly LeadStatus[] = ['unassigned', 'assigned', 'contacted'];

/** Whether a lead can be given to somebody else. */
export function isMovable(lead: Lead): boolean {
  return MOVABLE.includes(lead.status);
}

/**
 * Whether a request has been fulfilled: the person named owns the lead already, or the present owner got it by this
 * very request for the next in the round robin. Whoever got no answer asks again.
 */
export function isMoved(
  lead: Lead,
  personId: string | undefined,
  { by, reason }: Omit<Move, 'named'>,
): boolean {
  if (lead.owner === null) return false;
  if (personId !== undefined) return lead.owner.personId === personId;
  const { moved } = lead.owner;
  return moved !== undefined && !moved.named && moved.by === by && moved.reason === reason;
}

/**
 * The named person as the next owner. Being away or at the cap does not keep a lead from somebody who is named: the
 * reason says so.
 * @param openLeads how many other open leads the person has
 */
export function namedOwner(world: World, person: Person, ask: Omit<Move, 'named'>, openLeads: number): Draw {
  const { personId, openLeadCap } = person;
  const back = nextAvailable(person, world.now);
  const facts = [
    ...(isAvailable(person, world.now)
      ? []
      : [`away ${back === null ? 'until further notice' : `until ${iso(back)}`}`]),
    ...(openLeadCap !== null && openLeads >= openLeadCap ? [`at the cap of ${openLeadCap} open leads`] : []),
  ];
  const though =
    facts.length === 0 ? '' : ` ${personId} is ${facts.join(' and ')}, and was named all the same.`;
  return {
    personId,
    reason: `Given by ${ask.by} by hand: ${unended(ask.reason)}.${though}`,
    via: 'by_hand',
    moved: { ...ask, named: true },
  };
}

/** The next in the round robin as the next owner, because somebody asked for it. */
export function nextOwner(draw: Draw, ask: Omit<Move, 'named'>): Draw {
  const reason = `Moved by ${ask.by}: ${unended(ask.reason)}. ${draw.reason}`;
  return { ...draw, reason, moved: { ...ask, named: false } };
}

/**
 * Gives the lead to somebody else, or to somebody at last. The new owner gets a fresh personal target, the lead's own
 * clock is not reset, Marketing's routing clock is met by it, and both owners are told.
 */
export function moveLead(world: World, lead: Lead, draw: Draw): Decision {
  const from = lead.owner;
  const moved = from === null ? assign(world, lead, draw) : reassign(world, lead, responseClock(lead), draw);
  const told = and(moved, tellOwner(world, moved.lead));
  const both =
    from === null || !hasHeard(lead, from) ? told : and(told, tellFormerOwner(world, told.lead, from));
  // A message may be held until an instant at which the execution, which knows nothing of it, is asleep.
  const clock = responseClock(both.lead);
  return clock === undefined ? both : and(both, wakeInTime(world.policy, both.lead, clock, world.now));
}

/** Whether an owner knows that the lead was theirs: the message may still wait for their hours. */
function hasHeard(lead: Lead, owner: Owner): boolean {
  return !lead.held.some(({ notice }) => notice.notice === 'assigned' && notice.recipient === owner.personId);
}

function unended(reason: string): string {
  return reason.replace(/[.\s]+$/, '');
}
