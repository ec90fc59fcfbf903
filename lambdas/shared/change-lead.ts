/** Changing a lead on somebody's request: read, decide, save, perform; again if somebody else was quicker. */
import type { Decision } from '../../core/ladder/facts.ts';
import type { World } from '../../core/ladder/tell.ts';
import type { Lead } from '../../core/model/lead.ts';
import { leadOr404 } from './lead-or-404.ts';
import { withPatience } from './patience.ts';
import { saveAndPerform } from './perform.ts';
import type { Services } from './services.ts';
import { readingRosterOnce, worldOf } from './step.ts';

const ATTEMPTS = 12;

/**
 * @param decide may throw a Problem to refuse
 * @returns the lead as it is afterwards
 */
export async function changeLead(
  all: Services,
  leadId: string,
  decide: (world: World, lead: Lead) => Decision,
): Promise<Lead> {
  return withPatience(ATTEMPTS, async () => {
    const services = readingRosterOnce(all);
    const lead = await leadOr404(services, leadId);
    const decision = decide(await worldOf(services), lead);
    return saveAndPerform(services, decision.lead, decision.effects);
  });
}
