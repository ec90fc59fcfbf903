/** The thread's side of `thread.ts`: says the server's port, and closes it when told to. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { MessagePort, parentPort } from 'node:worker_threads';
import { z } from 'zod';

const askSchema = z.object({ command: z.string(), port: z.instanceof(MessagePort) });

/**
 * @param server on its way to listen on the loopback interface
 * @param commands what the thread can be asked for besides
 */
export function serveInThread(server: Server, commands: Record<string, () => Promise<void>> = {}): void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  void announce(server);
  parentPort?.on('message', (message) => {
    if (message !== 'close') {
      void answer(commands, askSchema.parse(message));
      return;
    }
    server.close(() => parentPort?.close());
    for (const socket of sockets) socket.destroy();
  });
}

async function answer(
  commands: Record<string, () => Promise<void>>,
  { command, port }: z.infer<typeof askSchema>,
): Promise<void> {
  try {
    const run = commands[command];
    if (run === undefined) throw new Error(`The thread knows no ${command}.`);
    await run();
    port.postMessage({ error: null });
  } catch (error) {
    port.postMessage({ error: String(error) });
  }
}

async function announce(server: Server): Promise<void> {
  if (!server.listening) await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  parentPort?.postMessage({ port: address.port });
}
