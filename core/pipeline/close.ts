/** An opportunity is won or lost: the lead has come to its end (policy book §12, §13). */
import type { Lead } from '../model/lead.ts';
import type { Disposition, Opportunity } from '../model/life.ts';
import { stageOf } from '../model/pipeline.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { attemptsMade, attemptsRequired } from '../cadence/required.ts';
import { closeLead } from '../lifecycle/close.ts';
import { withLife } from '../lifecycle/commands/command.ts';
import { happen } from '../lifecycle/happen.ts';
import { iso } from '../time.ts';
import type { OpportunityChanges } from './changes.ts';

type Closing = NonNullable<OpportunityChanges['closed']>;

/** Whether an opportunity was closed in just this way. */
export function isSameClosing({ closed }: Opportunity, closing: Closing): boolean {
  if (closed?.outcome !== closing.outcome) return false;
  return closing.outcome === 'won' || closed.reason === closing.reason;
}

/** Closes an open opportunity, and the lead with it: every clock of it that still runs is cancelled. */
export function closeOpportunity(world: World, lead: Lead, closing: Closing, by: string): Decision {
  const { opportunity } = lead.life;
  if (opportunity === null) return { lead, effects: [] };
  const { outcome } = closing;
  const reason = closing.outcome === 'lost' ? closing.reason : null;
  const detail = closing.outcome === 'lost' ? (closing.detail?.trim() ?? null) : null;
  const closed = { at: iso(world.now), by, outcome, reason, detail };
  const ended: Lead = {
    ...withLife(lead, {
      opportunity: { ...opportunity, closed },
      disposition: dispositionOf(world, lead, closed),
    }),
    status: outcome === 'won' ? lead.status : 'disqualified',
  };
  const facts = [`stage_${stageOf(opportunity)}_left`, 'opportunity_closed', `opportunity_${outcome}`];
  const happened = happen(world, ended, facts);
  const key = opportunity.opportunityId;
  const why =
    reason === null ? 'Won.' : `Lost: ${reason.replaceAll('_', ' ')}${detail === null ? '' : `. ${detail}`}`;
  const data = { opportunityId: key, by, outcome, lossReason: reason, stage: stageOf(opportunity) };
  const told: Decision = {
    lead: happened.lead,
    effects: [
      entry(world.now, `opportunity_${outcome}`, why, { key }, `person:${by}`),
      event(ended, outcome === 'won' ? 'OpportunityWon' : 'OpportunityLost', world.now, { key }, data),
      ...happened.effects,
    ],
  };
  return and(told, closeLead(world, told.lead, `The opportunity is ${outcome}.`));
}

/** Won, it stays converted; lost, the lead has left the queue for a reason. */
function dispositionOf(
  { policy }: World,
  lead: Lead,
  { at, by, outcome, reason, detail }: NonNullable<Opportunity['closed']>,
): Disposition {
  const { disposition } = lead.life;
  const id = outcome === 'won' ? policy.closing.won : policy.closing.lost;
  if (disposition?.disposition === id && outcome === 'won') return disposition;
  const made = attemptsMade(lead);
  const attempts = {
    made: made.attempts,
    required: attemptsRequired(policy, lead).attempts,
    channels: made.channels,
  };
  return { at, by, disposition: id, reason, detail, attempts, signedBy: null, scenario: null };
}
