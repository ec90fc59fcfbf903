/** How an opportunity stands, in plain sentences (policy book §12). */
import type { Opportunity } from '../model/life.ts';
import { stageOf } from '../model/pipeline.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs } from '../time.ts';
import { storedMs } from '../time.ts';
import { datePlus, endOf } from './dates.ts';

type Book = Pick<CompiledPolicy, 'stages' | 'home'>;

/** Its stage and what that asks of the close date, its next step, and what does not hold. */
export function explainDeal(policy: Book, deal: Opportunity, now: EpochMs): string[] {
  const { closed } = deal;
  if (closed !== null) return [`It was ${closed.outcome} at ${closed.at}; nothing is owed any more.`];
  const row = policy.stages.find(({ stage }) => stage === stageOf(deal));
  const since = deal.stages.at(-1)?.at ?? deal.openedAt;
  const stage =
    row === undefined
      ? `Stage ${stageOf(deal)} since ${since}.`
      : `Stage ${row.stage}, ${row.title}, since ${since}: ${row.definition}.`;
  return [stage, ...ofCloseDate(policy, row, now), ofNextStep(policy, deal, now), ...deal.flags.map(ofFlag)];
}

function ofCloseDate({ home }: Book, row: Book['stages'][number] | undefined, now: EpochMs): string[] {
  const { closeDateWithin: within, closeDateRule: rule } = row ?? {};
  return [
    ...(within === undefined
      ? []
      : [`A close date said today is ${datePlus(now, within, home.timeZone)} at the latest (${within}).`]),
    ...(rule === undefined ? [] : [`${rule}.`]),
  ];
}

function ofNextStep({ home }: Book, { nextStep }: Opportunity, now: EpochMs): string {
  if (nextStep === null) return 'It has no next step: none has been named yet.';
  const isOver = storedMs(endOf(nextStep.due, home.timeZone)) <= now;
  return isOver
    ? `It has no next step: the last one was due ${nextStep.due}.`
    : `Its next step is due ${nextStep.due}.`;
}

function ofFlag(flag: string): string {
  return `Flagged: ${flag.replaceAll('_', ' ')}.`;
}
