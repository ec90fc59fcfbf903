/** Decisions about a ticket with all that is told of them: each begins with the ticket as it stands (policy book §16). */
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import type { Effect } from '../model/effects.ts';
import type { Ticket, TicketFacts } from '../model/ticket.ts';
import type { EpochMs } from '../time.ts';
import { iso } from '../time.ts';
import { look } from './ladder.ts';
import type { Exclusion } from './pauses.ts';
import type { TicketChanges } from './tickets.ts';
import {
  answerTicket,
  excludeTicket,
  openTicket,
  reopenTicket,
  resolveTicket,
  updateTicket,
} from './tickets.ts';
import { tellChange } from './told.ts';

/** What a desk tells of a ticket, besides its facts. */
export type TicketAct = 'answered' | 'resolved' | 'reopened';

const EVENT_OF_ACT = {
  answered: 'TicketAnswered',
  resolved: 'TicketResolved',
  reopened: 'TicketReopened',
} as const satisfies Record<TicketAct, string>;

/** A new ticket with its clocks and their executions. */
export function receiveTicket(world: World, facts: TicketFacts, openedAt: EpochMs): Decision<Ticket> {
  const ticket = openTicket(world.policy, facts, openedAt, world.now);
  const why = `Opened ${ticket.openedAt} with severity ${ticket.severity ?? 'not judged'}, for customer ${ticket.customer.id}.`;
  const told = [
    entry(world.now, 'ticket_opened', why, {}, `desk:${ticket.desk.system}`),
    event(ticket, 'TicketOpened', world.now, {}, { at: ticket.openedAt }),
  ];
  return and({ lead: ticket, effects: told }, tellChange(world, { clocks: [] }, ticket));
}

/** The customer was answered, the ticket resolved, or brought back. The same again changes nothing. */
export function actOnTicket(
  world: World,
  before: Ticket,
  act: { what: TicketAct; at: EpochMs; customerTold: boolean; by: string },
): Decision<Ticket> {
  const { what, at, customerTold, by } = act;
  return changing(
    world,
    before,
    by,
    (ticket) => {
      switch (what) {
        case 'answered':
          return answerTicket(world.policy, ticket, at, world.now);
        case 'resolved':
          return resolveTicket(world.policy, ticket, at, customerTold, world.now);
        case 'reopened':
          return reopenTicket(world.policy, ticket, at, world.now);
      }
    },
    (ticket) => {
      const key = iso(at);
      return [
        entry(world.now, `ticket_${what}`, `By ${by} at ${key}.`, { key }, `person:${by}`),
        event(ticket, EVENT_OF_ACT[what], world.now, { key }, { at: key }),
      ];
    },
  );
}

/** What the desk says anew of it. */
export function changeTicket(
  world: World,
  before: Ticket,
  changes: TicketChanges,
  by: string,
): Decision<Ticket> {
  const fields = Object.keys(changes).sort();
  return changing(
    world,
    before,
    by,
    (ticket) => updateTicket(world.policy, ticket, changes, world.now),
    (ticket) => {
      const key = String(before.version);
      const why = `Told anew by ${by}: ${fields.join(', ')}.`;
      return [
        entry(world.now, 'ticket_updated', why, { key }, `person:${by}`),
        event(ticket, 'TicketUpdated', world.now, { key }, { fields }),
      ];
    },
  );
}

/** Time that counts for none of its clocks, or the end of it. */
export function excludeFromTicket(world: World, before: Ticket, ask: Exclusion): Decision<Ticket> {
  return changing(
    world,
    before,
    ask.by,
    (ticket) => excludeTicket(world.policy, ticket, ask, world.now),
    () => {
      const end = ask.until === null ? 'until somebody ends it' : `until ${iso(ask.until)}`;
      const key = `${ask.exclusion}/${iso(ask.from)}/${ask.until === null ? 'open' : iso(ask.until)}`;
      const why = `${ask.exclusion} from ${iso(ask.from)} ${end} counts for no clock.`;
      return [entry(world.now, 'exclusion_entered', why, { key }, `person:${ask.by}`)];
    },
  );
}

/** The very ticket and no effects where nothing changes: a repetition. */
function changing(
  world: World,
  before: Ticket,
  by: string,
  change: (ticket: Ticket) => Ticket,
  told: (ticket: Ticket) => Effect[],
): Decision<Ticket> {
  const looked = look(world, before);
  const changed = change(looked.lead);
  if (JSON.stringify(changed) === JSON.stringify(looked.lead)) return { lead: before, effects: [] };
  const said: Decision<Ticket> = { lead: changed, effects: told(changed) };
  return and(and(looked, said), tellChange(world, looked.lead, changed, `person:${by}`));
}
