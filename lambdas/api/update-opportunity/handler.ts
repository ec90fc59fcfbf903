/** `PATCH /opportunities/{opportunityId}`: what the AE says of it, and what follows for its clocks (policy book §12). */
import { updateOpportunity } from '../../../core/pipeline/update.ts';
import { apiHandler } from '../../shared/api.ts';
import { changePart, OPPORTUNITY } from '../../shared/pipeline.ts';
import { viewOpportunity } from '../views/pipeline.ts';

export const handler = apiHandler('update-opportunity', async ({ path, body, services }) => {
  const { opportunityId } = path;
  const { lead, part } = await changePart(services, OPPORTUNITY, opportunityId, body.by, (world, before) =>
    updateOpportunity(world, before, body),
  );
  return { status: 200, body: viewOpportunity(lead, part, services) };
});
