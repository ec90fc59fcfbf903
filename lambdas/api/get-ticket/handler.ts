/** `GET /tickets/{ticketId}`: with its clocks as they stand now. */
import { apiHandler } from '../../shared/api.ts';
import { ticketOr404 } from '../../shared/change-ticket.ts';
import { viewTicket } from '../views/ticket.ts';

export const handler = apiHandler('get-ticket', async ({ path, services }) => {
  return { status: 200, body: viewTicket(await ticketOr404(services, path.ticketId), services) };
});
