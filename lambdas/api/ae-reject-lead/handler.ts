/** `POST /leads/{leadId}/ae-reject`: the AE gives the SQL back by a code; each has its way back (policy book §11). */
import { aeReject } from '../../../core/lifecycle/commands/ae-reject.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('ae-reject-lead', async ({ path, body, services }) => {
  const lead = await carryOut(services, path.leadId, body.by, (world, before) =>
    aeReject(world, before, body),
  );
  return { status: 200, body: viewLead(lead, services) };
});
