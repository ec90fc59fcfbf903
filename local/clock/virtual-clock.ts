/**
 * The runner's clock: real time, or time that runs faster, or time that stands still while rungs are handled.
 * It never goes back.
 */
import type { EpochMs } from '../../core/time.ts';
import { systemClock } from '../../lambdas/shared/clock.ts';
import type { SystemClock } from '../../lambdas/shared/clock.ts';

/** Faster than this a day passes in less than a tenth of a second. */
export const HIGHEST_SPEED = 1_000_000;

export class VirtualClock implements SystemClock {
  #speed: number;
  /** The runner's instant that belongs to {@link #realAnchor}. */
  #anchor: EpochMs;
  #realAnchor: EpochMs;
  #frozen = false;
  /** False as long as the clock is the system's own. */
  #moved: boolean;
  readonly #real: SystemClock;

  /**
   * @param startsAt instant at which it starts; undefined for real time
   * @param speed how many of its seconds pass in a real one
   */
  constructor(startsAt: EpochMs | undefined, speed: number, real: SystemClock = systemClock) {
    this.#real = real;
    this.#realAnchor = real.now();
    this.#anchor = startsAt ?? this.#realAnchor;
    this.#speed = speed;
    this.#moved = startsAt !== undefined || speed !== 1;
  }

  now(): EpochMs {
    if (this.#frozen) return this.#anchor;
    const passed = Math.max(0, this.#real.now() - this.#realAnchor);
    return this.#anchor + Math.floor(passed * this.#speed);
  }

  get speed(): number {
    return this.#speed;
  }

  /** Whether it differs from real time, so that a restart has to go on from where it stood. */
  get moved(): boolean {
    return this.#moved;
  }

  /** Says that it will differ from real time: kept before it does, so that a crash in between is understood. */
  leaveRealTime(): void {
    this.#moved = true;
  }

  get frozen(): boolean {
    return this.#frozen;
  }

  setSpeed(speed: number): void {
    this.#reanchor(this.now());
    this.#speed = speed;
    if (speed !== 1) this.#moved = true;
  }

  /** Stands still until {@link thaw}. */
  freeze(): void {
    this.#reanchor(this.now());
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
    this.#reanchor(this.#anchor);
  }

  /** Moves forward to an instant; does nothing if it has passed. */
  moveTo(at: EpochMs): void {
    if (at <= this.now()) return;
    this.#reanchor(at);
    this.#moved = true;
  }

  /** Real milliseconds until an instant of this clock, 0 if it has passed. */
  realDelay(at: EpochMs): number {
    return Math.max(0, Math.ceil((at - this.now()) / this.#speed));
  }

  #reanchor(at: EpochMs): void {
    this.#anchor = at;
    this.#realAnchor = this.#real.now();
  }
}
