/** The steps of a ticket's execution: the same ladder as a lead's, with what a ticket does in a way of its own. */
import { eachAction, incident, logBreach, managerTask, processReview } from '../ladder/actions.ts';
import type { OnRung, Ways } from '../ladder/climb.ts';
import { climbAs } from '../ladder/climb.ts';
import type { Decision } from '../ladder/facts.ts';
import { releaseHeld } from '../ladder/held.ts';
import type { Step } from '../ladder/step.ts';
import { andGoOn } from '../ladder/step.ts';
import type { World } from '../ladder/tell.ts';
import type { Clock } from '../model/clock.ts';
import type { Ticket } from '../model/ticket.ts';
import type { RungAction, RungName } from '../policy/schema/commitments.ts';
import { lookAtTicket } from './tickets.ts';
import { tellChange } from './told.ts';

/** The first thing that every look at a ticket does: exclusions that have ended are over, deadlines that have passed judged. */
export function look(world: World, ticket: Ticket): Decision<Ticket> {
  return tellChange(world, ticket, lookAtTicket(world.policy, ticket, world.now));
}

/** Looks, and climbs one rung if it is due and the commitment is not met. */
export function climbTicket(world: World, before: Ticket, on: OnRung): Step<Ticket> {
  return climbAs(WAYS, world, before, on);
}

/** Looks again without a rung: after an exclusion, or when an execution has just been started. */
export function lookAgainAtTicket(
  world: World,
  before: Ticket,
  on: { clockId: string; run: number },
): Step<Ticket> {
  return andGoOn(world, look(world, before), on);
}

/** Releases the messages of a clock whose time has come. */
export function sendHeldOfTicket(
  world: World,
  before: Ticket,
  on: { clockId: string; run: number },
): Step<Ticket> {
  return releaseHeld(world, look(world, before), on);
}

const WAYS: Ways<Ticket> = {
  look,
  act: (world, ticket, clock, row) => ({
    ...eachAction(ticket, clock, row, (current, latest, action) =>
      act(world, current, latest, row.rung, action),
    ),
    previousOwner: null,
  }),
  // No commitment of a ticket starts or stops by a rung: the check of the policy says so.
  happen: (_world, ticket) => ({ lead: ticket, effects: [] }),
};

function act(
  world: World,
  ticket: Ticket,
  clock: Clock,
  rung: RungName,
  action: RungAction,
): Decision<Ticket> {
  const on = { clock, rung };
  switch (action) {
    case 'log_breach':
      return logBreach(world, ticket, on, clock.owes);
    case 'manager_task':
      return { lead: ticket, effects: [managerTask(world, ticket, on, clock.owes)] };
    case 'process_review':
      return { lead: ticket, effects: [processReview(world, ticket, on)] };
    case 'open_incident':
      return { lead: ticket, effects: [incident(world, ticket, on)] };
    case 'flag_at_risk':
    case 'flag_urgent':
    case 'reassign':
    case 'breach_review':
    case 'to_backup_queue':
    case 'escalate':
    case 'remind_prospect':
    case 'missed_touch':
      // Means nothing for a ticket; the check of the policy says so.
      return { lead: ticket, effects: [] };
  }
}
