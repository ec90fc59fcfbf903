/** The thread in which `aws-ses-v2-local` runs. */
import type { Server } from 'node:http';
import { z } from 'zod';
import { serveInThread } from '../thread-side.ts';

const startServer = z.custom<(config: { host: string; port: number }) => Promise<Server>>(
  (value) => typeof value === 'function',
);
/** CommonJS seen from an ES module: the default export is one level further down. */
const sesModule = z.object({ default: z.object({ default: startServer }) });

const start = sesModule.parse(await import('aws-ses-v2-local')).default.default;
serveInThread(await start({ host: '127.0.0.1', port: 0 }));
