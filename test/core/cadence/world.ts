/** Leads in a cadence: its rows of the policy and those of the response, and attempts at instants of New York. */
import type { Decision } from '../../../core/ladder/facts.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import type { Activity } from '../../../core/lifecycle/activity.ts';
import type { Clock } from '../../../core/model/clock.ts';
import type { Lead, LeadFacts } from '../../../core/model/lead.ts';
import { epochMs } from '../../../core/time.ts';
import { enforcing } from '../../support/rows.ts';
import { demoRequest, later, owned, worldAt } from '../../support/world.ts';

const ROWS = ['cadence.touch', 'cadence.dispose', 'contact.follow_up', 'sequence.enroll'];

/** The world at an instant, with the rows of the cadence and of the response enforced. */
export async function cadenceAt(at: string): Promise<World> {
  return enforcing(await worldAt(at), ...ROWS);
}

/** What makes a lead one of a tier, without a segment and with a source that sets no pace of its own. */
export const OF_TIER: Readonly<Record<1 | 2 | 3, Partial<LeadFacts>>> = {
  1: { source: 'inbound_call', company: { name: 'Example' } },
  2: { source: 'partner_referral', company: { name: 'Example' } },
  3: { source: 'newsletter_signup', company: { name: 'Example' } },
};

/** A lead of a tier that has come in and belongs to Sam. */
export function leadOf(world: World, at: string, change: Partial<LeadFacts>): Lead {
  return owned(world, demoRequest(at, { score: 50, ...change }), 'sam');
}

/** An attempt at an instant, stamped by a system and told at once. */
export function tried(
  world: World,
  lead: Lead,
  type: Activity['type'],
  at: string,
  outcome: Activity['outcome'] = type === 'call' ? 'voicemail' : 'sent',
): Decision {
  const activity: Activity = {
    activityId: `${type}-${at}`,
    type,
    outcome,
    occurredAt: epochMs(at),
    recordedBy: { kind: 'system', name: 'dialler' },
    personId: 'sam',
  };
  return takeAttempt(later(world, at), lead, activity);
}

/** The clocks of touches that wait, as `number: deadline`. */
export function waiting(lead: Lead): string[] {
  return touchClocks(lead)
    .filter(({ status }) => status === 'within_sla')
    .map(({ touch, dueAt }) => `${touch ?? 0}: ${dueAt}`);
}

export function touchClocks(lead: Lead): Clock[] {
  return lead.clocks.filter(({ commitment }) => commitment === 'cadence.touch');
}
