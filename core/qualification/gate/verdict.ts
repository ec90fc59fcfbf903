/** What follows from an evaluation, where the gate decides over some groups of criteria only (policy book §6, §7). */
import type { Verdict } from '../../model/gate.ts';
import type { CompiledPolicy } from '../../policy/compiled.ts';
import { CRITERIA_GROUPS } from '../../policy/schema/handling.ts';
import type { CriteriaGroup } from '../../policy/schema/handling.ts';
import type { Evaluation } from './index.ts';
import { isWorthAReview } from './intent.ts';
import type { Criterion } from './types.ts';

/** The groups over which the gate decides: all of an inquiry, those that the policy enforces of a CRM's own MQL. */
export function enforcedGroups(
  policy: Pick<CompiledPolicy, 'intake'>,
  decides: 'gate' | 'crm',
): readonly CriteriaGroup[] {
  return decides === 'gate' ? CRITERIA_GROUPS : policy.intake.gate.enforced;
}

/**
 * The verdict by the enforced groups alone. What is enforced in full is what `evaluate` says.
 * @param accepted whether somebody has accepted the inquiry although its score is below the threshold
 */
export function verdictBy(
  policy: Pick<CompiledPolicy, 'scoring'>,
  evaluation: Pick<Evaluation, 'criteria' | 'score'>,
  enforced: readonly CriteriaGroup[],
  accepted = false,
): Verdict {
  const failing = new Set(evaluation.criteria.filter(({ met }) => !met).map(groupOf));
  const fails = (group: CriteriaGroup): boolean => enforced.includes(group) && failing.has(group);
  if (fails('disqualifiers') || fails('territory')) return 'refused';
  if (fails('fit')) return 'nurture';
  if (fails('intent') && !accepted) {
    return isWorthAReview(policy, evaluation.score.total) ? 'review' : 'nurture';
  }
  return fails('completeness') || fails('email') || fails('phone') ? 'held' : 'mql';
}

/** Whether a criterion speaks against somebody whatever the score says. */
export function isInTheWay(criterion: Pick<Criterion, 'criterion' | 'valueClass'>): boolean {
  const group = groupOf(criterion);
  return group === 'disqualifiers' || group === 'territory';
}

/** What a criterion is about. A telephone number that is not there is a gap, one that cannot be right a bad number. */
export function groupOf({
  criterion,
  valueClass,
}: Pick<Criterion, 'criterion' | 'valueClass'>): CriteriaGroup {
  switch (criterion) {
    case 'icp_fit':
    case 'persona':
      return 'fit';
    case 'intent':
    case 'score':
      return 'intent';
    case 'territory_staffed':
      return 'territory';
    case 'completeness.phone':
      return valueClass === 'missing' || valueClass === 'placeholder' ? 'completeness' : 'phone';
    default:
      if (criterion.startsWith('completeness.')) return 'completeness';
      return criterion.startsWith('email.') ? 'email' : 'disqualifiers';
  }
}
