/**
 * Where the clock stood. A clock that is the system's own goes on in real time after a restart, so that its waits
 * keep their instants; one that ran faster, was advanced or was started elsewhere goes on from where it stood.
 */
import { z } from 'zod';
import type { EpochMs } from '../../core/time.ts';
import { iso, storedMs } from '../../core/time.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { readWhole, writeWhole } from './files.ts';

const schema = z.object({ now: z.iso.datetime(), speed: z.number().positive(), moved: z.boolean() });

/**
 * The clock of a runner that starts.
 * @param wanted instant and speed of the command line; undefined for what was kept
 * @param lastEntry latest instant of the journals: the clock never starts before it
 * @throws RangeError if the wanted instant lies before the kept one
 */
export function openClock(
  file: string,
  wanted: { at?: EpochMs; speed?: number },
  lastEntry: EpochMs,
): VirtualClock {
  const kept = readWhole(file, schema);
  const stoodAt = Math.max(kept?.moved === true ? storedMs(kept.now) : 0, lastEntry);
  if (wanted.at !== undefined && wanted.at < stoodAt) {
    throw new RangeError(
      `The kept data has reached ${iso(stoodAt)}; time does not go back to ${iso(wanted.at)}.`,
    );
  }
  const speed = wanted.speed ?? kept?.speed ?? 1;
  const clock = new VirtualClock(wanted.at ?? (kept?.moved === true ? stoodAt : undefined), speed);
  if (clock.now() < lastEntry) clock.moveTo(lastEntry);
  return clock;
}

export function keepClock(file: string, clock: VirtualClock): void {
  writeWhole(file, { now: iso(clock.now()), speed: clock.speed, moved: clock.moved });
}
