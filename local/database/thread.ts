/** The thread in which dynalite runs. */
import { createRequire } from 'node:module';
import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { serveInThread } from '../thread-side.ts';
import { COMPACT, compact } from './compact.ts';
import type { Store } from './compact.ts';

const { path } = z.object({ path: z.string() }).parse(workerData);

const isMethod = (value: unknown): boolean => typeof value === 'function';
const storeSchema = z.custom<Store>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    ['put', 'compactRange'].every((name) => isMethod(Reflect.get(value, name))),
);
type StoreClass = new (...args: unknown[]) => unknown;
const levelSchema = z.custom<{ Level: StoreClass }>(
  (value) => typeof value === 'object' && value !== null && isMethod(Reflect.get(value, 'Level')),
);

// dynalite keeps its store to itself: the class that it makes it of is replaced by one that tells us.
const stores: Store[] = [];
const level = levelSchema.parse(createRequire(import.meta.resolve('dynalite'))('level'));
level.Level = new Proxy(level.Level, {
  construct: (target, args: unknown[]) => {
    const store = new target(...args);
    stores.push(storeSchema.parse(store));
    return storeSchema.parse(store);
  },
});

const { default: dynalite } = await import('dynalite');
const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, path });
serveInThread(server.listen(0, '127.0.0.1'), {
  [COMPACT]: async () => {
    for (const store of stores) await compact(store);
  },
});
