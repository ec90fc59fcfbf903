/** dynalite in a thread of its own: it does about half of all the work. */
import { startThread } from '../thread.ts';
import type { Thread } from '../thread.ts';

/**
 * @param path folder of the store; undefined for memory
 * @param onCrash called if the database ends by itself
 */
export function startDatabase(path: string | undefined, onCrash: (error: unknown) => void): Promise<Thread> {
  return startThread(new URL('./thread.ts', import.meta.url), path === undefined ? {} : { path }, onCrash);
}
