/** Undoes what a start has done, last thing first, once. */
import { setTimeout as sleep } from 'node:timers/promises';

export class Closing {
  readonly #steps: (() => void | Promise<void>)[] = [];
  #closed: Promise<void> | undefined;

  add(step: () => void | Promise<void>): void {
    this.#steps.push(step);
  }

  /** Every step is done even if one before it fails. @throws AggregateError of what has failed */
  close(): Promise<void> {
    this.#closed ??= this.#run();
    return this.#closed;
  }

  async #run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'The runner was not closed cleanly.');
  }
}

/** Waits for something, but no longer than this many real milliseconds. */
export async function within(milliseconds: number, wanted: Promise<void>): Promise<void> {
  const limit = new AbortController();
  await Promise.race([
    wanted,
    sleep(milliseconds, undefined, { signal: limit.signal, ref: false }).catch(() => undefined),
  ]);
  limit.abort();
}
