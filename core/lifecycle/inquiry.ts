/**
 * Inquiries: leads that are not yet qualified. The gate looks at one whenever something is told of it; what follows
 * from its verdict is decided here (policy book §6, §7; docs/adr/0018-inquiries-are-leads.md).
 */
import { isDeepStrictEqual } from 'node:util';
import type { GateState } from '../model/gate.ts';
import type { Lead, LeadFacts, LeadStatus } from '../model/lead.ts';
import { qualify } from '../qualification/index.ts';
import type { InquirySignal } from '../qualification/gate/types.ts';
import { sourceOfActs } from '../qualification/gate/source-of-acts.ts';
import { iso } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import { endDuePauses } from '../ladder/pause.ts';
import type { World } from '../ladder/tell.ts';
import { wasMql } from './cycle.ts';
import { gateState, judge } from './gate-state.ts';
import type { Judged, Known } from './gate-state.ts';
import { arrival, blankLead, takeIn } from './intake.ts';
import { hold, lapse, nurture, offer, refuse } from './outcomes.ts';
import { promote, reclassify } from './promote.ts';
import { isHeldBack } from './rejection.ts';
import { scored } from './scored.ts';

/** An inquiry as it arrives: a source only if one was named. */
export type InquiryArrival = Omit<LeadFacts, 'qualifiedAt' | 'source' | 'score' | 'signals'> & {
  source?: string | undefined;
};

/** Statuses in which the gate may still make an MQL of a lead: nobody in Sales works on it. */
const WAITING: readonly LeadStatus[] = ['nurture', 'held', 'recycled', 'disqualified', 'rejected'];

/** Whether the gate decides about a lead when something new is known of it. */
export function awaitsGate(lead: Lead): boolean {
  return lead.erasedAt === null && WAITING.includes(lead.status);
}

/** A new inquiry, and what the gate makes of it. */
export function receiveInquiry(
  world: World,
  leadId: string,
  arrived: InquiryArrival,
  known: Known,
): Decision {
  const { policy, now } = world;
  const { source: told, ...rest } = arrived;
  const source = sourceOfActs(policy, known.signals, told, now);
  const facts: LeadFacts = { ...rest, source, qualifiedAt: iso(now), signals: [] };
  const blank: Lead = {
    ...blankLead(world, leadId, facts, qualify(policy, facts, now)),
    status: 'nurture',
    explanation: [],
  };
  const judged = judge(world, blank, 'gate', known);
  const gate = { ...gateState(world, null, 'gate', judged), toldSource: told ?? null };
  const received: Decision = {
    lead: { ...blank, gate },
    effects: [
      entry(now, 'inquiry_received', gate.explanation.join(' '), {}, `crm:${arrived.crm.system}`),
      event(blank, 'InquiryReceived', now, {}, { source }),
    ],
  };
  return and(received, follow(world, received.lead, null, gate, judged));
}

/**
 * A new lead that a CRM has qualified itself: the gate decides over the criteria that the policy enforces and notes how
 * the others stand.
 * @param judged what the gate makes of it, where that is known already
 */
export function receiveLead(
  world: World,
  leadId: string,
  facts: LeadFacts,
  known: Known,
  judged: Judged = judge(world, { ...facts, gate: null }, 'crm', known),
): Decision {
  const gate = gateState(world, null, 'crm', judged);
  if (judged.verdict === 'mql') return takeIn(world, leadId, facts, { ...gate, passedAt: iso(world.now) });
  const kind = qualify(world.policy, facts, world.now);
  const lead: Lead = { ...blankLead(world, leadId, facts, kind), status: 'nurture', gate };
  return and({ lead, effects: arrival(world, lead, kind) }, follow(world, lead, null, gate, judged));
}

/**
 * Looks at a lead again: signals have come, a gap was filled, somebody accepted it, or the CRM has qualified it.
 * Looking twice is looking once. A lead on which Sales works already is left as it is.
 */
export function lookAtGate(
  world: World,
  before: Lead,
  known: Known,
  decides: GateState['decides'] = whoDecides(before),
): Decision {
  if (!awaitsGate(before) || isHeldBack(before)) return { lead: before, effects: [] };
  const ended = endDuePauses(world.policy, before, world.now);
  const judged = judge(world, ended.lead, decides, { ...known, signals: newActs(before, known.signals) });
  const gate = gateState(world, ended.lead.gate, decides, judged);
  const isNews = judged.verdict === 'mql' || ended.lead !== before || !isSame(before.gate, gate);
  if (!isNews) return { lead: before, effects: [] };
  const lead: Lead = { ...ended.lead, gate };
  return and(ended, follow(world, lead, before.gate, gate, judged));
}

/**
 * A lead that a CRM qualifies itself although it is here already: in nurture, held, or gone. One on which Sales works is
 * left as it is, and so is what was an MQL by this very qualification: it is a repetition.
 */
export function submitAgain(world: World, before: Lead, facts: LeadFacts, known: Known): Decision {
  const isRepeated = wasMql(before) && facts.qualifiedAt <= before.qualifiedAt;
  if (!awaitsGate(before) || isRepeated || before.status === 'held') return { lead: before, effects: [] };
  const { gate } = before;
  const merged: Lead = { ...before, ...facts };
  const looked = lookAtGate(world, merged, known, 'crm');
  return looked.lead === merged && gate?.decides === 'crm' ? { lead: before, effects: [] } : looked;
}

/**
 * What a CRM has qualified once and Sales has given up comes back by what they do since, which the gate judges: the
 * CRM's word is used up. It counts on for what was only held for Marketing.
 */
function whoDecides(lead: Lead): GateState['decides'] {
  const isGone = wasMql(lead) && lead.status !== 'held';
  return isGone ? 'gate' : (lead.gate?.decides ?? 'crm');
}

/**
 * Who has been an MQL comes back by what they do after it has ended: what made one of them then counts no more. Of a
 * lead that an SDR has sent back for Marketing to mend it counts on.
 */
function newActs(lead: Lead, signals: readonly InquirySignal[]): readonly InquirySignal[] {
  const isMended = lead.status === 'held' && lead.life.rejection?.holds === true;
  if (!wasMql(lead) || isMended) return signals;
  const since = lead.life.closedAt ?? lead.gate?.passedAt ?? lead.qualifiedAt;
  return signals.filter(({ at }) => at > since);
}

/** The same but for the instant: nothing has to be written. */
function isSame(before: GateState | null, after: GateState): boolean {
  return before !== null && isDeepStrictEqual({ ...before, evaluatedAt: after.evaluatedAt }, after);
}

/** What follows from a verdict. */
function follow(
  world: World,
  lead: Lead,
  before: GateState | null,
  gate: GateState,
  judged: Judged,
): Decision {
  const passes = judged.verdict === 'mql' || judged.verdict === 'held';
  const lapsed = judged.verdict === 'review' ? { lead, effects: [] } : lapse(world, lead);
  const timed = passes ? and(lapsed, scored(world, lapsed.lead, before, judged.facts)) : lapsed;
  return and(timed, outcome(world, timed.lead, before, gate, judged));
}

function outcome(
  world: World,
  lead: Lead,
  before: GateState | null,
  gate: GateState,
  { verdict, facts }: Judged,
): Decision {
  if (verdict === 'mql') return promote(world, lead, facts.signals);
  const known = reclassify(world, lead, facts.signals);
  const explained: Lead = { ...known, explanation: gate.explanation };
  switch (verdict) {
    case 'held':
      return hold(world, explained);
    case 'review':
      return offer(world, explained);
    case 'nurture':
      return nurture(world, explained, before);
    case 'refused':
      return refuse(world, explained, before);
  }
}
