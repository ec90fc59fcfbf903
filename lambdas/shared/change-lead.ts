/** Changing a lead on somebody's request: read, decide, save, perform; again if somebody else was quicker. */
import type { Decision } from '../../core/ladder/facts.ts';
import type { World } from '../../core/ladder/tell.ts';
import type { Lead } from '../../core/model/lead.ts';
import { forgetIfErased } from './erased.ts';
import { leadOr404 } from './lead-or-404.ts';
import { withPatience } from './patience.ts';
import { saveAndPerform } from './perform.ts';
import type { Services } from './services.ts';
import { readingRosterOnce, worldOf } from './step.ts';

const ATTEMPTS = 12;

type Decide = (world: World, lead: Lead, services: Services) => Decision | Promise<Decision>;

/**
 * As {@link changeAnyLead}, for whatever is done with a lead that is somebody's.
 * @throws Problem 409 `erased` if the personal data of the lead was removed
 */
export function changeLead(all: Services, leadId: string, decide: Decide): Promise<Lead> {
  return changeAnyLead(all, leadId, async (world, lead, services) => {
    await forgetIfErased(services, lead);
    return decide(world, lead, services);
  });
}

/**
 * @param decide may throw a Problem to refuse; the very lead that it was given and no effects: nothing is to be done
 * @returns the lead as it is afterwards
 */
export async function changeAnyLead(all: Services, leadId: string, decide: Decide): Promise<Lead> {
  return withPatience(ATTEMPTS, async () => {
    const services = readingRosterOnce(all);
    const lead = await leadOr404(services, leadId);
    const decision = await decide(await worldOf(services), lead, services);
    if (decision.lead === lead && decision.effects.length === 0) return lead;
    return saveAndPerform(services, decision.lead, decision.effects);
  });
}
