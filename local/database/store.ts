/**
 * The LevelDB store that dynalite works on. dynalite keeps it to itself and never closes an iterator: each one holds
 * the store as it was when it was opened, so that nothing that is overwritten afterwards could ever be dropped.
 */
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Compactable } from './compact.ts';

/** How long readers are waited for, in milliseconds; a query takes far less. */
const PATIENCE_MS = 5000;
const LOOK_EVERY_MS = 5;

interface LevelIterator {
  close(): Promise<void>;
  /** What a stream calls when it is done with the iterator; there is none in LevelDB. */
  return?: () => Promise<void>;
}

const has = (...names: string[]) => {
  return (value: unknown) =>
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => typeof Reflect.get(value, name) === 'function');
};
const iteratorSchema = z.custom<LevelIterator>(has('close'));
const storeSchema = z.custom<Compactable>(has('put', 'compactRange', 'keys', 'values'));
const levelSchema = z.custom<{ Level: new (...args: unknown[]) => unknown }>(has('Level'));

export class OpenedStore {
  readonly store: Compactable;
  readonly #open = new Set<LevelIterator>();

  constructor(store: unknown) {
    this.store = storeSchema.parse(store);
    for (const name of ['keys', 'values']) this.#closeWhatIsRead(name);
  }

  /** Resolves when those who read now have done so, or after {@link PATIENCE_MS}. */
  async readersDone(): Promise<void> {
    const reading = [...this.#open];
    for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
      if (!reading.some((iterator) => this.#open.has(iterator))) return;
      await sleep(LOOK_EVERY_MS);
    }
  }

  #closeWhatIsRead(name: string): void {
    const method: unknown = Reflect.get(this.store, name);
    if (typeof method !== 'function') return;
    Reflect.set(this.store, name, (options: unknown) => {
      const iterator = iteratorSchema.parse(Reflect.apply(method, this.store, [options]));
      this.#open.add(iterator);
      iterator.return = async () => {
        this.#open.delete(iterator);
        await iterator.close();
      };
      return iterator;
    });
  }
}

/** The stores that dynalite opens from now on; to be called before it is loaded. */
export function watchStores(): readonly OpenedStore[] {
  const stores: OpenedStore[] = [];
  const level = levelSchema.parse(createRequire(import.meta.resolve('dynalite'))('level'));
  // The class that it makes its store of tells us of each one.
  level.Level = new Proxy(level.Level, {
    construct: (target, args: unknown[]) => {
      const opened = new OpenedStore(new target(...args));
      stores.push(opened);
      return opened.store;
    },
  });
  return stores;
}
