/** Ten thousand open ladders: memory, start-up on their data, and how late their rungs are. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { percentile } from '../local/replay/figures.ts';
import { FRIDAY, leadBody } from './leads.ts';
import { makeFolder, peopleWithoutCaps, removeFolder, startSystem } from './system.ts';
import type { System } from './system.ts';
import { number, table } from './table.ts';

const OPEN = Number(process.env['BENCH_LADDERS'] ?? 10_000);
const DUE = 1000;
const MINUTE_MS = 60_000;
const AT_ONCE = 16;
/** Half of the five minutes that a demo request has: the first rung. */
const FIRST_RUNG_MS = 150_000;
/** Time to post the leads whose rungs are measured, before the first of these is due. */
const LEAD_TIME_MS = 120_000;
const LATEST_MS = 120_000;

const executionsSchema = z.array(z.object({ status: z.string(), state: z.string().nullable() }));
const eventsSchema = z.array(
  z.object({
    at: z.string(),
    detailType: z.string(),
    detail: z.object({ data: z.object({ crmRecordId: z.string() }) }),
  }),
);

/** Runs the section. @returns tables for the terminal */
export async function benchLadders(): Promise<string> {
  const folder = await makeFolder();
  try {
    const people = await peopleWithoutCaps(folder);
    const first = await startSystem(folder, '--at', FRIDAY, '--people', people);
    const emptyBytes = await resting(first);
    await post(first, OPEN, () => leadBody('newsletter_signup', FRIDAY));
    await waiting(first, OPEN);
    await first.stop();
    const again = await startSystem(folder);
    try {
      const fullBytes = await resting(again);
      const late = await lateness(again);
      return [memoryTable(emptyBytes, fullBytes), startTable(first, again), latenessTable(late)].join('\n');
    } finally {
      await again.stop();
    }
  } finally {
    await removeFolder(folder);
  }
}

/** The memory that a system holds when nothing has happened for some seconds. */
async function resting(system: System): Promise<number> {
  await sleep(5000);
  return system.rss();
}

async function post(system: System, count: number, body: (i: number) => object): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) {
      const response = await system.post('/v1/leads', body(i));
      if (response.status !== 202)
        throw new Error(`POST answered ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Until so many executions have come to a wait. */
async function waiting(system: System, count: number): Promise<void> {
  for (;;) {
    const executions = executionsSchema.parse(await system.get('/local/executions'));
    const still = executions.filter(
      ({ status, state }) => status === 'RUNNING' && state?.startsWith('Wait') === true,
    );
    if (still.length >= count) return;
    await sleep(1000);
  }
}

interface Lateness {
  ours: number[];
  bare: number[];
  posted: number;
}

/** A thousand reminders due evenly within one minute, and as many bare timers due at the same instants. */
async function lateness(system: System): Promise<Lateness> {
  const begins = Date.now() + LEAD_TIME_MS;
  const dueAt = Array.from({ length: DUE }, (_, i) => begins + Math.floor((i * MINUTE_MS) / DUE));
  const ids = new Map<string, number>();
  await post(system, DUE, (i) => {
    const due = dueAt[i] ?? begins;
    ids.set(`due-${i}`, due);
    const qualifiedAt = new Date(due + system.clockAheadMs - FIRST_RUNG_MS).toISOString();
    return leadBody('demo_request', qualifiedAt, `due-${i}`);
  });
  if (Date.now() > begins) throw new Error('The leads could not be posted before their rungs were due.');
  const bare = Promise.all(
    dueAt.map(async (due) => {
      await sleep(due - Date.now());
      return Date.now() - due;
    }),
  );
  await sleep(begins + MINUTE_MS - Date.now());
  let ours = await reminders(system, ids);
  for (const until = Date.now() + LATEST_MS; ours.length < DUE && Date.now() < until;) {
    await sleep(1000);
    ours = await reminders(system, ids);
  }
  return { ours, bare: await bare, posted: DUE };
}

/** How late each reminder was: from the instant of its rung until its event was published. */
async function reminders(system: System, ids: ReadonlyMap<string, number>): Promise<number[]> {
  const events = eventsSchema.parse(await system.get('/local/events'));
  return events.flatMap(({ at, detailType, detail }) => {
    const due = ids.get(detail.data.crmRecordId);
    if (detailType !== 'SlaReminderDue' || due === undefined) return [];
    return [Date.parse(at) - system.clockAheadMs - due];
  });
}

function memoryTable(empty: number, full: number): string {
  const before = process.memoryUsage().heapUsed;
  const timers = Array.from({ length: OPEN }, () => setTimeout(() => undefined, MINUTE_MS));
  const bare = (process.memoryUsage().heapUsed - before) / OPEN;
  timers.forEach((timer) => clearTimeout(timer));
  const megabytes = (bytes: number): string => number(bytes / 1e6);
  return table(
    `Memory with ${number(OPEN)} open ladders`,
    ['', 'process, MB', 'per lead, kB'],
    [
      ['no lead', megabytes(empty), ''],
      [
        `${number(OPEN)} open ladders, after a restart`,
        megabytes(full),
        number((full - empty) / OPEN / 1000),
      ],
      ['reference: bare setTimeout', '', number(bare / 1000)],
    ],
  );
}

function startTable(empty: System, full: System): string {
  return table(
    'Start-up, from the start of the process until the API answers',
    ['data', 'ms'],
    [
      ['none (reference)', number(empty.readyMs)],
      [`${number(OPEN)} open ladders`, number(full.readyMs)],
    ],
  );
}

function latenessTable({ ours, bare, posted }: Lateness): string {
  const row = (name: string, values: number[]): (string | number)[] => [
    name,
    `${values.length} of ${posted}`,
    ...[0.5, 0.99, 1].map((share) => number(percentile(values, share))),
  ];
  return table(
    `Lateness of ${DUE} rungs due within one minute (aim: p99 under 1,000 ms)`,
    ['', 'fired', 'p50 ms', 'p99 ms', 'longest ms'],
    [row('reminders, until the event was published', ours), row('reference: bare setTimeout', bare)],
  );
}
