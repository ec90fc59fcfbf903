/** `PATCH /tickets/{ticketId}`: the severity is judged or changed, somebody else owns it. */
import { changeTicket } from '../../../core/support/changes.ts';
import { apiHandler } from '../../shared/api.ts';
import { changeTicketBy } from '../../shared/change-ticket.ts';
import { refuseFaults } from '../../shared/intake-faults.ts';
import { ticketFaults } from '../../shared/ticket-faults.ts';
import { viewTicket } from '../views/ticket.ts';

export const handler = apiHandler('update-ticket', async ({ path, body, services }) => {
  const { by, customer, severity, service, ownerId } = body;
  const changed = await changeTicketBy(services, path.ticketId, by, (world, ticket) => {
    refuseFaults(ticketFaults(services, world.roster, body));
    const changes = {
      ...(severity !== undefined && { severity }),
      ...(service !== undefined && { service }),
      ...(ownerId !== undefined && { ownerId }),
      ...(customer !== undefined && { customer: { id: ticket.customer.id, kind: customer.kind } }),
    };
    return changeTicket(world, ticket, changes, by);
  });
  return { status: 200, body: viewTicket(changed, services) };
});
