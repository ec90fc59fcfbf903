/**
 * The gate: whether somebody is an MQL, by fit and intent together, with every criterion and in two sentences (policy
 * book §6). What is not one goes to nurture with its reasons, what Marketing has left undone is held.
 */
import type { Track, Verdict } from '../../model/gate.ts';
import type { Roster } from '../../model/person.ts';
import type { CompiledPolicy } from '../../policy/compiled.ts';
import type { EpochMs } from '../../time.ts';
import { completenessOf } from './completeness.ts';
import { emailOf, type MxVerdict } from './email.ts';
import { disqualifiersOf, fitOf, territoryStaffed } from './fit.ts';
import type { Fit } from './fit.ts';
import { band, isWorthAReview, scoreIntent } from './intent.ts';
import type { Intent } from './intent.ts';
import { personaOf } from './persona.ts';
import type { Contribution, Criterion, InquiryFacts, Suppressed } from './types.ts';
import { sentencesOf } from './sentences.ts';

export type { Track, Verdict } from '../../model/gate.ts';

export interface Evaluation {
  verdict: Verdict;
  track: Track | null;
  /** Points of fit and of intent, which together are the score of the lead (001 appendix B). */
  score: { total: number; fit: number; intent: number; toThreshold: number; contributions: Contribution[] };
  /** The ICP fit, 0 to 100. */
  fit: Fit;
  intent: Intent;
  /** All criteria, those that fail as well as those that are met. */
  criteria: Criterion[];
  /** Two plain sentences for a sales rep. */
  explanation: [string, string];
}

export interface Surroundings {
  policy: CompiledPolicy;
  roster: Roster;
  /** The instant at which the score is computed; nothing of it is stored. */
  now: EpochMs;
  /** Whether the domain of the address takes mail, as far as is known. */
  mx: MxVerdict;
  /** Why the lead may not come back yet; left out or null: nothing suppresses it. */
  suppressed?: Suppressed | null | undefined;
}

/** Evaluates an inquiry. Evaluating twice is evaluating once, and the order in which signals came does not matter. */
export function evaluate(
  { policy, roster, now, mx, suppressed }: Surroundings,
  facts: InquiryFacts,
): Evaluation {
  const fit = fitOf(policy, facts);
  const intent = scoreIntent(policy, facts.signals, now);
  const fitPoints = fit.points.reduce((sum, { points }) => sum + points, 0);
  const total = fitPoints + intent.total;
  const fits = [fitCriterion(policy, fit), personaCriterion(policy, facts)];
  const keen = [intentCriterion(policy, intent), scoreCriterion(policy, total)];
  const half = [...completenessOf(policy, facts), ...emailOf(policy, facts.contact.email, mx)];
  const disqualifiers = [
    ...disqualifiersOf(policy, facts, suppressed ?? null),
    territoryStaffed(policy, roster, facts, now),
  ];
  const verdict = verdictOf({
    refused: !met(disqualifiers),
    fits: met(fits),
    keen: met(keen),
    complete: met(half),
    inReview: isWorthAReview(policy, total),
  });
  const evaluation = {
    verdict,
    track: verdict === 'nurture' ? trackOf(met(fits), met(keen)) : null,
    score: {
      total,
      fit: fitPoints,
      intent: intent.total,
      toThreshold: Math.max(0, policy.scoring.mqlAt - total),
      contributions: [...fit.points, ...intent.contributions],
    },
    fit,
    intent,
    criteria: [...fits, ...keen, ...half, ...disqualifiers],
  };
  return { ...evaluation, explanation: sentencesOf(evaluation, policy.scoring.mqlAt) };
}

interface Found {
  refused: boolean;
  fits: boolean;
  keen: boolean;
  complete: boolean;
  inReview: boolean;
}

function verdictOf({ refused, fits, keen, complete, inReview }: Found): Verdict {
  if (refused) return 'refused';
  if (fits && keen) return complete ? 'mql' : 'held';
  // From 40 to 59: offered to the SDR manager, never routed by itself.
  return fits && inReview ? 'review' : 'nurture';
}

function trackOf(fits: boolean, keen: boolean): Track {
  if (fits) return 'fits_but_quiet';
  return keen ? 'keen_but_no_fit' : 'neither';
}

function met(criteria: readonly Criterion[]): boolean {
  return criteria.every((criterion) => criterion.met);
}

function fitCriterion(policy: CompiledPolicy, { score, meets }: Fit): Criterion {
  const { minimum } = policy.mqlGate.icpFit;
  return {
    criterion: 'icp_fit',
    met: meets,
    wouldPass: `a fit of at least ${minimum} of 100`,
    note: `The fit is ${score} of 100.`,
  };
}

function personaCriterion(policy: CompiledPolicy, facts: InquiryFacts): Criterion {
  const { persona, because } = personaOf(policy, facts.contact.title);
  return {
    criterion: 'persona',
    met: persona !== 'none',
    field: 'contact.title',
    wouldPass: 'a title of an economic buyer or of an influencer',
    note: because,
  };
}

function intentCriterion(policy: CompiledPolicy, { proven, acts }: Intent): Criterion {
  const { tier1, tier2 } = policy.mqlGate.intent;
  return {
    criterion: 'intent',
    met: proven,
    wouldPass: `${actsOf(policy, tier1, 1)}, or ${actsOf(policy, tier2, 2)}`,
    note: `${acts.tier1.length} of tier 1 and ${acts.tier2.length} of tier 2 were seen.`,
  };
}

/** `3 acts of tier 2 like "Webinar attended live"`: whoever reads it need not know the tiers. */
function actsOf(
  { scoring }: CompiledPolicy,
  { acts, atLeast }: { acts: readonly string[]; atLeast: number },
  tier: number,
): string {
  const like = scoring.acts.find(({ id }) => id === acts[0])?.title;
  const example = like === undefined ? '' : ` like "${like}"`;
  return `${atLeast} ${atLeast === 1 ? 'act' : 'acts'} of tier ${tier}${example}`;
}

function scoreCriterion(policy: CompiledPolicy, total: number): Criterion {
  return {
    criterion: 'score',
    met: band(policy, total) === 'mql',
    wouldPass: `a score of at least ${policy.scoring.mqlAt}`,
    note: `The score is ${total}.`,
  };
}
