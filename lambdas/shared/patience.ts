/** Waiting a little, differently each time, after somebody else was quicker. */
import { setTimeout as sleep } from 'node:timers/promises';
import { VersionConflict } from './errors.ts';

/**
 * Tries again when the version has moved on, with a random pause that grows.
 * @param attempts how often in all
 * @throws VersionConflict after the last attempt; any other error at once
 */
export async function withPatience<T>(attempts: number, attempt: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof VersionConflict) || n >= attempts) throw error;
      await sleep(Math.random() * Math.min(400, 8 * 2 ** n));
    }
  }
}
