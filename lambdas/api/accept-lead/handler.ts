/** `POST /leads/{leadId}/accept`: the SDR takes the MQL: a SAL (policy book §8). */
import { accept } from '../../../core/lifecycle/commands/accept.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('accept-lead', async ({ path, body, services }) => {
  const lead = await carryOut(services, path.leadId, body.by, (world, before) => accept(world, before, body));
  return { status: 200, body: viewLead(lead, services) };
});
