/** `POST /leads/{leadId}/reject`: the SDR gives the MQL back to Marketing by one of its codes (policy book §8). */
import { isRefused } from '../../../core/lifecycle/commands/command.ts';
import { reject } from '../../../core/lifecycle/commands/reject.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { creditOwner } from '../../shared/draw.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('reject-lead', async ({ path, body, services }) => {
  const lead = await carryOut(services, path.leadId, body.by, async (world, before, current) => {
    const outcome = reject(world, before, body);
    // The turn first: whoever dies in between credits it once, however often the request is repeated.
    if (!isRefused(outcome) && outcome.creditDue) await creditOwner(current, world, before, body.code);
    return outcome;
  });
  return { status: 200, body: viewLead(lead, services) };
});
