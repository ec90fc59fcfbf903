/** `POST /leads/{leadId}/extend`: a manager adds business time to the clocks that have not run out. */
import { endDuePauses, extendLead, isExtensible } from '../../../core/ladder/pause.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { apiHandler } from '../../shared/api.ts';
import { changeLead } from '../../shared/change-lead.ts';
import { Problem } from '../../shared/errors.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('extend-lead', async ({ path, body, services }) => {
  const changed = await changeLead(services, path.leadId, (world, before) => {
    mustBeManager(world, body.personId);
    const ended = endDuePauses(world.policy, before, world.now);
    if (!ended.lead.clocks.some((clock) => isExtensible(clock, world.now))) {
      const detail = 'No clock of this lead can be extended: a deadline that has passed stays passed.';
      throw new Problem(409, 'nothing-to-extend', 'Nothing to extend', detail);
    }
    const ask = {
      reason: body.reason,
      by: `person:${body.personId}`,
      now: world.now,
      duration: body.duration,
    };
    const extended = extendLead(world.policy, ended.lead, ask);
    return { lead: extended.lead, effects: [...ended.effects, ...extended.effects] };
  });
  return { status: 200, body: viewLead(changed, services) };
});

function mustBeManager({ policy, roster }: World, personId: string): void {
  const person = roster.people.find((candidate) => candidate.personId === personId);
  if (person?.active === true && policy.managerRoles.includes(person.role)) return;
  const errors = [
    {
      path: 'personId',
      message: `must be an active person with one of the roles ${policy.managerRoles.join(', ')}`,
    },
  ];
  throw new Problem(
    422,
    'not-a-manager',
    'Only a manager extends a deadline',
    `${personId} may not extend a deadline.`,
    { errors },
  );
}
