/** The one place that reads the system clock. The embedded runner and the tests put another clock in its place. */
import type { EpochMs } from '../../core/time.ts';

export interface SystemClock {
  now(): EpochMs;
}

export const systemClock: SystemClock = { now: () => Date.now() };
