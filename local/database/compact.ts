/**
 * Makes LevelDB drop what was overwritten or deleted. It only ever appends: an old version stays in its files until
 * they are merged with those that hold the newer one, which for a small database is never.
 */

/** What the database's thread is asked for. */
export const COMPACT = 'compact';

/** The part of a LevelDB store that is used. */
export interface Compactable {
  put(key: string, value: unknown): Promise<void>;
  compactRange(start: string, end: string): Promise<void>;
}

/** Below and above all keys of dynalite, which begin with the name of one of its parts. */
const [FIRST, LAST] = ['!first', '~last'];

/**
 * The file that is written from memory holds every version of a key, and one that overlaps no other file goes to where
 * it would not be merged. So it is made to overlap all others, and after a first file there has to be a second one.
 */
export async function compact(store: Compactable): Promise<void> {
  for (const round of [1, 2]) {
    await store.put(FIRST, round);
    await store.put(LAST, round);
    await store.compactRange(FIRST, LAST);
  }
}
