/** `POST /tickets/{ticketId}/activities`: the customer was answered, the ticket is resolved, or it has come back. */
import type { Ticket } from '../../../core/model/ticket.ts';
import { actOnTicket } from '../../../core/support/changes.ts';
import { wasTold } from '../../../core/support/tickets.ts';
import { epochMs } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { changeTicketBy } from '../../shared/change-ticket.ts';
import { Problem } from '../../shared/errors.ts';
import { futureFaults, refuseFaults } from '../../shared/intake-faults.ts';
import type { TicketActivity } from '../schemas/ticket.ts';
import { viewTicket } from '../views/ticket.ts';

export const handler = apiHandler('record-ticket-activity', async ({ path, body, services }) => {
  refuseFaults(futureFaults(services, 'occurredAt', body.occurredAt));
  const { what, occurredAt, customerTold, by } = body;
  const changed = await changeTicketBy(services, path.ticketId, by, (world, ticket) => {
    mustFit(ticket, body);
    return actOnTicket(world, ticket, { what, at: epochMs(occurredAt), customerTold, by });
  });
  return { status: 200, body: viewTicket(changed, services) };
});

/** @throws Problem 409 if the ticket's state does not allow it, 422 for an instant that cannot be */
function mustFit(ticket: Ticket, { what, occurredAt }: TicketActivity): void {
  if (wasTold(ticket, what, epochMs(occurredAt))) return;
  const { state, resolvedAt, openedAt } = ticket;
  if (what === 'reopened' ? resolvedAt === null : what === 'resolved' && state === 'resolved') {
    const allowed = what === 'reopened' ? ['answered', 'resolved'] : ['answered', 'reopened'];
    const detail = `The ticket is ${state}; allowed now: ${allowed.join(', ')}.`;
    throw new Problem(409, 'not-allowed', 'The ticket does not allow it now', detail, { allowed });
  }
  const earliest = what === 'reopened' && resolvedAt !== null ? resolvedAt : openedAt;
  if (occurredAt >= earliest) return;
  const message = `must not lie before ${earliest}, when the ticket was ${what === 'reopened' ? 'resolved' : 'opened'}`;
  throw new Problem(422, 'too-early', 'It cannot have happened then', `occurredAt ${message}.`, {
    errors: [{ path: 'occurredAt', message }],
  });
}
