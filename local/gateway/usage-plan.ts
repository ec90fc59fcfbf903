/** How often the key may call, as a usage plan of API Gateway: so many requests per second, and so many per day. */
import type { SystemClock } from '../../lambdas/shared/clock.ts';

export interface UsageLimits {
  /** Sustained, and at once after a quiet second; without it as often as one likes. */
  requestsPerSecond?: number;
  /** In one day of UTC on the runner's clock; without it as many as one likes. */
  requestsPerDay?: number;
}

/** Types of the gateway's own answers. */
export type Excess = 'THROTTLED' | 'QUOTA_EXCEEDED';

const DAY_MS = 86_400_000;

/** Counts requests. A refused one counts for nothing. */
export class UsagePlan {
  readonly #limits: UsageLimits;
  readonly #clock: SystemClock;
  readonly #elapsedMs: () => number;
  #tokens: number;
  #filledAt: number;
  #day = NaN;
  #today = 0;

  /**
   * @param clock of the runner: it says which day it is
   * @param elapsedMs real milliseconds since any fixed instant: requests come in real time, however the clock runs
   */
  constructor(limits: UsageLimits, clock: SystemClock, elapsedMs: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#clock = clock;
    this.#elapsedMs = elapsedMs;
    this.#tokens = this.#capacity();
    this.#filledAt = elapsedMs();
  }

  /** Takes one request in; or says which limit it would exceed. */
  take(): Excess | undefined {
    const day = Math.floor(this.#clock.now() / DAY_MS);
    if (day !== this.#day) [this.#day, this.#today] = [day, 0];
    if (this.#today >= (this.#limits.requestsPerDay ?? Infinity)) return 'QUOTA_EXCEEDED';
    this.#fill();
    if (this.#tokens < 1) return 'THROTTLED';
    this.#tokens -= 1;
    this.#today += 1;
    return undefined;
  }

  /** A bucket that fills steadily and holds what one second brings, at least one request. */
  #fill(): void {
    const now = this.#elapsedMs();
    const rate = this.#limits.requestsPerSecond ?? Infinity;
    const brought = rate === Infinity ? Infinity : ((now - this.#filledAt) / 1000) * rate;
    this.#tokens = Math.min(this.#capacity(), this.#tokens + brought);
    this.#filledAt = now;
  }

  #capacity(): number {
    return Math.max(1, this.#limits.requestsPerSecond ?? Infinity);
  }
}
