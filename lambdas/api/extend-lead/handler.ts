/** `POST /leads/{leadId}/extend`: a manager adds business time to the clocks that have not run out. */
import { endDuePauses, extendLead, extensible } from '../../../core/ladder/pause.ts';
import type { Clock } from '../../../core/model/clock.ts';
import { apiHandler } from '../../shared/api.ts';
import { changeLead } from '../../shared/change-lead.ts';
import { Problem } from '../../shared/errors.ts';
import { mustBeManager } from '../../shared/manager.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('extend-lead', async ({ path, body, services }) => {
  const changed = await changeLead(services, path.leadId, (world, before) => {
    mustBeManager(world, body.personId, 'personId', 'extends a deadline');
    const ended = endDuePauses(world.policy, before, world.now);
    const clocks = extensible(ended.lead, world.now);
    if (clocks.length === 0) {
      const detail = 'No clock of this lead can be extended: a deadline that has passed stays passed.';
      throw new Problem(409, 'nothing-to-extend', 'Nothing to extend', detail);
    }
    const ask = {
      reason: body.reason,
      by: `person:${body.personId}`,
      now: world.now,
      duration: body.duration,
    };
    // Whoever got no answer asks again: that must not add the time twice.
    if (clocks.some((clock) => isLastExtension(clock, ask))) return ended;
    const extended = extendLead(world.policy, ended.lead, ask);
    return { lead: extended.lead, effects: [...ended.effects, ...extended.effects] };
  });
  return { status: 200, body: viewLead(changed, services) };
});

function isLastExtension(clock: Clock, ask: { duration: string; reason: string; by: string }): boolean {
  const last = clock.extensions.at(-1);
  return last?.added === ask.duration && last.reason === ask.reason && last.by === ask.by;
}
