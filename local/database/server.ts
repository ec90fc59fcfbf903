/**
 * dynalite in a thread of its own: it does about a third of all the work. Always on LevelDB: that is faster here than
 * its store in memory.
 */
import { startThread } from '../thread.ts';
import type { Thread } from '../thread.ts';

/**
 * @param path folder of the store
 * @param onCrash called if the database ends by itself
 */
export function startDatabase(path: string, onCrash: (error: unknown) => void): Promise<Thread> {
  return startThread(new URL('./thread.ts', import.meta.url), { path }, onCrash);
}
