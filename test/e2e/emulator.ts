/** MiniStack: an emulator of AWS that nobody here wrote, in a process of its own on 127.0.0.1. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environmentOf, REGION, withoutAws } from './aws.ts';

export interface Emulator {
  /** Of every service of AWS. */
  endpoint: string;
  port: number;
  /** What command lines and clients need to speak to it, and nothing else of this process's AWS settings. */
  env: NodeJS.ProcessEnv;
  /** What it has written. */
  logFile: string;
  /** Ends it with all functions that it runs, and removes what it kept. Can be called twice. */
  stop(): Promise<void>;
}

export const ACCOUNT = '000000000000';
const READY_WITHIN_MS = 60_000;

/**
 * @param bin folder with the program, of a Python environment that has it
 * @param logFile where its output goes; it outlives the emulator
 * @throws Error if it ends or does not answer in time
 */
export async function startEmulator(bin: string, logFile: string): Promise<Emulator> {
  const port = await freePort();
  const home = mkdtempSync(path.join(tmpdir(), 'lead-sla-emulator-'));
  const log = createWriteStream(logFile);
  const child = spawn(path.join(bin, 'ministack'), {
    // A group of its own, so that the functions' processes end with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...withoutAws(process.env),
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: REGION,
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      S3_DATA_DIR: path.join(home, 's3'),
      TMPDIR: home,
    },
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const stop = async (): Promise<void> => {
    await end(child);
    log.end();
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
  const endpoint = `http://localhost:${port}`;
  try {
    await ready(child, endpoint, logFile);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, port, env: environmentOf(endpoint), logFile, stop };
}

async function ready(child: ChildProcess, endpoint: string, logFile: string): Promise<void> {
  for (let waited = 0; waited < READY_WITHIN_MS; waited += 100) {
    if (child.exitCode !== null) throw new Error(`The emulator ended by itself; see ${logFile}`);
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(100);
  }
  throw new Error(`The emulator did not answer within ${READY_WITHIN_MS / 1000} s; see ${logFile}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  signalGroup(child.pid, 'SIGTERM');
  await Promise.race([exited, sleep(5000, undefined, { ref: false })]);
  signalGroup(child.pid, 'SIGKILL');
  await exited;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended already.
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
