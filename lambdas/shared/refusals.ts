/** Why a lead or an inquiry is not taken in. */
import type { Known } from '../../core/lifecycle/gate-state.ts';
import type { Evaluation } from '../../core/qualification/gate/index.ts';
import type { Suppressed } from '../../core/qualification/gate/types.ts';
import { Problem } from './errors.ts';

/** The policy's list of competitors is a suppression for ever. */
const COMPETITOR = 'not_competitor';

/**
 * Refuses who may not come back yet, and competitors for ever (policy book §13).
 * @throws Problem 409 `suppressed` with the instant of return (null: for ever, or until something without a date) and the
 * reason
 */
export function refuseSuppressed(
  { suppressed }: Pick<Known, 'suppressed'>,
  { criteria }: Pick<Evaluation, 'criteria'>,
): void {
  if (suppressed !== null) throw suppressedProblem(suppressed);
  const competitor = criteria.find(({ criterion, met }) => criterion === COMPETITOR && !met);
  if (competitor === undefined) return;
  const because = 'The domain is one of a competitor, who is never approached.';
  throw suppressedProblem({ kind: 'domain', scenario: 'competitor', until: null, because });
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
