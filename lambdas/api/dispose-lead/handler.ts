/** `POST /leads/{leadId}/dispose`: the lead leaves the queue by a disposition and a reason (policy book §13). */
import { dispose } from '../../../core/lifecycle/commands/dispose.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('dispose-lead', async ({ path, body, services }) => {
  const lead = await carryOut(services, path.leadId, body.by, (world, before) =>
    dispose(world, before, body),
  );
  return { status: 200, body: viewLead(lead, services) };
});
