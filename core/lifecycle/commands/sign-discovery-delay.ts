/** A discovery meeting that comes later than the policy allows needs a manager's sign-off, with a reason (policy book §11). */
import { iso } from '../../time.ts';
import type { Lead } from '../../model/lead.ts';
import type { Role } from '../../policy/schema/basics.ts';
import { and, entry, event } from '../../ladder/facts.ts';
import type { World } from '../../ladder/tell.ts';
import { happen } from '../happen.ts';
import type { Asked, Outcome, Refused } from './command.ts';
import { withLife } from './command.ts';
import { saysMore } from './said.ts';
import { isAllowed, notAllowed, refusedFor } from './table.ts';

/** The lead with the sign-off of its opportunity. Signing again what is signed changes nothing. */
export function signDiscoveryDelay(
  world: World,
  lead: Lead,
  { by, reason }: Asked & { reason: string },
): Outcome {
  const { opportunity } = lead.life;
  if (!isAllowed(lead, 'sign_discovery_delay') || opportunity === null) {
    return notAllowed(lead, 'sign_discovery_delay');
  }
  if (opportunity.discoveryDelay !== undefined) return { lead, effects: [] };
  const refused = unsigned(world, lead, by, reason);
  if (refused !== null) return refused;
  const signed = withLife(lead, {
    opportunity: { ...opportunity, discoveryDelay: { at: iso(world.now), by, reason: reason.trim() } },
  });
  const key = opportunity.opportunityId;
  const told = {
    lead: signed,
    effects: [
      entry(world.now, 'discovery_delay_signed', reason.trim(), { key }, `person:${by}`),
      event(signed, 'DiscoveryDelaySigned', world.now, { key }, { opportunityId: key, by }),
    ],
  };
  return and(told, happen(world, signed, ['discovery_delay_signed']));
}

/** A signature of somebody who may not sign, or without a reason. */
function unsigned({ policy, roster }: World, lead: Lead, by: string, reason: string): Refused | null {
  const person = roster.people.find((candidate) => candidate.personId === by && candidate.active);
  const managers: readonly Role[] = policy.managerRoles;
  if (person === undefined || !managers.includes(person.role)) {
    const detail = `Only a manager signs a later discovery meeting; ${by} is ${person?.role ?? 'not on the roster'}.`;
    return refusedFor(lead, { refused: 'not-a-manager', detail, missing: [{ path: 'by', message: detail }] });
  }
  if (saysMore(policy, reason, ['discovery', 'meeting'])) return null;
  const detail = 'A later discovery meeting needs a reason that says something specific.';
  const gap = { path: 'reason', message: 'is empty, a placeholder or too vague' };
  return refusedFor(lead, { refused: 'reason-missing', detail, missing: [gap] });
}
