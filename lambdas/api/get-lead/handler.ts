/** `GET /leads/{leadId}`: the lead with its clocks, owner and explanations. */
import { apiHandler } from '../../shared/api.ts';
import { leadOr404 } from '../../shared/lead-or-404.ts';
import { viewLeadDetail } from '../views/lead.ts';

export const handler = apiHandler('get-lead', async ({ path, services }) => {
  const lead = await leadOr404(services, path.leadId);
  return { status: 200, body: viewLeadDetail(lead, services) };
});
