/** `GET /leads`: by owner, status and pool, soonest due first, page by page. */
import { apiHandler } from '../../shared/api.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('list-leads', async ({ query, services }) => {
  const { limit, cursor: after, ...filter } = query;
  const { items, cursor } = await services.leads.list(filter, limit, after);
  return { status: 200, body: { leads: items.map((lead) => viewLead(lead, services)), cursor } };
});
