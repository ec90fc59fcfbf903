/** What the AE says of an opportunity (policy book §12), and what follows from it for its clocks. */
import type { Effect } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { Opportunity } from '../model/life.ts';
import { stageOf } from '../model/pipeline.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import type { Outcome } from '../lifecycle/commands/command.ts';
import { withLife } from '../lifecycle/commands/command.ts';
import { refusedFor } from '../lifecycle/commands/table.ts';
import { happen } from '../lifecycle/happen.ts';
import type { RecordedBy } from '../lifecycle/typed-in.ts';
import { countsFrom } from '../lifecycle/typed-in.ts';
import { iso, storedMs } from '../time.ts';
import { isActivity, workedOn } from './activity.ts';
import type { Fact, OpportunityChanges } from './changes.ts';
import { changed } from './changes.ts';
import { closeOpportunity, isSameClosing } from './close.ts';
import { endOf } from './dates.ts';
import { flagsOf } from './flags.ts';
import { refusal } from './refusals.ts';
import { withTriggers } from './triggers.ts';

/** The fact from which the next check-in of a stage that has them is due. */
const CHECK_IN_DUE = 'check_in_due';
const PROPOSAL_SENT = 'proposal_sent';

/**
 * Takes in what the changes say anew; what is known already changes nothing. All of them are taken or, with the reason,
 * none.
 */
export function updateOpportunity(world: World, lead: Lead, changes: OpportunityChanges): Outcome {
  const { opportunity } = lead.life;
  if (opportunity === null || lead.erasedAt !== null) {
    const detail = 'The lead has no opportunity: an AE opens one by accepting the SQL.';
    return refusedFor(lead, { refused: 'no-opportunity', detail, missing: [] });
  }
  const { after, facts, fields } = withEntryOfStage(world, changed(world, opportunity, changes));
  if (opportunity.closed !== null) return ofClosed(lead, opportunity, changes, fields);
  const refused = refusal(world, opportunity, after, changes);
  if (refused !== null) return refusedFor(lead, refused);
  const updated =
    fields.length === 0 ? { lead, effects: [] } : update(world, lead, after, facts, fields, changes);
  return changes.closed === undefined
    ? updated
    : and(updated, closeOpportunity(world, updated.lead, changes.closed, changes.by));
}

function ofClosed(
  lead: Lead,
  opportunity: Opportunity,
  { closed }: OpportunityChanges,
  fields: readonly string[],
): Outcome {
  if (fields.length === 0 && (closed === undefined || isSameClosing(opportunity, closed))) {
    return { lead, effects: [] };
  }
  const detail = `The opportunity was ${opportunity.closed?.outcome ?? 'closed'} at ${opportunity.closed?.at ?? ''}; nothing changes any more.`;
  return refusedFor(lead, { refused: 'opportunity-closed', detail, missing: [] });
}

function update(
  world: World,
  before: Lead,
  after: Opportunity,
  facts: readonly Fact[],
  fields: readonly string[],
  { by, recordedBy = 'manual' }: OpportunityChanges,
): Decision {
  const { deal, setOff } = withTriggers(world, { ...after, flags: flagsOf(world.policy, after) });
  const lead = withLife(before, { opportunity: deal });
  const key = `${deal.opportunityId}/${before.version}`;
  const about = { opportunityId: deal.opportunityId };
  const told: Effect[] = [
    entry(world.now, 'opportunity_updated', saidOf(deal, fields), { key }, `person:${by}`),
    event(
      lead,
      'OpportunityUpdated',
      world.now,
      { key },
      {
        ...about,
        ...{ by, fields, stage: stageOf(deal), flags: deal.flags },
      },
    ),
    ...setOff.flatMap(({ row, because }) => [
      entry(world.now, `trigger_${row.id}`, because, { key }),
      event(
        lead,
        'OpportunityTriggered',
        world.now,
        { key: `${key}/${row.id}` },
        { ...about, trigger: row.id },
      ),
    ]),
  ];
  const triggers = setOff.map(({ fact }) => ({ fact, at: iso(world.now) }));
  const happened = makeHappen(world, lead, [...facts, ...triggers], recordedBy);
  return { lead: happened.lead, effects: [...told, ...happened.effects] };
}

function saidOf({ stages, flags }: Opportunity, fields: readonly string[]): string {
  const stage = `Updated: ${fields.join(', ')}; stage ${stageOf({ stages })}.`;
  return flags.length === 0 ? stage : `${stage} Flagged: ${flags.join(', ')}.`;
}

/** Facts in the order of their instants, then what is due from them on. */
function makeHappen(world: World, lead: Lead, facts: readonly Fact[], recordedBy: RecordedBy): Decision {
  const ordered = facts.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const happened = ordered.reduce<Decision>(
    (sum, { fact, at }) => {
      const done = knownOf(sum.lead).filter((known) => known !== fact);
      const countsAt = countsFrom(world, sum.lead, fact, storedMs(at), recordedBy);
      const told = and(sum, happen(world, sum.lead, [fact], countsAt, { done }));
      return isActivity(world.policy, [fact]) ? and(told, workedOn(world, told.lead, countsAt)) : told;
    },
    { lead, effects: [] },
  );
  const names = facts.map(({ fact }) => fact);
  return [nextStepDue, checkInDue].reduce(
    (sum, follows) => and(sum, follows(world, sum.lead, names)),
    happened,
  );
}

/** What a stage asks for next may have been done before it was entered. */
function knownOf({ life: { opportunity } }: Lead): string[] {
  return [
    ...(opportunity?.economicBuyerMeeting == null ? [] : ['economic_buyer_meeting_booked']),
    ...(opportunity?.mutualPlan == null ? [] : ['mutual_plan_agreed']),
  ];
}

/** Until the date of its next step has passed an opportunity has one. */
function nextStepDue(world: World, lead: Lead, facts: readonly string[]): Decision {
  if (!facts.includes('next_step_logged')) return { lead, effects: [] };
  const due = lead.life.opportunity?.nextStep?.due;
  const appointed = due === undefined ? iso(world.now) : endOf(due, world.policy.home.timeZone);
  return happen(world, lead, ['next_step_due'], world.now, { appointed });
}

function checkInDue(world: World, lead: Lead, facts: readonly string[]): Decision {
  const stage = lead.life.opportunity === null ? 0 : stageOf(lead.life.opportunity);
  const isOccasion = facts.includes('check_in_logged') || facts.includes(`stage_${stage}_entered`);
  if (!isOccasion || nextActionOf(world, stage) !== CHECK_IN_DUE) return { lead, effects: [] };
  return happen(world, lead, [CHECK_IN_DUE]);
}

/** A stage that is entered with the sending of a proposal is entered with one, whether or not it was told apart. */
function withEntryOfStage(
  world: World,
  { after, facts, fields }: ReturnType<typeof changed>,
): ReturnType<typeof changed> {
  const entered = facts.find(({ fact }) => fact === `stage_${stageOf(after)}_entered`);
  const by = after.stages.at(-1)?.by;
  const isSent = after.proposal !== null || nextActionOf(world, stageOf(after)) !== PROPOSAL_SENT;
  if (entered === undefined || by === undefined || isSent) return { after, facts, fields };
  const sent = { fact: PROPOSAL_SENT, at: entered.at };
  return { after: { ...after, proposal: { at: entered.at, by } }, facts: [...facts, sent], fields };
}

/** The fact that starts the next action of a stage. */
function nextActionOf({ policy }: World, stage: number): string | undefined {
  const action = policy.stages.find((row) => row.stage === stage)?.nextAction;
  return policy.commitments.find(({ id }) => id === action)?.start;
}
