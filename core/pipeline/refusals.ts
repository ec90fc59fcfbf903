/** What an update of an opportunity is refused for (policy book §12; docs/adr/0026-remedies-are-commitments.md). */
import type { Opportunity } from '../model/life.ts';
import { stageOf } from '../model/pipeline.ts';
import type { Refused } from '../lifecycle/commands/command.ts';
import type { World } from '../ladder/tell.ts';
import { iso } from '../time.ts';
import type { OpportunityChanges } from './changes.ts';
import { instantsOf } from './changes.ts';
import { dateAt, datePlus, isDate } from './dates.ts';
import { isNoNextStep } from './next-step.ts';

/** A refusal of one field. */
export function refuse(refused: string, path: string, message: string): Refused {
  return { refused, detail: message, missing: [{ path, message }], allowed: [] };
}

/** Why the changes cannot be taken, or null. Only what an update changes is looked at. */
export function refusal(
  world: World,
  before: Opportunity,
  after: Opportunity,
  changes: OpportunityChanges,
): Refused | null {
  return (
    ofInstants(world, before, changes) ??
    ofAmount(changes) ??
    ofStage(world, before, changes) ??
    ofNextStep(world, before, changes) ??
    ofCloseDate(world, before, after, changes) ??
    ofRemedy(world, changes) ??
    ofClosing(world, changes)
  );
}

function ofInstants(world: World, before: Opportunity, changes: OpportunityChanges): Refused | null {
  const now = iso(world.now);
  const wrong = instantsOf(changes).find(({ at }) => at > now || at < before.openedAt);
  if (wrong === undefined) return null;
  const message = `${wrong.at} lies outside the time from the opening at ${before.openedAt} to now, ${now}. Send when it was done.`;
  return refuse('not-in-its-time', wrong.path, message);
}

function ofAmount({ amount }: OpportunityChanges): Refused | null {
  if (amount === undefined || (amount > 0 && Number.isFinite(amount))) return null;
  return refuse('amount', 'amount', `An amount of ${amount} says nothing; send one above 0.`);
}

function ofStage({ policy }: World, before: Opportunity, { stage }: OpportunityChanges): Refused | null {
  const from = stageOf(before);
  if (stage === undefined || stage <= from) {
    const isKnown = stage === undefined || policy.stages.some((row) => row.stage === stage);
    return isKnown ? null : refuse('stage', 'stage', `There is no stage ${stage}.`);
  }
  const known = policy.stages.map((row) => row.stage).toSorted((a, b) => a - b);
  const next = known.find((other) => other > from);
  if (stage === next) return null;
  const right =
    next === undefined ? 'It is the last one; close the opportunity.' : `The next one is ${next}.`;
  return refuse('stage', 'stage', `Stages follow one another, and the opportunity is in ${from}. ${right}`);
}

function ofNextStep(world: World, before: Opportunity, { nextStep }: OpportunityChanges): Refused | null {
  if (nextStep === undefined) return null;
  const { what, due } = nextStep;
  if (isNoNextStep(world.policy, what)) {
    const message =
      'That is not a next step. Say what happens next, who does it and with whom, e.g. "Security review with their CISO".';
    return refuse('not-a-next-step', 'nextStep.what', message);
  }
  if (due === undefined || !isDate(due)) {
    return refuse('not-a-next-step', 'nextStep.due', 'A next step has a date, e.g. 2026-12-31.');
  }
  const today = dateAt(world.now, world.policy.home.timeZone);
  const isSame = before.nextStep?.what === what.trim() && before.nextStep.due === due;
  if (isSame || due >= today) return null;
  const message = `${due} has passed: today is ${today}. Say what happens next, not what was to happen.`;
  return refuse('not-a-next-step', 'nextStep.due', message);
}

/** What the present stage promises of the close date is held against every new close date and every new stage. */
function ofCloseDate(
  world: World,
  before: Opportunity,
  after: Opportunity,
  { closeDate }: OpportunityChanges,
): Refused | null {
  if (closeDate !== undefined && !isDate(closeDate)) {
    return refuse('close-date', 'closeDate', `${closeDate} is not a date; send one like 2026-12-31.`);
  }
  const isNew = after.closeDates !== before.closeDates;
  const isMoved = after.stages !== before.stages;
  if (!isNew && !isMoved) return null;
  const { timeZone } = world.policy.home;
  const row = world.policy.stages.find(({ stage }) => stage === stageOf(after));
  const date = after.closeDates.at(-1)?.closeDate;
  const today = dateAt(world.now, timeZone);
  if (isNew && date !== undefined && date < today) {
    return refuse('close-date', 'closeDate', `${date} has passed: today is ${today}.`);
  }
  const within = row?.closeDateWithin;
  if (row === undefined || within === undefined) return null;
  const latest = datePlus(world.now, within, timeZone);
  const rule = `In stage ${row.stage}, ${row.title}, the close date lies within ${within} from today`;
  if (date === undefined) {
    const isForward = stageOf(after) > stageOf(before);
    return isForward ? refuse('close-date', 'closeDate', `${rule}, ${latest} at the latest; send it.`) : null;
  }
  if (date <= latest) return null;
  const message = `${rule}: ${latest} at the latest, and it is ${date}. Send an earlier date, or another stage.`;
  return refuse('close-date', 'closeDate', message);
}

function ofRemedy({ policy }: World, { remedied }: OpportunityChanges): Refused | null {
  if (remedied === undefined) return null;
  const known = policy.opportunityTriggers.map((row) => row.id);
  if (known.includes(remedied.trigger)) return null;
  const message = `There is no trigger ${remedied.trigger}; there are ${known.join(', ')}.`;
  return refuse('unknown-trigger', 'remedied.trigger', message);
}

function ofClosing({ policy }: World, { closed }: OpportunityChanges): Refused | null {
  if (closed?.outcome !== 'lost') return null;
  const { lossReasons: reasons, detailRequired } = policy.closing;
  if (!reasons.includes(closed.reason)) {
    const message = `An opportunity is lost for one of ${reasons.join(', ')}; ${closed.reason} is none of them.`;
    return refuse('unknown-reason', 'closed.reason', message);
  }
  if (!detailRequired || (closed.detail ?? '').trim() !== '') return null;
  return refuse('unknown-reason', 'closed.detail', 'Say what the reason was in this case.');
}
