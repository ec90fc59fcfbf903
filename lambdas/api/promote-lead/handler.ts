/** `POST /leads/{leadId}/promote`: a SAL becomes an SQL through the SQL gate (policy book §10). */
import { promoteToSql } from '../../../core/lifecycle/commands/promote.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('promote-lead', async ({ path, body, services }) => {
  const lead = await carryOut(services, path.leadId, body.by, (world, before) =>
    promoteToSql(world, before, body),
  );
  return { status: 200, body: viewLead(lead, services) };
});
