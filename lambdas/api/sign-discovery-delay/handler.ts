/** `POST /leads/{leadId}/discovery-delay`: a manager signs a discovery meeting that comes later (policy book §11). */
import { signDiscoveryDelay } from '../../../core/lifecycle/commands/sign-discovery-delay.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('sign-discovery-delay', async ({ path, body, services }) => {
  const lead = await carryOut(services, path.leadId, body.by, (world, before) =>
    signDiscoveryDelay(world, before, body),
  );
  return { status: 200, body: viewLead(lead, services) };
});
