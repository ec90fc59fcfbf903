/** `POST /leads/{leadId}/ae-accept`: the AE takes the SQL and opens the opportunity in the same act (policy book §11). */
import { aeAccept } from '../../../core/lifecycle/commands/ae-accept.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('ae-accept-lead', async ({ path, body, services }) => {
  const lead = await carryOut(services, path.leadId, body.by, (world, before) =>
    aeAccept(world, before, body),
  );
  return { status: 200, body: viewLead(lead, services) };
});
