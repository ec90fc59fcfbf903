/** How often an act counts: windows over signals (policy book §6). */
import type { SignalRule } from '../../policy/schema/scoring.ts';
import type { EpochMs } from '../../time.ts';

/** A signal that was told, as the rules look at it. */
export interface Told {
  id: string;
  at: EpochMs;
  type: string;
  session: string | undefined;
}

/** Signals, by instant, that are an act: of its own type or of one that is it too. */
export type Acts = ReadonlyMap<string, readonly Told[]>;

/** Something that could count as an act. */
export interface Occurrence {
  /** The instant from which it takes up its window, in epoch milliseconds. */
  start: EpochMs;
  /** The instant at which it was complete. */
  done: EpochMs;
  /** What it may count once in, where no time says when it may count again: a session, or itself. */
  once: string;
  /** The type of the signal; undefined for what a rule has seen. */
  type?: string | undefined;
}

/**
 * The occurrences that count. With a time, the earliest and then each that starts this long after the one before.
 * As all windows have one length, this is the largest number of windows that do not overlap; so another signal never
 * lowers it. Without a time, one of each `once`.
 * @param again milliseconds
 */
export function counted(occurrences: readonly Occurrence[], again: number | undefined): Occurrence[] {
  const sorted = occurrences.toSorted((a, b) => a.start - b.start || a.done - b.done);
  if (again === undefined) {
    const first = new Map<string, Occurrence>();
    for (const one of sorted) if (!first.has(one.once)) first.set(one.once, one);
    return [...first.values()];
  }
  let free = -Infinity;
  return sorted.filter(({ start }) => {
    if (start < free) return false;
    free = start + again;
    return true;
  });
}

/**
 * What a rule has seen: an occurrence for each signal from which on all that it asks for follows in time, or in the
 * same session. They overlap; {@link counted} says which count.
 * @param within milliseconds; undefined for a session
 */
export function seen(rule: Pick<SignalRule, 'all'>, within: number | undefined, acts: Acts): Occurrence[] {
  if (rule.all.some(({ act, atLeast }) => (acts.get(act)?.length ?? 0) < atLeast)) return [];
  const relevant = relevantTo(rule, acts);
  if (within !== undefined) return windows(rule, relevant).filter(({ start, done }) => done < start + within);
  const sessions = Map.groupBy(relevant, ({ told }) => told.session);
  return [...sessions].flatMap(([session, parts]) => {
    if (session === undefined) return [];
    const done = windows(rule, parts)[0]?.done;
    if (done === undefined) return [];
    return parts.map(({ told: { at } }) => ({ start: at, done: Math.max(at, done), once: session }));
  });
}

/** A signal with the parts of the rule that it is counted in; null in a part's place where it is not. */
interface Part {
  told: Told;
  counts: (string | null)[];
}

function relevantTo({ all }: Pick<SignalRule, 'all'>, acts: Acts): Part[] {
  const parts = new Map<string, Part>();
  all.forEach(({ act, oncePer }, i) => {
    for (const told of acts.get(act) ?? []) {
      const key = oncePer === undefined ? told.id : visitOf(told, act);
      if (key === null) continue;
      const part = parts.get(told.id) ?? { told, counts: all.map(() => null) };
      part.counts[i] = key;
      parts.set(told.id, part);
    }
  });
  return [...parts.values()].sort((a, b) => a.told.at - b.told.at);
}

/** The visit of a signal: its session; a page without one may belong to any visit, so that it is none of its own. */
function visitOf({ id, type, session }: Told, act: string): string | null {
  if (session !== undefined) return `session ${session}`;
  return type === act ? `signal ${id}` : null;
}

/** For each signal the instant at which, from it on, the rule is complete; none where it never is. */
function windows({ all }: Pick<SignalRule, 'all'>, parts: readonly Part[]): Occurrence[] {
  const held = all.map(() => new Map<string, number>());
  const isMet = () => all.every(({ atLeast }, i) => (held[i]?.size ?? 0) >= atLeast);
  const found: Occurrence[] = [];
  let end = 0;
  for (const first of parts) {
    for (; end < parts.length && !isMet(); end++) change(held, parts[end], 1);
    const last = parts[end - 1];
    if (last === undefined || !isMet()) break;
    found.push({ start: first.told.at, done: Math.max(first.told.at, last.told.at), once: first.told.id });
    change(held, first, -1);
  }
  return found;
}

function change(held: readonly Map<string, number>[], part: Part | undefined, by: 1 | -1): void {
  part?.counts.forEach((key, i) => {
    const keys = held[i];
    if (key === null || keys === undefined) return;
    const count = (keys.get(key) ?? 0) + by;
    if (count === 0) keys.delete(key);
    else keys.set(key, count);
  });
}
