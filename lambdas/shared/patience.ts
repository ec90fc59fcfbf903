/** Waiting: a little and differently each time after somebody else was quicker, or for one's turn. */
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

const lines = new Map<string, Promise<unknown>>();

/**
 * Lets calls with the same key go one after the other within this process. Versions decide between processes; waiting
 * in line spares those within one the conflicts that they would lose to each other anyway.
 */
export function inLine<T>(key: string, run: () => Promise<T>): Promise<T> {
  const before = lines.get(key) ?? Promise.resolve();
  const mine = before.then(run, run);
  const settled = mine.catch(() => undefined);
  lines.set(key, settled);
  void settled.then(() => {
    if (lines.get(key) === settled) lines.delete(key);
  });
  return mine;
}
