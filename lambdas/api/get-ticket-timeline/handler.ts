/** `GET /tickets/{ticketId}/timeline`: all that happened, oldest first, with who, when and why. */
import { apiHandler } from '../../shared/api.ts';
import { ticketOr404 } from '../../shared/change-ticket.ts';
import { inOrder } from '../views/timeline.ts';

export const handler = apiHandler('get-ticket-timeline', async ({ path, services }) => {
  const { ticketId } = await ticketOr404(services, path.ticketId);
  const timeline = inOrder(await services.tickets.timeline(ticketId));
  return { status: 200, body: { ticketId, timeline } };
});
