/** Servers in threads of their own, so that the machine's other cores carry them. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

export interface Thread {
  url: string;
  /** Resolves when the server has closed. */
  close(): Promise<void>;
}

const listening = z.tuple([z.object({ port: z.number() })]);

/**
 * Starts a module that calls `serveInThread`.
 * @param data handed to the module
 * @param onCrash called if the thread ends by itself
 */
export async function startThread(
  module: URL,
  data: Record<string, unknown>,
  onCrash: (error: unknown) => void,
): Promise<Thread> {
  const worker = new Worker(module, { workerData: data });
  const [{ port }] = listening.parse(await once(worker, 'message'));
  worker.on('error', onCrash);
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      worker.off('error', onCrash);
      const ended = once(worker, 'exit');
      worker.postMessage('close');
      await ended;
    },
  };
}
