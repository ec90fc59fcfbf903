/** Timers ordered by instant and then by name: a binary heap, so that ten thousand waits cost next to nothing. */
import type { EpochMs } from '../../core/time.ts';

export interface Timer {
  at: EpochMs;
  key: string;
}

function before(a: Timer, b: Timer): boolean {
  return a.at === b.at ? a.key < b.key : a.at < b.at;
}

export class TimerHeap {
  readonly #items: Timer[] = [];

  get size(): number {
    return this.#items.length;
  }

  peek(): Timer | undefined {
    return this.#items[0];
  }

  push(timer: Timer): void {
    const items = this.#items;
    let hole = items.length;
    items.push(timer);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = items[parent];
      if (above === undefined || !before(timer, above)) break;
      items[hole] = above;
      hole = parent;
    }
    items[hole] = timer;
  }

  /** Takes the earliest timer out if it is due at `now`. */
  popDue(now: EpochMs): Timer | undefined {
    const first = this.#items[0];
    if (first === undefined || first.at > now) return undefined;
    const last = this.#items.pop();
    if (last !== undefined && last !== first) this.#sink(last);
    return first;
  }

  #sink(timer: Timer): void {
    const items = this.#items;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      let below = items[child];
      const right = items[child + 1];
      if (below !== undefined && right !== undefined && before(right, below)) {
        child += 1;
        below = right;
      }
      if (below === undefined || !before(below, timer)) break;
      items[hole] = below;
      hole = child;
    }
    items[hole] = timer;
  }
}
