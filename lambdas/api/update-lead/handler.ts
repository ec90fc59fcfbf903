/** `PATCH /leads/{leadId}`: what was missing or wrong; a lead that was held goes on once nothing is missing (§7). */
import { updateLead, withFacts } from '../../../core/lifecycle/update.ts';
import { apiHandler } from '../../shared/api.ts';
import { changeWithGate } from '../../shared/look-at-gate.ts';
import { mustBeOnRoster } from '../../shared/on-roster.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('update-lead', async ({ path, body, services }) => {
  const { by, ...changes } = body;
  const { lead } = await changeWithGate(
    services,
    path.leadId,
    (world, before, known) => {
      if (by !== undefined) mustBeOnRoster(world.roster, by);
      const who = by === undefined ? `crm:${before.crm.system}` : `person:${by}`;
      return updateLead(world, before, changes, who, known);
    },
    (before) => withFacts(before, changes).lead,
  );
  return { status: 200, body: viewLead(lead, services) };
});
