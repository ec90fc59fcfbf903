/** The instant at which a Wait state ends. */
import { z } from 'zod';
import type { EpochMs } from '../../core/time.ts';
import { epochMs } from '../../core/time.ts';
import type { Json } from '../json.ts';
import type { WaitState } from './definition.ts';

/** A wait whose instant cannot be told from its input: `States.Runtime`, which nothing catches. */
export class BadWait extends Error {
  override readonly name = 'BadWait';
}

/**
 * When a wait ends that begins at `now`; like the service it cuts the milliseconds of a timestamp off.
 * @throws BadWait
 */
export function waitsUntil(wait: WaitState, input: Json, now: EpochMs): EpochMs {
  if (wait.Seconds !== undefined) return now + wait.Seconds * 1000;
  if (wait.Timestamp !== undefined) return instant(wait.Timestamp);
  if (wait.SecondsPath !== undefined) {
    const seconds = z.int().nonnegative().safeParse(at(input, wait.SecondsPath));
    if (!seconds.success) throw new BadWait(`${wait.SecondsPath} is not a whole number of seconds.`);
    return now + seconds.data * 1000;
  }
  const path = wait.TimestampPath ?? '';
  const text = at(input, path);
  if (typeof text !== 'string') throw new BadWait(`${path} is not a timestamp.`);
  return instant(text);
}

function instant(text: string): EpochMs {
  try {
    return Math.floor(epochMs(text) / 1000) * 1000;
  } catch {
    throw new BadWait(`"${text}" is not a timestamp.`);
  }
}

/** The value at a simple path: `$.a.b`. */
function at(input: Json, path: string): Json | undefined {
  if (!/^\$(\.[A-Za-z_][A-Za-z0-9_]*)+$/.test(path))
    throw new BadWait(`"${path}" is not a path of the form $.a.b`);
  let value: Json | undefined = input;
  for (const key of path.split('.').slice(1)) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    value = value[key];
  }
  return value;
}
