/**
 * The draw: smooth weighted round robin (policy book §2, fairness).
 *
 * As in nginx, each draw gives everybody present their share and the one with the most pays. Here the shares of one
 * draw add up to one turn and one turn is what is paid, however many are present. Two people with equal weights who
 * are present together so differ by whole turns only, which keeps their counts within 1 of each other also while
 * others come and go. Arithmetic is in whole units of a turn, hence exact.
 */
import type { PoolState } from '../model/person.ts';

/** Units of one turn: divisible by every number up to 24, so that usual shares are whole numbers. */
export const TURN = 5_354_228_880;

export type Entries = PoolState['entries'];
type Entry = Entries[string];

/** Somebody who takes part in a draw, with a weight above 0. */
export interface Contender {
  personId: string;
  weight: number;
}

export interface Draw {
  personId: string;
  /** `turn`: their regular turn. `credit`: an extra turn that they were owed. */
  by: 'turn' | 'credit';
  entries: Entries;
}

/** Newcomers start level with the others: they are neither behind, which would flood them, nor ahead. */
export function newcomer(others: Entry[]): Entry {
  const sum = others.reduce((total, entry) => total + entry.current, 0);
  return { current: others.length === 0 ? 0 : Math.floor(sum / others.length), drawn: 0, credit: 0 };
}

function weightOf(contenders: readonly Contender[]): number {
  return contenders.reduce((total, contender) => total + contender.weight, 0);
}

/** The first of the best: `better` tells whether the first argument goes before the second. */
function best<T>(items: readonly T[], better: (a: T, b: T) => boolean): T | undefined {
  return items.reduce<T | undefined>(
    (top, item) => (top === undefined || better(item, top) ? item : top),
    undefined,
  );
}

/**
 * Draws one of `present`. Those `away` who have drawn before are owed their share of the turn, up to `catchUpTurns`
 * turns in all. Whoever is owed a whole turn gets it before the regular ones.
 *
 * @returns who, and the entries after the draw (the given ones are left as they are); null if nobody is present
 */
export function draw(
  entries: Entries,
  present: readonly Contender[],
  away: readonly Contender[],
  catchUpTurns: number,
): Draw | null {
  const known = present.flatMap(({ personId }) => entries[personId] ?? []);
  const standing = present
    .map((contender) => ({ ...contender, entry: { ...(entries[contender.personId] ?? newcomer(known)) } }))
    .sort((a, b) => (a.personId < b.personId ? -1 : 1));
  const after = (): Entries => ({
    ...entries,
    ...Object.fromEntries(standing.map(({ personId, entry }) => [personId, entry])),
  });

  // Among equal credits the one with the fewest turns for their weight goes first.
  const owed = best(
    standing.filter(({ entry }) => entry.credit >= TURN),
    (a, b) =>
      a.entry.credit > b.entry.credit ||
      (a.entry.credit === b.entry.credit && a.entry.drawn / a.weight < b.entry.drawn / b.weight),
  );
  if (owed) {
    owed.entry.credit -= TURN;
    owed.entry.drawn += 1;
    return { personId: owed.personId, by: 'credit', entries: after() };
  }

  const total = weightOf(standing);
  for (const { entry, weight } of standing) entry.current += Math.floor((TURN * weight) / total);
  const next = best(standing, (a, b) => a.entry.current > b.entry.current);
  if (!next) return null;
  next.entry.current -= TURN;
  next.entry.drawn += 1;
  return { personId: next.personId, by: 'turn', entries: owing(after(), away, total, catchUpTurns) };
}

/** Adds to the credit of those away the share that they would have had of this turn. */
function owing(entries: Entries, away: readonly Contender[], present: number, catchUpTurns: number): Entries {
  const all = present + weightOf(away);
  const result = { ...entries };
  for (const { personId, weight } of away) {
    const entry = entries[personId];
    if (!entry) continue;
    const credit = Math.min(entry.credit + Math.floor((TURN * weight) / all), catchUpTurns * TURN);
    result[personId] = { ...entry, credit };
  }
  return result;
}
