/** `POST /leads/{leadId}/resume`: the clocks run on, moved by the business time that they stood still. */
import { endDuePauses, isPaused, resumeLead } from '../../../core/ladder/pause.ts';
import { apiHandler } from '../../shared/api.ts';
import { changeLead } from '../../shared/change-lead.ts';
import { Problem } from '../../shared/errors.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('resume-lead', async ({ path, body, services }) => {
  const changed = await changeLead(services, path.leadId, (world, before) => {
    const ended = endDuePauses(world.policy, before, world.now);
    if (!isPaused(before))
      throw new Problem(409, 'not-paused', 'Not paused', 'No clock of this lead stands still.');
    const by = body.personId === undefined ? 'api' : `person:${body.personId}`;
    const resumed = resumeLead(world.policy, ended.lead, {
      reason: body.reason ?? 'resumed on request',
      by,
      now: world.now,
    });
    return { lead: resumed.lead, effects: [...ended.effects, ...resumed.effects] };
  });
  return { status: 200, body: viewLead(changed, services) };
});
