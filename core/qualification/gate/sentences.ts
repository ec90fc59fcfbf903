/** A score in two sentences that a sales rep understands (policy book §6). */
import type { Evaluation } from './index.ts';
import { isInTheWay } from './verdict.ts';
import type { Contribution, Criterion } from './types.ts';

const WHAT = {
  mql: 'An MQL',
  held: 'Held until Marketing has done its half',
  review: 'Offered for review',
  nurture: 'In nurture',
  refused: 'Not to be routed',
} as const;

/** The strongest reasons that are named; the rest are in the list of contributions. */
const MOST_NAMED = 3;

/**
 * What it is and by which score; then what is in the way or missing, or what counted most.
 * @param threshold the score of an MQL
 * @param how who has decided so, where it was not the score: ', accepted from the review band'
 */
export function sentencesOf(
  evaluation: Omit<Evaluation, 'explanation'>,
  threshold: number,
  how = '',
): [string, string] {
  const { verdict, score, fit, criteria } = evaluation;
  const first = `${WHAT[verdict]}${how}: ${score.total} points where ${threshold} are needed, ${score.fit} for fit and ${score.intent} for intent; the ICP fit is ${fit.score} of 100.`;
  const failing = criteria.filter((criterion) => !criterion.met);
  // Whatever else is missing would not help.
  if (verdict === 'refused') return [first, `What would pass: ${named(failing.filter(isInTheWay))}.`];
  // Who decides over an offer asks what speaks for it: that points are missing is in the first sentence.
  if (failing.length > 0 && verdict !== 'review') {
    return [first, `Missing: ${named(failing)}.`];
  }
  const but = verdict === 'review' && score.toThreshold === 0 ? ', and no act proves intent yet' : '';
  return [first, `What counted most: ${strongest(score.contributions)}${but}.`];
}

function named(failing: readonly Criterion[]): string {
  const first = failing.slice(0, MOST_NAMED).map(({ wouldPass }) => inSentence(wouldPass));
  const more = failing.length > MOST_NAMED ? `, and ${failing.length - MOST_NAMED} more` : '';
  return `${first.join('; ')}${more}`;
}

function inSentence(text: string): string {
  return (text.charAt(0).toLowerCase() + text.slice(1)).replace(/\.$/, '');
}

function strongest(contributions: readonly Contribution[]): string {
  return [...contributions]
    .sort((a, b) => b.points - a.points)
    .slice(0, MOST_NAMED)
    .map(({ because, points }) => `${because.replace(/\.$/, '')} (${points > 0 ? '+' : ''}${points})`)
    .join('; ');
}
