/** Servers in threads of their own, so that the machine's other cores carry them. */
import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { z } from 'zod';

export interface Thread {
  url: string;
  /** Has the thread do one of the things that it offers. @throws Error if it could not, or ended meanwhile */
  ask(command: string): Promise<void>;
  /** Resolves when the server has closed. */
  close(): Promise<void>;
}

const answered = z.tuple([z.object({ error: z.string().nullable() })]);
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
    ask: (command) => ask(worker, command),
    close: async () => {
      worker.off('error', onCrash);
      const ended = once(worker, 'exit');
      worker.postMessage('close');
      await ended;
    },
  };
}

async function ask(worker: Worker, command: string): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  // The other end goes with the thread.
  const ended = once(port1, 'close').then(() => [{ error: 'the thread has ended' }]);
  const answer = once(port1, 'message');
  worker.postMessage({ command, port: port2 }, [port2]);
  try {
    const [{ error }] = answered.parse(await Promise.race([answer, ended]));
    if (error !== null) throw new Error(`${command}: ${error}`);
  } finally {
    port1.close();
  }
}
