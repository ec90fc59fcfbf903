/** Which target holds: the strictest of the rows that apply, and the answer names the row (policy book §3). */
import { deadline, parseSpan } from '../calendar/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { EpochMs } from '../time.ts';

/** A row that applies, e.g. `{target: 'PT5M', targetFrom: 'source demo_request'}`. */
export interface Candidate {
  target: string;
  targetFrom: string;
}

/**
 * The candidate that is used up first when counted from an instant; of equals the one named first.
 * @throws RangeError if there is none
 */
export function strictest(
  calendar: Calendar,
  from: EpochMs,
  candidates: readonly Candidate[],
): Candidate & { dueAt: EpochMs } {
  const [first, ...others] = candidates.map((one) => ({
    ...one,
    dueAt: deadline(calendar, from, parseSpan(one.target)),
  }));
  if (!first) throw new RangeError('There is no target to choose from.');
  return others.reduce((best, one) => (one.dueAt < best.dueAt ? one : best), first);
}
