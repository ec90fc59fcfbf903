/** The act that made somebody an MQL: from it the time for scoring counts (policy book §7). */
import type { CompiledPolicy } from '../../policy/compiled.ts';
import type { EpochMs } from '../../time.ts';
import { iso, storedMs } from '../../time.ts';
import type { Iso } from '../../time.ts';
import { fitOf } from './fit.ts';
import { band, scoreIntent } from './intent.ts';
import type { InquiryFacts } from './types.ts';

/**
 * The first instant at which what is known today of the contact's acts was enough, in whatever order they were told.
 * Where no instant was, the latest act counts.
 * @returns null if there is no act at all
 */
export function qualifyingAct(policy: CompiledPolicy, facts: InquiryFacts, now: EpochMs): Iso | null {
  const fit = fitOf(policy, facts).points.reduce((sum, { points }) => sum + points, 0);
  const instants = actsOf(policy, facts, now);
  const enough = instants.find((at) => {
    const intent = scoreIntent(policy, facts.signals, at);
    return intent.proven && band(policy, fit + intent.total) === 'mql';
  });
  const at = enough ?? instants.at(-1);
  return at === undefined ? null : iso(at);
}

function actsOf(policy: CompiledPolicy, { signals }: InquiryFacts, now: EpochMs): EpochMs[] {
  const { acts, contributions } = scoreIntent(policy, signals, now);
  const told = [
    ...acts.tier1.map((act) => act.at),
    ...acts.tier2.map((act) => act.at),
    ...contributions.flatMap(({ points, at }) => (points > 0 && at !== undefined ? [at] : [])),
  ];
  return [...new Set(told)].map(storedMs).sort((a, b) => a - b);
}
