/** Who may not come back yet, until when and why (policy book §13). */
import { plusCivil } from '../calendar/civil.ts';
import type { Suppression } from '../model/suppression.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import type { Suppressed } from './gate/types.ts';
import type { Returning } from './returning.ts';
import { sentenceOf } from './suppression-words.ts';

export { returningOf } from './returning.ts';
export type { Returning, ReturningFacts } from './returning.ts';
export { normalSubject, suspectsOf } from './suspects.ts';

/** A row of the policy's table of recycling. */
export type RecyclingRow = CompiledPolicy['recycling'][number];
type Rules = Pick<CompiledPolicy, 'recycling' | 'suppression' | 'home'>;

/** A suppression that holds, with what is told of it. */
interface Held {
  told: Suppressed;
  /** Nothing will ever end it. */
  forEver: boolean;
  suppressionId: string;
}

/** Whether the policy's table of recycling has such a row. */
export function isScenario({ recycling }: Pick<CompiledPolicy, 'recycling'>, scenario: string): boolean {
  return recycling.some(({ id }) => id === scenario);
}

/** Whether a row keeps anybody out at all. */
export function suppresses({ suppression }: Pick<RecyclingRow, 'suppression'>): boolean {
  return suppression !== 'none' && suppression !== 'not_applicable';
}

/**
 * The end of a scenario's own window, counted in days and months of the policy's home; null for a scenario that has
 * none: it suppresses nobody, for ever, or until something happens.
 * @throws RangeError if the policy has no such scenario
 */
export function windowOf(policy: Pick<Rules, 'recycling' | 'home'>, scenario: string, from: Iso): Iso | null {
  const row = policy.recycling.find(({ id }) => id === scenario);
  if (row === undefined) throw new RangeError(`The policy has no scenario ${scenario}.`);
  return row.suppression.startsWith('P') ? later(policy, from, row.suppression) : null;
}

/**
 * Why they may not come back at `now`; null if they may. Of several suppressions that hold, the one that lets them
 * return last is told, so that one more never brings anybody back sooner, whatever the order.
 *
 * Inside the window the return is refused whatever comes, unless the policy lets a high-intent act through. After it,
 * one of the things has to be there that the scenario names; a window without any is over at its end. An act or a
 * signal counts if it is newer than the suppression, engagement is fresh if it is not older than the end of the time
 * that had to pass. A timeline, and an SDR who qualifies them again, are known to people alone, who lift the
 * suppression.
 * @param found all that is stored against them, whether it holds or not
 * @returns `until` is the instant at which they may return: the end of the window; after it, the instant from which
 *   fresh engagement is enough; null for ever, or until something happens that has no date
 */
export function suppressedBy(
  policy: Rules,
  found: readonly Suppression[],
  returning: Returning,
  now: EpochMs,
): Suppressed | null {
  const held = found.flatMap((one) => heldBy(policy, one, returning, now) ?? []);
  return held.sort(lastToReturn)[0]?.told ?? null;
}

function heldBy(policy: Rules, one: Suppression, returning: Returning, now: EpochMs): Held | null {
  const row = policy.recycling.find(({ id }) => id === one.scenario);
  if (row !== undefined && !suppresses(row)) return null;
  const forEver = row?.suppression === 'for_ever';
  const held = (until: Iso | null, back: Parameters<typeof sentenceOf>[2]): Held => ({
    told: {
      kind: one.kind,
      scenario: one.scenario,
      suppressionId: one.suppressionId,
      until,
      because: sentenceOf(one, row, back),
    },
    forEver,
    suppressionId: one.suppressionId,
  });
  if (forEver) return held(null, 'never');
  const end = one.until ?? (row === undefined ? null : windowOf(policy, row.id, one.from));
  const inside = end !== null && now < storedMs(end);
  // The policy has been changed since, and no longer says what would bring them back.
  if (row === undefined) return inside || end === null ? held(end, { end, early: false, ways: [] }) : null;
  const ways = row.returnsWhen.map((when) =>
    'after' in when ? { fresh: later(policy, one.from, when.after) } : when,
  );
  if (inside) {
    const early =
      policy.suppression.insideWindow === 'high_intent_returns' &&
      row.returnsWhen.some((when) => 'act' in when);
    if (early && isNewer(returning.highIntentAt, one.from)) return null;
    return held(end, { end, early, ways });
  }
  if (end !== null && ways.length === 0) return null;
  if (ways.some((way) => isOpen(way, one, returning, now))) return null;
  const ahead = ways.flatMap((way) => ('fresh' in way && now < storedMs(way.fresh) ? [way.fresh] : []));
  return held(ahead.sort()[0] ?? null, { end: null, early: false, ways });
}

/** What may bring somebody back, its time turned into an instant. */
export type Way = Exclude<RecyclingRow['returnsWhen'][number], { after: string }> | { fresh: Iso };

function isOpen(way: Way, { from }: Suppression, returning: Returning, now: EpochMs): boolean {
  const { highIntentAt, engagedAt, reachable } = returning;
  if ('act' in way) return isNewer(way.act === 'high_intent' ? highIntentAt : engagedAt, from);
  if ('event' in way) return way.event === 'valid_email_and_phone' && reachable;
  if ('timelineUnder' in way) return false;
  const passed = storedMs(way.fresh);
  return now >= passed && engagedAt !== null && storedMs(engagedAt) >= passed;
}

function isNewer(at: Iso | null, than: Iso): boolean {
  return at !== null && storedMs(at) > storedMs(than);
}

function later({ home }: Pick<Rules, 'home'>, from: Iso, span: string): Iso {
  return iso(plusCivil(storedMs(from), span, home.timeZone));
}

/** Without a date comes last of all, and for ever after whatever might still happen. */
function lastToReturn(a: Held, b: Held): number {
  const rank = ({ told, forEver }: Held) =>
    forEver ? Infinity : told.until === null ? Number.MAX_VALUE : storedMs(told.until);
  const [ofA, ofB] = [rank(a), rank(b)];
  if (ofA !== ofB) return ofB > ofA ? 1 : -1;
  return a.suppressionId < b.suppressionId ? -1 : a.suppressionId > b.suppressionId ? 1 : 0;
}
