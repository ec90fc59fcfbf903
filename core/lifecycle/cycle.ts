/** Another cycle of the same lead: who comes back is an MQL anew and keeps the history (policy book §13). */
import type { Lead } from '../model/lead.ts';
import { handoffsOf, NEW_LIFE } from '../model/life.ts';
import { iso } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { responseClock } from '../ladder/assign.ts';
import { and, entry, event } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { cancelClocks } from './cancel.ts';
import { meetClocks } from './clocks.ts';

/** The fact by which what was to bring the lead back is met. */
const RETURNED = 'lead_returned';

/**
 * The lead as it begins another cycle: without owner, attempts and flags, which belong to the cycle before. Clocks,
 * former owners and judged attempts stay.
 */
export function nextCycle(world: World, lead: Lead): Decision {
  const met = meetClocks(world, lead, RETURNED);
  const why = `It was ${lead.status} in cycle ${lead.cycle}; what happened then stays in the history.`;
  const over = cancelClocks(world, met.lead, () => true, 'The lead has come back: another cycle begins.');
  const closed = and(met, over);
  const { owner, previousOwners } = lead;
  const next: Lead = {
    ...closed.lead,
    cycle: lead.cycle + 1,
    cycleStartedAt: iso(world.now),
    owner: null,
    previousOwners: owner === null ? previousOwners : [...previousOwners, owner],
    unassignedSince: null,
    retryAssignAt: null,
    firstAttemptAt: null,
    firstContactAt: null,
    attempts: 0,
    flags: { atRisk: false, urgent: false, breachReview: false, escalated: false, backupQueue: false },
    held: [],
    life: { ...NEW_LIFE, pastHandoffs: handoffsOf(lead) },
    gate: lead.gate === null ? null : { ...lead.gate, passedAt: null, heldAt: null, completedAt: null },
  };
  return {
    lead: next,
    effects: [
      ...closed.effects,
      entry(world.now, 'lead_returned', why, { key: String(next.cycle) }),
      event(next, 'LeadReturned', world.now, {}, { previousCycle: lead.cycle }),
    ],
  };
}

/** Whether the lead has been an MQL in its present cycle. A version that did not check let every lead pass. */
export function wasMql(lead: Lead): boolean {
  return lead.gate === null ? responseClock(lead) !== undefined : lead.gate.passedAt !== null;
}

/** Whether somebody has owned the lead before its present owner in the present cycle. */
export function hasChangedHands({ previousOwners, cycleStartedAt }: Lead): boolean {
  return previousOwners.some(({ assignedAt }) => cycleStartedAt === null || assignedAt >= cycleStartedAt);
}
