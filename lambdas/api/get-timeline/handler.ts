/** `GET /leads/{leadId}/timeline`: all that happened, oldest first, with who, when and why. */
import { apiHandler } from '../../shared/api.ts';
import { leadOr404 } from '../../shared/lead-or-404.ts';
import { inOrder } from '../views/timeline.ts';

export const handler = apiHandler('get-timeline', async ({ path, services }) => {
  const { leadId } = await leadOr404(services, path.leadId);
  return { status: 200, body: { leadId, timeline: inOrder(await services.leads.timeline(leadId)) } };
});
