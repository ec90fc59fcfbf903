/** `DELETE /leads/{leadId}/personal-data`: removes what tells who the prospect is; the figures stay. */
import { eraseLead } from '../../../core/lifecycle/erase.ts';
import { apiHandler } from '../../shared/api.ts';
import { changeAnyLead } from '../../shared/change-lead.ts';
import { suppressOwed } from '../../shared/suppress.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('erase-personal-data', async ({ path, services }) => {
  const lead = await changeAnyLead(services, path.leadId, async (world, before, current) => {
    if (before.erasedAt === null) await suppressOwed(current, before);
    return eraseLead(world, before);
  });
  // On every call, so that the answer says that all is gone, and a repetition finishes what a call before has left.
  await services.leads.forget(path.leadId);
  return { status: 200, body: viewLead(lead, services) };
});
