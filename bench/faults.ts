/** Faults: a burst of 2,000 leads in ten seconds, and every fault that the tests play, with what was lost or doubled. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { burst, burstLead, judge, owned } from './burst.ts';
import type { Burst, Verdict } from './burst.ts';
import { FRIDAY } from './leads.ts';
import { makeFolder, peopleWithoutCaps, removeFolder, startScript, startSystem } from './system.ts';
import type { System } from './system.ts';
import { number, table } from './table.ts';

const ROOT = join(import.meta.dirname, '..');
const LEADS = Number(process.env['BENCH_BURST'] ?? 2000);
const WITHIN_MS = 10_000;
/** After the second rung of a demo request, and before its deadline. */
const TWO_RUNGS_MS = 270_000;
const RUNGS_EACH = 2;
const BACKLOG_MS = 300_000;

/** Runs the section. @returns tables for the terminal */
export async function benchFaults(): Promise<string> {
  const bare = await withFolder(async (folder) => {
    const server = await startScript('bench/bare-server.ts', folder, ['--data', folder]);
    const bodies = Array.from({ length: LEADS }, () => burstLead(FRIDAY));
    return burst(bodies, 0, (body) => answered(server, body, { leadId: 'none' })).finally(() =>
      server.stop(),
    );
  });
  const measured = await withFolder(measureBurst);
  const faults = await withFolder(playFaults);
  return [burstTable(measured, bare), faultTable(faults)].join('\n');
}

interface Measured {
  load: Burst;
  verdict: Verdict;
  /** Milliseconds from the first request until the last lead had an owner. */
  ownedAfter: number;
}

async function measureBurst(folder: string): Promise<Measured> {
  const system = await startSystem(folder, '--at', FRIDAY, '--people', await peopleWithoutCaps(folder));
  try {
    const get = (path: string): Promise<unknown> => system.get(path);
    const started = performance.now();
    const bodies = Array.from({ length: LEADS }, (_, n) => burstLead(postedAt(n)));
    const load = await burst(bodies, WITHIN_MS, (body) => answered(system, body));
    while ((await owned(get, load.accepted)) < load.accepted.size) {
      if (performance.now() > started + BACKLOG_MS) break;
      await sleep(500);
    }
    const ownedAfter = performance.now() - started;
    await letPass(system, Date.parse(FRIDAY) + TWO_RUNGS_MS);
    return { load, ownedAfter, verdict: await judge(get, load.accepted) };
  } finally {
    await system.stop();
  }
}

/** The instant of the nth lead, on the system's clock. */
function postedAt(n: number): string {
  return new Date(Date.parse(FRIDAY) + (WITHIN_MS * n) / LEADS).toISOString();
}

/** Moves the clock second by second: a request that waits for thousands of rungs would run into its own time limit. */
async function letPass(system: System, until: number): Promise<void> {
  for (;;) {
    const response = await system.post('/local/clock', { advance: 'PT1S' });
    const { now } = z.object({ now: z.string() }).parse(await response.json());
    if (Date.parse(now) >= until) return;
  }
}

async function answered(
  system: System,
  body: object,
  instead?: object,
): Promise<{ status: number; body: unknown }> {
  const response = await system.post('/v1/leads', body);
  const answer: unknown = await response.json();
  return { status: response.status, body: instead ?? answer };
}

function burstTable({ load, ownedAfter, verdict }: Measured, bare: Burst): string {
  const seconds = (ms: number) => `${number(ms / 1000)} s`;
  return table(
    `A burst of ${number(LEADS)} leads in ${WITHIN_MS / 1000} seconds`,
    ['what', 'measured', 'reference'],
    [
      ['leads posted', load.posted, ''],
      ['accepted (202, or 200 when asked again)', load.accepted.size, `all ${load.posted}`],
      ['lost', verdict.lost, '0'],
      ['with more than one owner', verdict.severalOwners, '0'],
      ['without exactly one execution', verdict.severalExecutions, '0'],
      ['rungs climbed until the warning', verdict.climbed, `${load.accepted.size * RUNGS_EACH}`],
      ['rungs or mails doubled', verdict.doubled, '0'],
      ['until the last was accepted', seconds(load.took), `bare handler, one item: ${seconds(bare.took)}`],
      ['until the last had an owner', seconds(ownedAfter), ''],
    ],
    ['Load, system and database share one machine. The bare handler gets all requests at once.'],
  );
}

const lineSchema = z.object({ kind: z.string(), count: z.number(), failed: z.number() });
type Played = z.infer<typeof lineSchema>;

/** Plays the faults of the tests. @throws Error if the tests cannot be run */
async function playFaults(folder: string): Promise<Played[]> {
  const file = join(folder, 'faults.jsonl');
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(process.execPath, [jest, 'test/faults'], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, FAULTS_REPORT: file },
  });
  await once(child, 'exit');
  if (!existsSync(file)) throw new Error('The tests in test/faults could not be run.');
  const sums = new Map<string, Played>();
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { kind, count, failed } = lineSchema.parse(JSON.parse(line));
    const sum = sums.get(kind) ?? { kind, count: 0, failed: 0 };
    sums.set(kind, { kind, count: sum.count + count, failed: sum.failed + failed });
  }
  const all = [...sums.values()].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  const total = (field: 'count' | 'failed') => all.reduce((sum, one) => sum + one[field], 0);
  return [...all, { kind: 'all', count: total('count'), failed: total('failed') }];
}

function faultTable(faults: Played[]): string {
  return table(
    'Faults played by the tests',
    ['fault', 'played', 'with a promise broken (aim: 0)'],
    faults.map(({ kind, count, failed }) => [kind, count, failed]),
    [
      'After each: one owner, one execution for each clock, each rung once for each recipient, a whole history, nothing owed or lost.',
      'The points of death are made from the commands that each step issues.',
    ],
  );
}

async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeFolder();
  return use(folder).finally(() => removeFolder(folder));
}
