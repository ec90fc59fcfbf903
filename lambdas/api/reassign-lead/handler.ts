/** `POST /leads/{leadId}/reassign`: a manager gives the lead to somebody else, named or the next in the round robin. */
import type { Draw } from '../../../core/ladder/assign.ts';
import { isMovable, isMoved, moveLead, namedOwner, nextOwner } from '../../../core/ladder/move.ts';
import { endDuePauses } from '../../../core/ladder/pause.ts';
import type { World } from '../../../core/ladder/tell.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { apiHandler } from '../../shared/api.ts';
import { changeLead } from '../../shared/change-lead.ts';
import { creditOwner, drawSuccessor } from '../../shared/draw.ts';
import { Problem } from '../../shared/errors.ts';
import { mustBeManager } from '../../shared/manager.ts';
import type { Services } from '../../shared/services.ts';
import type { ReassignLead } from '../schemas/clock-requests.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('reassign-lead', async ({ path, body, services }) => {
  const { personId, ...ask } = body;
  const changed = await changeLead(services, path.leadId, async (world, before, current) => {
    mustBeManager(world, ask.by, 'by', 'moves a lead');
    const ended = endDuePauses(world.policy, before, world.now);
    if (!isMovable(ended.lead)) {
      const detail = `A lead that is ${before.status} has no owner who works on it.`;
      throw new Problem(409, 'not-movable', 'The lead cannot be moved', detail);
    }
    if (isMoved(ended.lead, personId, ask)) return { lead: before, effects: [] };
    const draw =
      personId === undefined
        ? await next(current, world, ended.lead, ask)
        : await named(current, world, ended.lead, personId, ask);
    await creditOwner(current, world, ended.lead, ask.reason);
    const moved = moveLead(world, ended.lead, draw);
    return { lead: moved.lead, effects: [...ended.effects, ...moved.effects] };
  });
  return { status: 200, body: viewLead(changed, services) };
});

type Ask = Omit<ReassignLead, 'personId'>;

async function named(
  services: Services,
  world: World,
  lead: Lead,
  personId: string,
  ask: Ask,
): Promise<Draw> {
  const person = world.roster.people.find((candidate) => candidate.personId === personId);
  if (person?.active !== true) {
    const errors = [{ path: 'personId', message: 'must be an active person of the roster' }];
    throw new Problem(422, 'not-active', 'No such person', `${personId} cannot own a lead.`, { errors });
  }
  const open = await services.leads.openLeads(personId);
  return namedOwner(world, person, ask, open.filter((leadId) => leadId !== lead.leadId).length);
}

async function next(services: Services, world: World, lead: Lead, ask: Ask): Promise<Draw> {
  const draw = await drawSuccessor(services, world, lead, lead.owner === null ? [] : [lead.owner.personId]);
  if (draw !== null) return nextOwner(draw, ask);
  const detail =
    'Nobody else of the pool or its backup is available; name the person who is to have the lead.';
  throw new Problem(409, 'nobody-available', 'Nobody is available', detail);
}
