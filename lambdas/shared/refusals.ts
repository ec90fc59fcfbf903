/** Why a lead or an inquiry is not taken in. */
import type { Known } from '../../core/lifecycle/gate-state.ts';
import type { Evaluation } from '../../core/qualification/gate/index.ts';
import type { Suppressed } from '../../core/qualification/gate/types.ts';
import { Problem } from './errors.ts';

/** The policy's list of competitors is a suppression for ever. */
const COMPETITOR = 'not_competitor';

/**
 * Why somebody is not taken in who may not come back yet, or is a competitor (policy book §13): 409 `suppressed` with the
 * instant of return (null: for ever, or until something without a date) and the reason. Null for whoever is welcome.
 */
export function refusalOf(
  { suppressed }: Pick<Known, 'suppressed'>,
  { criteria }: Pick<Evaluation, 'criteria'>,
): Problem | null {
  if (suppressed !== null) return suppressedProblem(suppressed);
  const competitor = criteria.find(({ criterion, met }) => criterion === COMPETITOR && !met);
  if (competitor === undefined) return null;
  const because = 'The domain is one of a competitor, who is never approached.';
  return suppressedProblem({ kind: 'domain', scenario: 'competitor', until: null, because });
}

function suppressedProblem({ kind, scenario, suppressionId, until, because }: Suppressed): Problem {
  const title = until === null ? 'The lead is suppressed' : `The lead is suppressed until ${until}`;
  return new Problem(409, 'suppressed', title, because, {
    until,
    reason: because,
    scenario,
    suppressed: kind,
    ...(suppressionId !== undefined && { suppressionId }),
  });
}
