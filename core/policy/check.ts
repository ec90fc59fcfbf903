/** Findings that no schema can make, all of them at once. */
import type { EpochMs } from '../time.ts';
import { checkCalendars } from './checks/calendars.ts';
import { checkCommitments } from './checks/commitments.ts';
import { checkFit } from './checks/fit.ts';
import { checkIds } from './checks/ids.ts';
import { checkKinds } from './checks/kinds.ts';
import { checkLater } from './checks/later.ts';
import { checkPipeline } from './checks/pipeline.ts';
import { checkPools } from './checks/pools.ts';
import { checkReferences } from './checks/references.ts';
import { checkRemedies } from './checks/remedies.ts';
import { checkWaits } from './checks/waits.ts';
import type { PolicyIssue } from './issue.ts';
import type { Policy } from './schema.ts';

/**
 * Every finding of a policy whose shape is right; an empty list when it can be used without a word.
 * @param at now, if known: calendars have to open within 366 days of it, and a warning tells when holidays run out
 */
export function checkPolicy(policy: Policy, at?: EpochMs): PolicyIssue[] {
  return [
    ...checkIds(policy),
    ...checkCalendars(policy, at),
    ...checkKinds(policy),
    ...checkPools(policy),
    ...checkCommitments(policy),
    ...checkWaits(policy),
    ...checkReferences(policy),
    ...checkPipeline(policy),
    ...checkLater(policy),
    ...checkRemedies(policy),
    ...checkFit(policy),
  ];
}
