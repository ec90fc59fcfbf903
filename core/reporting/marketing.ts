/** What Marketing owes, in figures of a month: volume, quality, scoring, enrichment, rejections (policy book §7, §14). */
import type { GateState } from '../model/gate.ts';
import type { LeadStatus } from '../model/lead.ts';
import type { Policy } from '../policy/schema.ts';
import { storedMs } from '../time.ts';
import type { EpochMs, Iso } from '../time.ts';
import { contains } from './period.ts';
import type { Period } from './period.ts';

/** What is looked at of a lead, as `GET /leads` shows it. */
export interface MarketingLead {
  leadId: string;
  source: string;
  status: LeadStatus;
  /** Null while it is no MQL. Who comes back counts in the month in which they last became one. */
  qualifiedAt: Iso | null;
  gate: {
    failing: readonly Pick<GateState['failing'][number], 'criterion'>[];
    heldAt: Iso | null;
    completedAt: Iso | null;
  } | null;
  clocks: readonly {
    commitment: string;
    startedAt: Iso;
    verdicts: readonly { verdict: 'met' | 'missed' }[];
    status: string;
  }[];
}

/** MQLs, and of those that the gate has checked, how many meet every criterion. */
export interface Quality {
  mqls: number;
  checked: number;
  good: number;
  /** Never checked: neither good nor bad. */
  notChecked: number;
  /** `good` of `checked`, 0 to 100; null where nothing was checked. */
  percent: number | null;
  band: 'green' | 'amber' | 'red' | null;
  /** Rejected since by an SDR. */
  rejected: number;
}

/** Clocks of a commitment that started in the month. */
export interface Kept {
  commitment: string;
  met: number;
  missed: number;
  /** Neither met nor missed yet. */
  running: number;
  /** Ended without a verdict: what was owed fell away. */
  cancelled: number;
  /** Met of those with a verdict, 0 to 100; null where there is none. */
  percent: number | null;
}

export interface MarketingFigures {
  period: Period;
  /** False while the month runs: the volume is not all of it. */
  complete: boolean;
  volume: { mqls: number; target: number; percent: number };
  quality: Quality;
  /** Most MQLs first. */
  bySource: (Quality & { source: string })[];
  /** How many checked MQLs fail each criterion, most first. */
  failing: { criterion: string; mqls: number }[];
  /** Leads that were held for Marketing in the month. Elapsed time, of those whose hold is over. */
  held: { leads: number; stillHeld: number; medianMs: number | null; longestMs: number | null };
  /** Commitments that Marketing Ops owes and that are enforced: scoring latency, enrichment, routing. */
  clocks: Kept[];
}

/**
 * @param leads all leads, in any order; those of other months are passed over
 * @param now the instant at which the leads were read
 */
export function marketingFigures(
  { marketing, commitments }: Pick<Policy, 'marketing' | 'commitments'>,
  leads: readonly MarketingLead[],
  period: Period,
  now: EpochMs,
): MarketingFigures {
  const within = (at: Iso | null): at is Iso => at !== null && contains(period, storedMs(at));
  const mqls = leads.filter(({ qualifiedAt }) => within(qualifiedAt));
  const clocks = leads.flatMap((lead) => lead.clocks).filter(({ startedAt }) => within(startedAt));
  const target = marketing.volume.mqlsAMonth;
  return {
    period,
    complete: period.to <= now,
    volume: { mqls: mqls.length, target, percent: percentOf(mqls.length, target) ?? 0 },
    quality: qualityOf(marketing.quality, mqls),
    bySource: [...Map.groupBy(mqls, ({ source }) => source)]
      .map(([source, some]) => ({ source, ...qualityOf(marketing.quality, some) }))
      .sort((a, b) => b.mqls - a.mqls || (a.source < b.source ? -1 : 1)),
    failing: failingOf(mqls),
    held: heldOf(leads.filter(({ gate }) => within(gate?.heldAt ?? null))),
    clocks: commitments
      .filter(({ owes, enforced }) => owes === 'marketing_ops' && enforced)
      .map(({ id }) =>
        keptOf(
          id,
          clocks.filter(({ commitment }) => commitment === id),
        ),
      ),
  };
}

function qualityOf(bar: Policy['marketing']['quality'], mqls: readonly MarketingLead[]): Quality {
  const gates = mqls.flatMap(({ gate }) => gate ?? []);
  const good = gates.filter(({ failing }) => failing.length === 0).length;
  const checked = gates.length;
  return {
    mqls: mqls.length,
    checked,
    good,
    notChecked: mqls.length - checked,
    percent: percentOf(good, checked),
    band: bandOf(bar, good, checked),
    rejected: mqls.filter(({ status }) => status === 'rejected').length,
  };
}

/** By whole numbers, so that exactly 95 percent is green. */
function bandOf(bar: Policy['marketing']['quality'], good: number, checked: number): Quality['band'] {
  if (checked === 0) return null;
  if (good * 100 >= bar.targetPercent * checked) return 'green';
  return good * 100 < bar.redBelowPercent * checked ? 'red' : 'amber';
}

function failingOf(mqls: readonly MarketingLead[]): MarketingFigures['failing'] {
  // One lead counts once for a criterion that it fails in two ways.
  const names = mqls.flatMap(({ gate }) => [
    ...new Set((gate?.failing ?? []).map(({ criterion }) => criterion)),
  ]);
  return [...Map.groupBy(names, (name) => name)]
    .map(([criterion, { length }]) => ({ criterion, mqls: length }))
    .sort((a, b) => b.mqls - a.mqls || (a.criterion < b.criterion ? -1 : 1));
}

function heldOf(leads: readonly MarketingLead[]): MarketingFigures['held'] {
  const times = leads
    .flatMap(({ gate }) => {
      const [from, to] = [gate?.heldAt ?? null, gate?.completedAt ?? null];
      // A completion before the hold belongs to an earlier one.
      return from === null || to === null || to < from ? [] : [storedMs(to) - storedMs(from)];
    })
    .sort((a, b) => a - b);
  return {
    leads: leads.length,
    stillHeld: leads.filter(({ status }) => status === 'held').length,
    medianMs: medianOf(times),
    longestMs: times.at(-1) ?? null,
  };
}

/** The middle one of sorted numbers, or the mean of the two in the middle. */
function medianOf(sorted: readonly number[]): number | null {
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function keptOf(commitment: string, clocks: readonly MarketingLead['clocks'][number][]): Kept {
  const verdicts = clocks.map(({ verdicts: all }) => all.at(-1)?.verdict);
  const met = verdicts.filter((verdict) => verdict === 'met').length;
  const missed = verdicts.filter((verdict) => verdict === 'missed').length;
  const cancelled = clocks.filter(
    ({ status, verdicts: all }) => status === 'cancelled' && all.length === 0,
  ).length;
  return {
    commitment,
    met,
    missed,
    running: clocks.length - met - missed - cancelled,
    cancelled,
    percent: percentOf(met, met + missed),
  };
}

function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100;
}
