/** Met of judged, counted alike for people, customers and partners. */

export interface Tally {
  judged: number;
  met: number;
  /** `met` of `judged`, 0 to 100; null where nothing was judged. */
  percent: number | null;
}

export function tallyOf(verdicts: readonly ('met' | 'missed')[]): Tally {
  const judged = verdicts.length;
  const met = verdicts.filter((verdict) => verdict === 'met').length;
  return { judged, met, percent: judged === 0 ? null : (met / judged) * 100 };
}

/** Whether the share lies below a percentage; reckoned on counts, so that exactly 95 percent is not below 95. */
export function isBelow({ judged, met }: Tally, percent: number): boolean {
  return met * 100 < percent * judged;
}

/** Whether the share lies above a percentage; exactly that one does not. */
export function isAbove({ judged, met }: Tally, percent: number): boolean {
  return met * 100 > percent * judged;
}
