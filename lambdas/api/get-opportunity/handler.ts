/** `GET /opportunities/{opportunityId}`: how it stands, with its history and its clocks (policy book §12). */
import { apiHandler } from '../../shared/api.ts';
import { OPPORTUNITY, readPart } from '../../shared/pipeline.ts';
import { viewOpportunity } from '../views/pipeline.ts';

export const handler = apiHandler('get-opportunity', async ({ path, services }) => {
  const { lead, part } = await readPart(services, OPPORTUNITY, path.opportunityId);
  return { status: 200, body: viewOpportunity(lead, part, services) };
});
