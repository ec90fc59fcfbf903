/** The embedded system in a process of its own, as `npm start` runs it: the load must not come from the same thread. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..');
const START_LIMIT_MS = 60_000;
const endpointSchema = z.object({ url: z.string(), apiKey: z.string() });
const clockSchema = z.object({ now: z.string() });

export interface System {
  url: string;
  apiKey: string;
  /** Real milliseconds from starting the process until its API answered. */
  readyMs: number;
  /** What has to be taken from an instant of its clock to get one of this process's clock. */
  clockAheadMs: number;
  /** Memory of the process in bytes, without the pages of files that it has mapped: LevelDB maps its whole store. */
  memory(): number;
  get(path: string): Promise<unknown>;
  post(path: string, body: unknown): Promise<Response>;
  stop(): Promise<void>;
}

/** A folder for one measurement; remove it with {@link removeFolder}. */
export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'lead-sla-bench-'));
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Writes the sample people without a cap on open leads, so that thousands of leads find an owner. */
export async function peopleWithoutCaps(folder: string): Promise<string> {
  const { people } = z
    .object({ people: z.array(z.record(z.string(), z.unknown())) })
    .parse(parse(await readFile(join(ROOT, 'policy', 'people.yaml'), 'utf8')));
  const file = join(folder, 'people.yaml');
  await writeFile(file, stringify({ people: people.map((person) => ({ ...person, openLeadCap: null })) }));
  return file;
}

/** Starts `npm start` on a folder. @throws Error if it is not ready within a minute */
export async function startSystem(data: string, ...args: string[]): Promise<System> {
  return startScript('local/start.ts', data, ['--data', data, ...args]);
}

/** Starts a script that writes `endpoint.json` into a folder when it is ready. */
export async function startScript(script: string, folder: string, args: string[]): Promise<System> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const file = join(folder, 'endpoint.json');
  while (!existsSync(file)) {
    if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}.`);
    if (performance.now() > started + START_LIMIT_MS)
      throw new Error(`${script} is not ready after a minute.`);
    await sleep(5);
  }
  const { url, apiKey } = endpointSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const readyMs = performance.now() - started;
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
  const get = async (path: string): Promise<unknown> => (await fetch(`${url}${path}`, { headers })).json();
  return {
    ...{ url, apiKey, readyMs, get },
    clockAheadMs: await ahead(get),
    memory: () => memoryOf(child),
    post: (path, body) => fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    stop: () => stop(child),
  };
}

/** The best of a few tries: the answer was made at some instant between question and arrival. */
async function ahead(get: (path: string) => Promise<unknown>): Promise<number> {
  let best = { spread: Infinity, ahead: 0 };
  for (let i = 0; i < 5; i += 1) {
    const before = Date.now();
    const clock = clockSchema.safeParse(await get('/local/clock').catch(() => null));
    if (!clock.success) return 0;
    const after = Date.now();
    if (after - before < best.spread) {
      best = { spread: after - before, ahead: Date.parse(clock.data.now) - (before + after) / 2 };
    }
  }
  return best.ahead;
}

function memoryOf(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) * 1024;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
