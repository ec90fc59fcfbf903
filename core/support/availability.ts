/** Availability of a month against its budget (policy book §16): downtime outside exclusions, and when it used the budget up. */
import { merge } from '../calendar/days.ts';
import type { Window } from '../calendar/days.ts';
import type { Policy } from '../policy/schema.ts';
import type { Period } from '../reporting/period.ts';
import type { EpochMs, Iso } from '../time.ts';
import { storedMs } from '../time.ts';

/** A stretch in which a service was down; `to` is null while it is. */
export interface Outage {
  service: string;
  from: Iso;
  to: Iso | null;
}

/** A stretch that does not count, of one service or of all. */
export interface ExcludedSpan {
  /** A row of the policy's exclusions. */
  exclusion: string;
  service: string | null;
  from: Iso;
  to: Iso | null;
}

export interface Availability {
  service: string;
  promisedPercent: number;
  /** Of the whole month, 0 to 100; while the month runs, of what has passed of it. */
  percent: number;
  downtimeMs: number;
  /** Downtime that exclusions have taken out. */
  excludedMs: number;
  /** What the month may be down, as its share of the year's budget. */
  budgetMs: number;
  kept: boolean;
  /** When the budget was used up; null if it was not. */
  usedUpAt: EpochMs | null;
}

const MINUTE_MS = 60_000;
/** The year of the book: 99.9 % are 8.76 h of 365 days. */
const YEAR_MS = 365 * 24 * 60 * MINUTE_MS;

/**
 * A service in a month. Outages that overlap are down once.
 * @throws RangeError if the policy has no budget for the percentage
 */
export function availabilityOf(
  policy: Pick<Policy, 'availability' | 'exclusions'>,
  promised: { service: string; percent: number },
  facts: { outages: readonly Outage[]; excluded: readonly ExcludedSpan[] },
  month: Period,
  now: EpochMs,
): Availability {
  const budgetMs = monthBudgetMs(policy, promised.percent, month);
  const until = Math.min(Math.max(now, month.from), month.to);
  const within = ({ from, to }: { from: Iso; to: Iso | null }): Window => ({
    from: Math.max(storedMs(from), month.from),
    to: Math.min(to === null ? until : storedMs(to), until),
  });
  const down = merge(facts.outages.filter(({ service }) => service === promised.service).map(within));
  const free = merge(facts.excluded.filter((span) => counts(policy, span, promised.service)).map(within));
  const counted = without(down, free);
  const [downtimeMs, passed] = [lengthOf(counted), until - month.from];
  return {
    service: promised.service,
    promisedPercent: promised.percent,
    percent: passed === 0 ? 100 : (1 - downtimeMs / passed) * 100,
    downtimeMs,
    excludedMs: lengthOf(down) - downtimeMs,
    budgetMs,
    kept: downtimeMs <= budgetMs,
    usedUpAt: usedUp(counted, budgetMs),
  };
}

/**
 * What a month may be down: its length's share of the year's budget.
 * @throws RangeError if the policy has no budget for the percentage
 */
export function monthBudgetMs(
  { availability }: Pick<Policy, 'availability'>,
  percent: number,
  month: Period,
): number {
  const row = availability.find((one) => one.percent === percent);
  if (row === undefined) {
    const known = availability.map((one) => one.percent).join(', ');
    throw new RangeError(`${percent} percent has no budget; the policy has ${known}`);
  }
  return (row.downtimeMinutesAYear * MINUTE_MS * (month.to - month.from)) / YEAR_MS;
}

function counts(
  { exclusions }: Pick<Policy, 'exclusions'>,
  { exclusion, service }: ExcludedSpan,
  of: string,
): boolean {
  const pauses = exclusions.some((row) => row.id === exclusion && row.pauses);
  return pauses && (service === null || service === of);
}

/** What is left of windows when others are taken out; both merged. */
function without(windows: readonly Window[], taken: readonly Window[]): Window[] {
  return windows.flatMap((window) => {
    let from = window.from;
    const left: Window[] = [];
    for (const gap of taken) {
      if (gap.to <= from || gap.from >= window.to) continue;
      if (gap.from > from) left.push({ from, to: gap.from });
      from = gap.to;
    }
    return from < window.to ? [...left, { from, to: window.to }] : left;
  });
}

function lengthOf(windows: readonly Window[]): number {
  return windows.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The instant after which there is nothing left; a budget that is used up exactly is kept. */
function usedUp(windows: readonly Window[], budgetMs: number): EpochMs | null {
  let left = budgetMs;
  for (const { from, to } of windows) {
    if (to - from > left) return Math.ceil(from + left);
    left -= to - from;
  }
  return null;
}
