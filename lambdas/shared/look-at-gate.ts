/** Letting the gate look at a stored lead, with all that is known of it at that moment. */
import type { Decision } from '../../core/ladder/facts.ts';
import type { World } from '../../core/ladder/tell.ts';
import { awaitsGate } from '../../core/lifecycle/inquiry.ts';
import type { Known } from '../../core/lifecycle/gate-state.ts';
import type { Lead } from '../../core/model/lead.ts';
import { changeLead } from './change-lead.ts';
import { knownOf, signalsOf } from './known.ts';
import type { Services } from './services.ts';

export interface Looked {
  lead: Lead;
  known: Known;
}

/**
 * Changes a lead by a decision that the gate has a say in. Its signals are read after the lead, so that of two requests
 * at one moment the later save has seen the signals of both.
 * @param facts the lead with what the decision will change of its contact and company: whom the gate is asked about
 * @throws Problem 409 `erased` if the personal data of the lead was removed
 */
export async function changeWithGate(
  services: Services,
  leadId: string,
  decide: (world: World, lead: Lead, known: Known) => Decision,
  facts: (lead: Lead) => Lead = (lead) => lead,
): Promise<Looked> {
  let known: Known = { signals: [], mx: 'unknown', suppressed: null };
  const lead = await changeLead(services, leadId, async (world, before, current) => {
    const about = facts(before);
    const signals = await signalsOf(current, before);
    known = awaitsGate(before) ? await knownOf(current, about, signals) : { ...known, signals };
    return decide(world, before, known);
  });
  return { lead, known };
}
