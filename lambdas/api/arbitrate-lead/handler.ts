/** `POST /leads/{leadId}/arbitrate`: RevOps says whose an SQL is after a conflict of territories (policy book §11). */
import { arbitrate } from '../../../core/lifecycle/commands/arbitrate.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('arbitrate-lead', async ({ path, body, services }) => {
  const lead = await carryOut(services, path.leadId, body.by, (world, before) =>
    arbitrate(world, before, body),
  );
  return { status: 200, body: viewLead(lead, services) };
});
