/** Changing a ticket on somebody's request: read, decide, save, perform; again if somebody else was quicker. */
import type { Decision } from '../../core/ladder/facts.ts';
import type { World } from '../../core/ladder/tell.ts';
import type { Ticket } from '../../core/model/ticket.ts';
import { Problem } from './errors.ts';
import { mustBeOnRoster } from './on-roster.ts';
import { withPatience } from './patience.ts';
import { saveTicketAndPerform } from './perform.ts';
import type { Services } from './services.ts';
import { readingRosterOnce, worldOf } from './step.ts';

const ATTEMPTS = 12;

/** @throws Problem 404 if there is no such ticket */
export async function ticketOr404({ tickets }: Pick<Services, 'tickets'>, ticketId: string): Promise<Ticket> {
  const ticket = await tickets.get(ticketId);
  if (ticket !== undefined) return ticket;
  const detail = `There is no ticket ${ticketId}; ticketId is in the answer of POST /tickets.`;
  throw new Problem(404, 'not-found', 'No such ticket', detail);
}

/**
 * @param by who asks for it, somebody of the roster
 * @param decide may throw a Problem to refuse; the very ticket that it was given and no effects: nothing is to be done
 * @returns the ticket as it is afterwards
 */
export async function changeTicketBy(
  all: Services,
  ticketId: string,
  by: string,
  decide: (world: World, ticket: Ticket) => Decision<Ticket>,
): Promise<Ticket> {
  return withPatience(ATTEMPTS, async () => {
    const services = readingRosterOnce(all);
    const ticket = await ticketOr404(services, ticketId);
    const world = await worldOf(services);
    mustBeOnRoster(world.roster, by);
    const decision = decide(world, ticket);
    if (decision.lead === ticket && decision.effects.length === 0) return ticket;
    return saveTicketAndPerform(services, decision.lead, decision.effects);
  });
}
