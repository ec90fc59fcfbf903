/**
 * The reconciler's schedule: every minute of the runner's clock. While the clock is advanced, minutes in which it
 * would find nothing are passed over, so that weeks take a moment.
 */
import type { EpochMs } from '../../core/time.ts';
import { storedMs } from '../../core/time.ts';
import type { SystemClock } from '../../lambdas/shared/clock.ts';
import type { Recurring } from './scheduler.ts';

const MINUTE_MS = 60_000;
/** How far the pause may grow while the reconciler gets nowhere. */
const LONGEST_PAUSE_MINUTES = 64;

export interface ReconciliationParts {
  clock: SystemClock;
  /** When the reconciler will find something, ISO 8601; null for never. */
  nextAttention: () => Promise<string | null>;
  reconcile: () => Promise<unknown>;
  onError: (error: unknown) => void;
}

export class Reconciliation implements Recurring {
  readonly #parts: ReconciliationParts;
  #ranAt: EpochMs;
  /** What was waiting when it ran last: if the same still waits it got nowhere. */
  #sought: EpochMs | null = null;
  #pauseMinutes = 1;

  constructor(parts: ReconciliationParts) {
    this.#parts = parts;
    this.#ranAt = Math.floor(parts.clock.now() / MINUTE_MS) * MINUTE_MS;
  }

  dueInRealTime(): EpochMs {
    return wholeMinute(this.#ranAt + 1);
  }

  async dueInAdvance(): Promise<EpochMs | null> {
    const next = await this.#attention();
    if (next === null) return null;
    const stuck = this.#sought !== null && next <= this.#sought;
    const earliest = this.#ranAt + (stuck ? this.#pauseMinutes : 1) * MINUTE_MS;
    return wholeMinute(Math.max(next, earliest, this.#parts.clock.now()));
  }

  async run(): Promise<void> {
    const { clock, reconcile, onError } = this.#parts;
    const before = await this.#attention();
    this.#ranAt = Math.floor(clock.now() / MINUTE_MS) * MINUTE_MS;
    try {
      await reconcile();
    } catch (error) {
      onError(error);
    }
    const after = await this.#attention();
    const stuck = before !== null && after !== null && after <= before;
    this.#pauseMinutes = stuck ? Math.min(2 * this.#pauseMinutes, LONGEST_PAUSE_MINUTES) : 1;
    this.#sought = stuck ? after : null;
  }

  async #attention(): Promise<EpochMs | null> {
    try {
      const next = await this.#parts.nextAttention();
      return next === null ? null : storedMs(next);
    } catch (error) {
      this.#parts.onError(error);
      return null;
    }
  }
}

/** The first whole minute at or after an instant. */
function wholeMinute(at: EpochMs): EpochMs {
  return Math.ceil(at / MINUTE_MS) * MINUTE_MS;
}
