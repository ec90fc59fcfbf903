/** Taking in an MQL: what kind it is, which clocks start, what is owed at once (policy book §3, §4). */
import type { Effect } from '../model/effects.ts';
import type { GateState } from '../model/gate.ts';
import type { Lead, LeadFacts } from '../model/lead.ts';
import { NEW_LIFE } from '../model/life.ts';
import { qualify } from '../qualification/index.ts';
import type { Qualification } from '../qualification/index.ts';
import { choosePool } from '../routing/index.ts';
import { iso } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { entry, event, notice } from '../ladder/facts.ts';
import { responseClock } from '../ladder/assign.ts';
import type { World } from '../ladder/tell.ts';
import { openClocks } from './clocks.ts';
import { startNow } from './start-now.ts';

/** The event with which a lead becomes an MQL: the start of the response clock and of Marketing's routing clock. */
const QUALIFIED = 'lead_qualified';

/** A new lead with its clocks, and what its arrival leaves to be done. */
export function takeIn(
  world: World,
  leadId: string,
  facts: LeadFacts,
  gate: GateState | null = null,
): Decision {
  const kind = qualify(world.policy, facts, world.now);
  const blank: Lead = { ...blankLead(world, leadId, facts, kind), gate };
  return startMql(world, blank, kind, (lead) => arrival(world, lead, kind));
}

/** What is told of a lead that a CRM has posted. */
export function arrival(world: World, lead: Lead, kind: Qualification): Effect[] {
  return [
    entry(world.now, 'lead_received', kind.explanation.slice(0, 2).join(' '), {}, `crm:${lead.crm.system}`),
    event(
      lead,
      'LeadReceived',
      world.now,
      { clock: responseClock(lead) },
      { source: lead.source, tier: lead.tier, priority: lead.priority },
    ),
  ];
}

/**
 * Starts what an MQL starts: the clocks of its qualification, their executions, the acknowledgement after hours.
 * @param told what is said of it first, once its clocks are known
 */
export function startMql(
  world: World,
  blank: Lead,
  kind: Qualification = qualify(world.policy, blank, world.now),
  told: (lead: Lead) => Effect[] = () => [],
): Decision {
  const { lead, effects: started } = openClocks(world, blank, QUALIFIED, kind);
  return startNow(world, { lead, effects: [...told(lead), ...started, ...acknowledgement(world, lead)] });
}

/** A lead without owner, clocks or history. */
export function blankLead(world: World, leadId: string, facts: LeadFacts, kind: Qualification): Lead {
  return {
    ...facts,
    ...kindOf(world, facts, kind),
    leadId,
    version: 1,
    cycle: 1,
    cycleStartedAt: null,
    status: 'unassigned',
    receivedAt: iso(world.now),
    owner: null,
    previousOwners: [],
    unassignedSince: null,
    retryAssignAt: null,
    firstAttemptAt: null,
    firstContactAt: null,
    attempts: 0,
    backDatedActivities: 0,
    judged: [],
    flags: { atRisk: false, urgent: false, breachReview: false, escalated: false, backupQueue: false },
    clocks: [],
    held: [],
    gate: null,
    life: NEW_LIFE,
    erasedAt: null,
    owed: [],
  };
}

/** The lead as the kind that it is by other facts, or by another policy. */
export function classified(world: World, lead: Lead, kind: Qualification): Lead {
  return { ...lead, ...kindOf(world, lead, kind) };
}

function kindOf(world: World, facts: LeadFacts, kind: Qualification) {
  const pool = choosePool(world.policy, {
    segment: kind.segment,
    territory: kind.territory,
    vertical: facts.company.industry ?? null,
    partnerId: facts.partner?.id ?? null,
    source: facts.source,
  });
  return {
    tier: kind.tier,
    segment: kind.segment,
    priority: kind.priority,
    territory: kind.territory,
    zone: kind.zone,
    afterHours: kind.afterHours,
    poolId: pool.id,
    explanation: kind.explanation,
    policyVersion: world.policy.policyVersion,
  };
}

/** Who comes outside hours and is not answered around the clock gets a mail at once, well within the policy's minutes. */
function acknowledgement(world: World, lead: Lead): Effect[] {
  if (lead.afterHours !== 'acknowledged' || lead.contact.email === undefined) return [];
  return [
    notice(world.now, 'acknowledgement', 'prospect', { clock: responseClock(lead) ?? null, rung: null }),
  ];
}
