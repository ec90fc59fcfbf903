/** The thread in which dynalite runs. */
import { workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { z } from 'zod';
import { serveInThread } from '../thread-side.ts';

const { path } = z.object({ path: z.string() }).parse(workerData);
const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0, path });
serveInThread(server.listen(0, '127.0.0.1'));
