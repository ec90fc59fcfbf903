/** Taking in an MQL: what kind it is, which clocks start, what is owed at once (policy book §3, §4). */
import type { Effect } from '../model/effects.ts';
import type { Lead, LeadFacts } from '../model/lead.ts';
import { isOpen } from '../model/clock.ts';
import { qualify } from '../qualification/index.ts';
import type { Qualification } from '../qualification/index.ts';
import { choosePool } from '../routing/index.ts';
import { iso } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { entry, event, notice, startRun } from '../ladder/facts.ts';
import { responseClock } from '../ladder/assign.ts';
import type { World } from '../ladder/tell.ts';
import { idleMs } from './attention.ts';
import { openClocks } from './clocks.ts';

/** The event with which a lead becomes an MQL: the start of the response clock and of Marketing's routing clock. */
const QUALIFIED = 'lead_qualified';

/** A new lead with its clocks, and what its arrival leaves to be done. */
export function takeIn(world: World, leadId: string, facts: LeadFacts): Decision {
  const kind = qualify(world.policy, facts, world.now);
  const blank = blankLead(world, leadId, facts, kind);
  const { lead, effects: started } = openClocks(world, blank, QUALIFIED, kind);
  const effects: Effect[] = [
    entry(world.now, 'lead_received', kind.explanation.slice(0, 2).join(' '), {}, `crm:${facts.crm.system}`),
    event(
      lead,
      'LeadReceived',
      world.now,
      { clock: responseClock(lead) },
      { source: lead.source, tier: lead.tier, priority: lead.priority },
    ),
    ...started,
    ...acknowledgement(world, lead),
  ];
  return startNow(world, { lead, effects });
}

function blankLead(world: World, leadId: string, facts: LeadFacts, kind: Qualification): Lead {
  const pool = choosePool(world.policy, {
    segment: kind.segment,
    territory: kind.territory,
    vertical: facts.company.industry ?? null,
    partnerId: facts.partner?.id ?? null,
    source: facts.source,
  });
  return {
    ...facts,
    leadId,
    version: 1,
    cycle: 1,
    cycleStartedAt: null,
    status: 'unassigned',
    receivedAt: iso(world.now),
    tier: kind.tier,
    segment: kind.segment,
    priority: kind.priority,
    territory: kind.territory,
    zone: kind.zone,
    afterHours: kind.afterHours,
    poolId: pool.id,
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
    erasedAt: null,
    explanation: kind.explanation,
    policyVersion: world.policy.policyVersion,
    owed: [],
  };
}

/** Who comes outside hours and is not answered around the clock gets a mail at once, well within the policy's minutes. */
function acknowledgement(world: World, lead: Lead): Effect[] {
  if (lead.afterHours !== 'acknowledged' || lead.contact.email === undefined) return [];
  return [
    notice(world.now, 'acknowledgement', 'prospect', { clock: responseClock(lead) ?? null, rung: null }),
  ];
}

/** Starts the executions that start at once; clocks with a delay are started only if they still run after it. */
function startNow(world: World, decision: Decision): Decision {
  return decision.lead.clocks
    .filter((clock) => isOpen(clock) && idleMs(world.policy, clock.commitment) === 0)
    .reduce<Decision>((sum, clock) => {
      const started = startRun(world.policy, sum.lead, clock.clockId, world.now);
      return { lead: started.lead, effects: [...sum.effects, ...started.effects] };
    }, decision);
}
