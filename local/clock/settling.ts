/**
 * The schedule of consequences: five minutes past each hour of the runner's clock. While the clock is advanced, hours in
 * which it would hardly find anything are passed over, so that weeks take a moment: it runs once after an advance has
 * begun, when a week or a month is over, and when a message that waited may be sent.
 */
import { z } from 'zod';
import { monthOf } from '../../core/reporting/period.ts';
import { weekOf } from '../../core/reporting/week.ts';
import type { Policy } from '../../core/policy/schema.ts';
import type { EpochMs } from '../../core/time.ts';
import { storedMs } from '../../core/time.ts';
import type { SystemClock } from '../../lambdas/shared/clock.ts';
import type { Recurring } from './scheduler.ts';

const HOUR_MS = 3_600_000;
/** As the deployed schedule: what was due before the hour has been judged by then. */
const PAST_THE_HOUR_MS = 5 * 60_000;

/** What the function says of what is left. */
const answer = z.object({ owed: z.int(), heldUntil: z.string().nullable() });

export interface SettlingParts {
  clock: SystemClock;
  policy: Pick<Policy, 'consequences' | 'home'>;
  settle: () => Promise<unknown>;
  onError: (error: unknown) => void;
}

export class Settling implements Recurring {
  readonly #parts: SettlingParts;
  #ranAt: EpochMs;
  /** When there is something for it to find, as far as is known; it runs at its next time after that. */
  #wanted: EpochMs;

  constructor(parts: SettlingParts) {
    this.#parts = parts;
    this.#ranAt = parts.clock.now();
    this.#wanted = this.#ranAt;
  }

  advances(): void {
    this.#wanted = Math.min(this.#wanted, this.#parts.clock.now());
  }

  dueInRealTime(): EpochMs {
    return nextTime(this.#ranAt + 1);
  }

  dueInAdvance(): Promise<EpochMs> {
    const { consequences, home } = this.#parts.policy;
    // Quarters are over with a month.
    const over = [weekOf, monthOf].map((periodOf) => periodOf(this.#ranAt, home.timeZone).to);
    // Where items are opened at once, any timer may bring one about.
    const next = consequences.opens === 'at_once' ? this.#ranAt : Math.min(this.#wanted, ...over);
    return Promise.resolve(nextTime(Math.max(next, this.#ranAt + 1)));
  }

  async run(): Promise<void> {
    const { clock, settle, onError } = this.#parts;
    this.#ranAt = clock.now();
    try {
      const { owed, heldUntil } = answer.parse(await settle());
      this.#wanted = owed > 0 ? this.#ranAt : heldUntil === null ? Infinity : storedMs(heldUntil);
    } catch (error) {
      this.#wanted = this.#ranAt;
      onError(error);
    }
  }
}

/** The first time of the schedule at or after an instant. */
function nextTime(at: EpochMs): EpochMs {
  return Math.ceil((at - PAST_THE_HOUR_MS) / HOUR_MS) * HOUR_MS + PAST_THE_HOUR_MS;
}
