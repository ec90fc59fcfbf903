/** Intent: the score of what a contact did, and whether it proves that they mean to buy (policy book §6; 001 B). */
import type { EpochMs, Iso } from '../../time.ts';
import { iso, storedMs } from '../../time.ts';
import { prepare } from './intent-acts.ts';
import type { Act, IntentPolicy, Prepared } from './intent-acts.ts';
import { counted, seen } from './intent-windows.ts';
import type { Acts, Occurrence, Told } from './intent-windows.ts';
import type { Contribution, InquirySignal } from './types.ts';

export { signalTypes } from './intent-acts.ts';
export type { IntentPolicy } from './intent-acts.ts';

/** An act that counted, at the instant at which it was complete. */
export interface ActSeen {
  act: string;
  title: string;
  at: Iso;
}

export interface Intent {
  /** The sum of the contributions. Fit is not in it. */
  total: number;
  /** By instant; what time or an unsubscription took off comes last. */
  contributions: Contribution[];
  acts: { tier1: ActSeen[]; tier2: ActSeen[] };
  /** Whether the acts are enough in one of the two tiers; points do not matter. */
  proven: boolean;
  /** The last known signal that is not an act against (unsubscribe); null if there is none. */
  lastActivityAt: Iso | null;
  unsubscribed: boolean;
}

const UNSUBSCRIBE = 'unsubscribe';

/**
 * The intent that signals show at an instant. Nothing of it is stored: it is computed anew for each `now`.
 *
 * Each id counts once, in whatever order the signals came; signals after `now` and of types that the policy does not
 * know do not count. Inactivity takes off no more than the acts have given, so that an act long ago is never worth
 * less than none; an act against (unsubscribe) counts once and may take the score below zero.
 */
export function scoreIntent(policy: IntentPolicy, signals: readonly InquirySignal[], now: EpochMs): Intent {
  const ready = prepare(policy);
  const told = toldUntil(ready, signals, now);
  const byAct = group(ready, told);
  const found = ready.acts.flatMap((act) => occurrences(act, byAct).map((one) => ({ act, ...one })));
  found.sort((a, b) => a.done - b.done);
  const gained = found.filter(({ act }) => act.points !== 0).map((one) => gain(ready, one));
  const last = told.findLast(({ type }) => !ready.losses.has(type))?.at;
  const contributions = [
    ...gained,
    ...(last === undefined ? [] : decay(ready, policy, sum(gained), now, last)),
    ...lost(ready, byAct),
  ];
  const ofTier = (tier: 1 | 2): ActSeen[] =>
    found.flatMap(({ act, done }) =>
      act.tier === tier ? [{ act: act.id, title: act.title, at: iso(done) }] : [],
    );
  const acts = { tier1: ofTier(1), tier2: ofTier(2) };
  const { tier1, tier2 } = policy.mqlGate.intent;
  return {
    total: sum(contributions),
    contributions,
    acts,
    proven: acts.tier1.length >= tier1.atLeast || acts.tier2.length >= tier2.atLeast,
    lastActivityAt: last === undefined ? null : iso(last),
    unsubscribed: byAct.has(UNSUBSCRIBE),
  };
}

/** Where a total lies: an MQL by its score, offered to somebody for review, or below both (half-open bounds). */
export function band(policy: Pick<IntentPolicy, 'scoring'>, total: number): 'mql' | 'review' | 'below' {
  const { mqlAt, review } = policy.scoring;
  if (total >= mqlAt) return 'mql';
  return total >= review.from && total < review.below ? 'review' : 'below';
}

/**
 * Whether somebody who fits, but is no MQL, is offered for review: from the band on. Above it, where the points are there
 * and no act proves intent, the offer stands all the more: more signals never make less of somebody.
 */
export function isWorthAReview(policy: Pick<IntentPolicy, 'scoring'>, total: number): boolean {
  return band(policy, total) !== 'below';
}

/** Known signals up to now, by instant, each id once. Of two that differ under one id the earlier counts. */
function toldUntil({ typesOf }: Prepared, signals: readonly InquirySignal[], now: EpochMs): Told[] {
  const all = signals.map(({ id, type, at, session }) => ({ id, type, session, at: storedMs(at) }));
  const sorted = all.sort((a, b) => a.at - b.at || compare(a.id, b.id) || compare(key(a), key(b)));
  const ids = new Set<string>();
  return sorted.filter(({ id, at, type }) => {
    if (ids.has(id)) return false;
    ids.add(id);
    return at <= now && typesOf.has(type);
  });
}

function key({ type, session }: Told): string {
  return `${type} ${session ?? ''}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function group({ typesOf }: Prepared, told: readonly Told[]): Acts {
  const groups = new Map<string, Told[]>();
  for (const one of told) {
    for (const act of typesOf.get(one.type) ?? []) {
      const group = groups.get(act);
      if (group) group.push(one);
      else groups.set(act, [one]);
    }
  }
  return groups;
}

/** What counts of an act: told as such, or seen by its rule. */
function occurrences({ id, rule, within, again }: Act, acts: Acts): Occurrence[] {
  const asTold = (acts.get(id) ?? []).map((one) => ({
    start: one.at,
    done: one.at,
    once: rule === undefined ? one.id : (one.session ?? one.id),
    type: one.type,
  }));
  return counted(rule === undefined ? asTold : [...asTold, ...seen(rule, within, acts)], again);
}

function gain({ titles }: Prepared, { act, done, type }: Occurrence & { act: Act }): Contribution {
  const as = type === undefined || type === act.id ? '' : `: ${titles.get(type) ?? type}`;
  return { what: act.id, points: act.points, because: `${act.title}${as}`, at: iso(done) };
}

function decay(
  { inactivity }: Prepared,
  { scoring }: IntentPolicy,
  gained: number,
  now: EpochMs,
  last: EpochMs,
): Contribution[] {
  const due = inactivity.filter(({ after }) => now >= last + after);
  let left = Math.max(0, gained);
  return (scoring.inactivity === 'sum' ? due : due.slice(-1)).flatMap(({ id, title, points, after }) => {
    const off = Math.min(left, -points);
    left -= off;
    const because = `${title} (the last was on ${iso(last).slice(0, 10)})`;
    return off === 0 ? [] : [{ what: id, points: -off, because, at: iso(last + after) }];
  });
}

function lost({ losses }: Prepared, acts: Acts): Contribution[] {
  return [...losses.values()].flatMap(({ id, title, points }) => {
    const first = acts.get(id)?.[0];
    return first === undefined ? [] : [{ what: id, points, because: title, at: iso(first.at) }];
  });
}

function sum(contributions: readonly Contribution[]): number {
  return contributions.reduce((total, { points }) => total + points, 0);
}
