/** An AE accepts an SQL and opens the opportunity in the same act (policy book §11). */
import { iso } from '../../time.ts';
import type { Effect } from '../../model/effects.ts';
import type { Lead } from '../../model/lead.ts';
import type { Handoff, Opportunity } from '../../model/life.ts';
import { NEW_DEAL } from '../../model/pipeline.ts';
import { and, entry, event } from '../../ladder/facts.ts';
import type { World } from '../../ladder/tell.ts';
import { opportunityIdOf } from '../../pipeline/ids.ts';
import { enterFirstStage } from '../../pipeline/open.ts';
import { dropHeld, openHandoff } from '../handoff.ts';
import { happen } from '../happen.ts';
import type { Asked, Outcome, Refused } from './command.ts';
import { withLife } from './command.ts';
import { isAllowed, notAllowed, refusedFor } from './table.ts';

interface AcceptanceAsked extends Asked {
  /** Whether the AE confirms in this very request that they have read the briefing. */
  briefingRead: boolean;
}

/** The lead as opportunity. Accepting again what one has accepted changes nothing. */
export function aeAccept(world: World, lead: Lead, { by, briefingRead }: AcceptanceAsked): Outcome {
  const { handoff } = lead.life;
  if (lead.erasedAt === null && handoff?.accepted?.by === by) return { lead, effects: [] };
  if (!isAllowed(lead, 'ae_accept')) return notAllowed(lead, 'ae_accept');
  const open = openHandoff(lead);
  const refused = notTheirs(lead, open, by);
  if (open === null || refused !== null) return refused ?? notAllowed(lead, 'ae_accept');
  if (!briefingRead) {
    const detail = 'Accept an SQL only after reading its briefing: confirm it with briefingRead true.';
    const gap = { path: 'briefingRead', message: 'the AE has to confirm that the briefing was read' };
    return refusedFor(lead, { refused: 'briefing-unread', detail, missing: [gap] });
  }
  return accepted(world, lead, open, by);
}

/** Why this person cannot decide about the SQL, or null. */
export function notTheirs(lead: Lead, open: Handoff | null, by: string): Refused | null {
  if (open?.ae.personId === by) return null;
  if (open !== null) {
    const detail = `The SQL has been handed over to ${open.ae.personId}, who alone accepts or rejects it.`;
    return refusedFor(lead, { refused: 'not-the-ae', detail, missing: [{ path: 'by', message: detail }] });
  }
  const isRevOps = lead.life.handoff?.rejected != null;
  const detail = isRevOps
    ? 'The SQL has no AE: RevOps has to decide first whose it is.'
    : 'The SQL has no AE yet: its briefing has to be completed, and an AE notified.';
  const gap = { path: 'handoff', message: 'no AE has been notified' };
  return refusedFor(lead, { refused: 'no-ae', detail, missing: [gap] });
}

function accepted(world: World, lead: Lead, handoff: Handoff, by: string): Outcome {
  const act = { at: iso(world.now), by };
  const opportunity: Opportunity = {
    ...NEW_DEAL,
    opportunityId: opportunityIdOf(lead.leadId, handoff.n),
    n: handoff.n,
    ownerId: by,
    openedAt: act.at,
  };
  const { briefing } = lead.life;
  const changed = withLife(
    { ...lead, status: 'opportunity' },
    {
      handoff: { ...handoff, accepted: act },
      briefing: briefing === null ? null : { ...briefing, read: act },
      opportunity,
    },
  );
  const told = { lead: changed, effects: acceptanceFacts(world, changed, handoff, opportunity) };
  const facts = ['ae_accepted', 'opportunity_created', 'disposition_feedback_given'];
  const happened = and(told, happen(world, changed, facts));
  const entered = and(happened, enterFirstStage(world, happened.lead, by));
  return and(entered, dropHeld(world, entered.lead, 'handed_over'));
}

function acceptanceFacts(
  { now }: World,
  lead: Lead,
  { n, ae }: Handoff,
  { opportunityId, ownerId }: Opportunity,
): Effect[] {
  const key = String(n);
  const who = `person:${ae.personId}`;
  const why = `Opportunity ${opportunityId} was opened in the same act.`;
  return [
    entry(now, 'ae_accepted', 'The briefing was confirmed read.', { key }, who),
    entry(now, 'opportunity_created', why, { key }),
    event(lead, 'SqlAccepted', now, { key }, { aeId: ae.personId, n }),
    event(lead, 'OpportunityCreated', now, { key }, { opportunityId, aeId: ownerId, n }),
    {
      kind: 'record',
      id: `record/opportunity/${opportunityId}/open`,
      record: {
        recordId: opportunityId,
        type: 'opportunity',
        at: iso(now),
        assignee: ownerId,
        title: `Opportunity ${opportunityId} of lead ${lead.leadId}`,
        clockId: null,
        rung: null,
        personId: null,
        state: 'open',
      },
    },
  ];
}
