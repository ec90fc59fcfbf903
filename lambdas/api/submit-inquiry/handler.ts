/** `POST /inquiries`: takes in a lead that is not yet qualified, once, and evaluates the gate at once (policy book §6). */
import { tellCrm } from '../../../core/lifecycle/crm-fields.ts';
import type { InquiryArrival } from '../../../core/lifecycle/inquiry.ts';
import { lookAtGate, receiveInquiry } from '../../../core/lifecycle/inquiry.ts';
import { judge } from '../../../core/lifecycle/gate-state.ts';
import { apiHandler } from '../../shared/api.ts';
import { refuseErased } from '../../shared/erased.ts';
import { refuseFaults, sourceFaults } from '../../shared/intake-faults.ts';
import { knownOf } from '../../shared/known.ts';
import { checkSignals, keepSignals } from '../../shared/known-signals.ts';
import { leadIdOf } from '../../shared/lead-id.ts';
import { changeWithGate } from '../../shared/look-at-gate.ts';
import { measureDecision } from '../../shared/measure.ts';
import { performOwed } from '../../shared/perform.ts';
import { refusalOf } from '../../shared/refusals.ts';
import { worldOf } from '../../shared/step.ts';
import { viewInquiry } from '../views/inquiry.ts';

export const handler = apiHandler('submit-inquiry', async ({ body, services }) => {
  const { signals, ...arrived } = body;
  refuseFaults(sourceFaults(services, body.source));
  checkSignals(services, signals);
  const leadId = leadIdOf(body.crm);
  const other = await services.leads.get(leadId);
  if (other !== undefined) {
    refuseErased(other);
    await keepSignals(services, leadId, signals);
    const { lead, known } = await changeWithGate(services, leadId, lookAtGate);
    return { status: 200, body: viewInquiry(services, await worldOf(services), lead, known) };
  }
  const world = await worldOf(services);
  const known = await knownOf(services, arrived, signals);
  const facts: InquiryArrival = arrived;
  const refusal = refusalOf(known, judge(world, { ...facts, gate: null }, 'gate', known).evaluation);
  if (refusal !== null) throw refusal;
  // The signals first: an inquiry never stands there without what it was scored by.
  await keepSignals(services, leadId, signals);
  const all = { ...known, signals: await services.leads.signals(leadId) };
  const taken = receiveInquiry(world, leadId, facts, all);
  const { lead, effects } = tellCrm(taken.lead, taken.effects, world.now);
  const owing = { ...lead, owed: effects };
  if ((await services.leads.create(owing)) === 'created') {
    measureDecision(services.metrics, owing, effects);
    const performed = await performOwed(services, owing, effects);
    return { status: 202, body: viewInquiry(services, world, performed, all) };
  }
  // Posted twice at one moment: the other request has created it, perhaps without these signals.
  const looked = await changeWithGate(services, leadId, lookAtGate);
  return { status: 200, body: viewInquiry(services, world, looked.lead, looked.known) };
});
