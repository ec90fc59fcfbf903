/**
 * Fires timers at their instants, on the runner's clock. In real time a single `setTimeout` waits for the earliest
 * one. While the clock is advanced it stands still at each instant until everything that was due has settled.
 */
import type { EpochMs } from '../../core/time.ts';
import { InFlight } from './in-flight.ts';
import { TimerHeap } from './timer-heap.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** `setTimeout` fires at once beyond 2^31 ms (24.8 days): sleep in pieces of a day. */
const LONGEST_SLEEP_MS = 86_400_000;

/** Something that is done over and over: the reconciler, the settling of consequences. */
export interface Recurring {
  /** When it is due next while the clock runs by itself. */
  dueInRealTime(): EpochMs;
  /** When it is due next while the clock is advanced; null if nothing waits for it. */
  dueInAdvance(): Promise<EpochMs | null>;
  run(): Promise<void>;
  /** Told when the clock begins to be advanced: what was asked for before may have made something due. */
  advances?(): void;
}

export class Scheduler {
  readonly clock: VirtualClock;
  readonly inFlight: InFlight;
  readonly #fire: (key: string, at: EpochMs) => Promise<void>;
  readonly #heap = new TimerHeap();
  readonly #recurring: readonly Recurring[];
  #sleep: NodeJS.Timeout | undefined;
  readonly #running = new Set<Recurring>();
  #started = false;
  #advances: Promise<void> = Promise.resolve();

  /** @param fire does what a timer stands for; it must not throw */
  constructor(
    clock: VirtualClock,
    fire: (key: string, at: EpochMs) => Promise<void>,
    concurrency: number,
    ...recurring: Recurring[]
  ) {
    this.clock = clock;
    this.inFlight = new InFlight(concurrency);
    this.#fire = fire;
    this.#recurring = recurring;
  }

  /** Number of timers that wait. */
  get waiting(): number {
    return this.#heap.size;
  }

  add(key: string, at: EpochMs): void {
    this.#heap.push({ key, at });
    if (this.#heap.peek()?.key === key) this.#arm();
  }

  /** Begins to fire; timers added before only wait. */
  start(): void {
    this.#started = true;
    this.#arm();
  }

  stop(): void {
    this.#started = false;
    clearTimeout(this.#sleep);
  }

  /** Sets the speed of the clock and the alarm with it. */
  setSpeed(speed: number): void {
    this.clock.setSpeed(speed);
    this.#arm();
  }

  /**
   * Moves the clock forward and answers when everything due by then has been handled, in order of instant and name.
   * Advances that overlap are done one after the other.
   * @param target the instant, or a function of the instant at which its turn comes
   */
  advance(target: (now: EpochMs) => EpochMs): Promise<void> {
    const done = this.#advances.then(() => this.#advance(target));
    this.#advances = done.catch(() => undefined);
    return done;
  }

  async #advance(target: (now: EpochMs) => EpochMs): Promise<void> {
    clearTimeout(this.#sleep);
    this.clock.freeze();
    try {
      const until = target(this.clock.now());
      await this.inFlight.settled();
      for (const one of this.#recurring) one.advances?.();
      for (;;) {
        const wait = this.#heap.peek()?.at ?? Infinity;
        const due = await this.#dueInAdvance();
        const next = Math.min(wait, ...due.map(({ at }) => at));
        if (next > until) break;
        this.clock.moveTo(next);
        await this.#fireDue();
        for (const { one, at } of due) if (at <= this.clock.now()) await this.#recur(one);
        await this.inFlight.settled();
      }
      this.clock.moveTo(until);
    } finally {
      this.clock.thaw();
      this.#arm();
    }
  }

  async #dueInAdvance(): Promise<{ one: Recurring; at: EpochMs }[]> {
    const due: { one: Recurring; at: EpochMs }[] = [];
    for (const one of this.#recurring) {
      const at = await one.dueInAdvance();
      if (at !== null) due.push({ one, at });
    }
    return due;
  }

  /** One after the other, so that an advance does the same things in the same order each time. */
  async #fireDue(): Promise<void> {
    const now = this.clock.now();
    for (let timer = this.#heap.popDue(now); timer !== undefined; timer = this.#heap.popDue(now)) {
      await this.#fire(timer.key, timer.at);
    }
  }

  #arm(): void {
    if (!this.#started || this.clock.frozen) return;
    clearTimeout(this.#sleep);
    const recurring = this.#idle().map((one) => one.dueInRealTime());
    const next = Math.min(this.#heap.peek()?.at ?? Infinity, ...recurring);
    if (next === Infinity) return;
    const delay = Math.min(this.clock.realDelay(next), LONGEST_SLEEP_MS);
    this.#sleep = setTimeout(() => this.#wake(), delay);
  }

  #wake(): void {
    const now = this.clock.now();
    for (let timer = this.#heap.popDue(now); timer !== undefined; timer = this.#heap.popDue(now)) {
      const { key, at } = timer;
      this.inFlight.run(() => this.#fire(key, at));
    }
    for (const one of this.#idle().filter((candidate) => candidate.dueInRealTime() <= now)) {
      // Set here and not when it begins: while others are in line before it, every wake would put one more behind them.
      this.#running.add(one);
      this.inFlight.run(() => this.#recur(one));
    }
    this.#arm();
  }

  #idle(): Recurring[] {
    return this.#recurring.filter((one) => !this.#running.has(one));
  }

  async #recur(one: Recurring): Promise<void> {
    this.#running.add(one);
    try {
      await one.run();
    } finally {
      this.#running.delete(one);
      this.#arm();
    }
  }
}
