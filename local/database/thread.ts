/** The thread in which dynalite runs. */
import { workerData } from 'node:worker_threads';
import { z } from 'zod';
import { serveInThread } from '../thread-side.ts';
import { COMPACT, compact } from './compact.ts';
import { watchStores } from './store.ts';

const { path } = z.object({ path: z.string() }).parse(workerData);
const stores = watchStores();
const { default: dynalite } = await import('dynalite');
const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, path });
serveInThread(server.listen(0, '127.0.0.1'), {
  [COMPACT]: async () => {
    for (const opened of stores) {
      await opened.readersDone();
      await compact(opened.store);
    }
  },
});
