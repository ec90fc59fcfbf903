/** `POST /leads`: takes in an MQL once, however often it is posted. */
import { tellCrm } from '../../../core/lifecycle/crm-fields.ts';
import { judge } from '../../../core/lifecycle/gate-state.ts';
import type { Known } from '../../../core/lifecycle/gate-state.ts';
import { awaitsGate, receiveLead, submitAgain } from '../../../core/lifecycle/inquiry.ts';
import type { Lead, LeadFacts } from '../../../core/model/lead.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { changeLead } from '../../shared/change-lead.ts';
import { refuseErased } from '../../shared/erased.ts';
import type { Problem } from '../../shared/errors.ts';
import { futureFaults, refuseFaults, sourceFaults } from '../../shared/intake-faults.ts';
import { knownOf, signalsOfLead } from '../../shared/known.ts';
import { leadIdOf } from '../../shared/lead-id.ts';
import { measureDecision } from '../../shared/measure.ts';
import { performOwed, startOwed } from '../../shared/perform.ts';
import { refusalOf } from '../../shared/refusals.ts';
import type { Services } from '../../shared/services.ts';
import { worldOf } from '../../shared/step.ts';
import type { SubmitLead } from '../schemas/lead-intake.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('submit-lead', async ({ body, services, now }) => {
  refuseFaults([
    ...sourceFaults(services, body.source),
    ...futureFaults(services, 'qualifiedAt', body.qualifiedAt),
  ]);
  const leadId = leadIdOf(body.crm);
  const facts = factsOf(body);
  const [world, known] = await Promise.all([
    worldOf(services),
    knownOf(services, facts, signalsOfLead(facts)),
  ]);
  const judged = judge(world, { ...facts, gate: null }, 'crm', known);
  const refusal = refusalOf(known, judged.evaluation);
  if (refusal === null) {
    const taken = receiveLead(world, leadId, facts, known, judged);
    const { lead, effects } = tellCrm(taken.lead, taken.effects, now);
    const owing = { ...lead, owed: effects };
    if ((await services.leads.create(owing)) === 'created') {
      measureDecision(services.metrics, owing, effects);
      // Of what waits for the gate there is no first step that performs the rest a moment later.
      if (awaitsGate(owing)) {
        return { status: 202, body: viewLead(await performOwed(services, owing, effects), services) };
      }
      await startOwed(services, owing);
      return { status: 202, body: viewLead(owing, services) };
    }
  }
  // The record has been posted before, perhaps a moment ago: that is the lead.
  const other = await services.leads.get(leadId);
  if (other === undefined) throw refusal ?? new Error(`lead ${leadId} is neither new nor there`);
  return { status: 200, body: viewLead(await again(services, other, facts, known, refusal), services) };
});

/** A lead that is here already: left as it is while it is open, taken in anew when it is gone and may come back. */
async function again(
  services: Services,
  other: Lead,
  facts: LeadFacts,
  known: Known,
  refusal: Problem | null,
): Promise<Lead> {
  refuseErased(other);
  if (!awaitsGate(other) || other.status === 'held') return other;
  if (refusal !== null) {
    const entryId = `intake_refused/${facts.qualifiedAt}`;
    const who = `crm:${facts.crm.system}`;
    const told = {
      entryId,
      at: iso(services.clock.now()),
      what: 'intake_refused',
      who,
      why: refusal.message,
    };
    await services.leads.putTimeline(other.leadId, told);
    throw refusal;
  }
  return changeLead(services, other.leadId, async (world, before, current) => {
    const kept = await current.leads.signals(before.leadId);
    return submitAgain(world, before, facts, { ...known, signals: [...known.signals, ...kept] });
  });
}

/** Instants are kept in UTC with milliseconds, so that stored texts sort like the instants they name. */
function factsOf(body: SubmitLead): LeadFacts {
  return {
    ...body,
    qualifiedAt: iso(epochMs(body.qualifiedAt)),
    signals: body.signals.map((signal) => ({
      type: signal.type,
      at: iso(epochMs(signal.at)),
      endsAt: signal.endsAt === undefined ? undefined : iso(epochMs(signal.endsAt)),
    })),
  };
}
