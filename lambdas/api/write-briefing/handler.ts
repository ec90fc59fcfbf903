/** `PUT /leads/{leadId}/briefing`: parts of the briefing; once it is complete an AE is notified (policy book §11). */
import { completeBriefing } from '../../../core/lifecycle/commands/briefing.ts';
import { isRefused } from '../../../core/lifecycle/commands/command.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { withAe } from '../../shared/draw-ae.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('write-briefing', async ({ path, body, services }) => {
  const lead = await carryOut(services, path.leadId, body.by, async (world, before, current) => {
    const outcome = completeBriefing(world, before, body);
    return isRefused(outcome) ? outcome : withAe(current, world, outcome);
  });
  return { status: 200, body: viewLead(lead, services) };
});
