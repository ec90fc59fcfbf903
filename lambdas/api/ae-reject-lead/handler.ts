/** `POST /leads/{leadId}/ae-reject`: the AE gives the SQL back by a code; each has its way back (policy book §11). */
import { aeReject } from '../../../core/lifecycle/commands/ae-reject.ts';
import { isRefused } from '../../../core/lifecycle/commands/command.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { creditAe } from '../../shared/draw-ae.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('ae-reject-lead', async ({ path, body, services }) => {
  const lead = await carryOut(services, path.leadId, body.by, async (world, before, current) => {
    const outcome = aeReject(world, before, body);
    // The turn first: whoever dies in between credits it once, however often the request is repeated.
    if (!isRefused(outcome) && outcome.creditDue) await creditAe(current, world, before, body.code);
    return outcome;
  });
  return { status: 200, body: viewLead(lead, services) };
});
