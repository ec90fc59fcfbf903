/** The thread's side of `thread.ts`: says the server's port, and closes it when told to. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';

/** @param server on its way to listen on the loopback interface */
export function serveInThread(server: Server): void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  void announce(server);
  parentPort?.once('message', () => {
    server.close(() => parentPort?.close());
    for (const socket of sockets) socket.destroy();
  });
}

async function announce(server: Server): Promise<void> {
  if (!server.listening) await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  parentPort?.postMessage({ port: address.port });
}
