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
/** Posted in batches, each after the one before has been assigned: filling is not what is measured here. */
const BATCH = 500;
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
    let emptyBytes: number;
    try {
      emptyBytes = await resting(first);
      await fill(first);
    } finally {
      await first.stop();
    }
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

async function fill(system: System): Promise<void> {
  for (let open = 0; open < OPEN;) {
    const count = Math.min(BATCH, OPEN - open);
    await post(system, count, () => leadBody('newsletter_signup', FRIDAY));
    await waiting(system, (open += count));
  }
}

/** The memory that a system holds when nothing has happened for some seconds, in bytes. */
async function resting(system: System): Promise<number> {
  await sleep(5000);
  return system.memory();
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
    await sleep(500);
  }
}

interface Lateness {
  /** Of rungs that are due at a whole second, and of those due between two. */
  whole: number[];
  fraction: number[];
  bare: number[];
}

/** A thousand reminders due within one minute, and as many bare timers due at the same instants. */
async function lateness(system: System): Promise<Lateness> {
  const begins = Date.now() + LEAD_TIME_MS;
  const dueAt = Array.from({ length: DUE }, (_, i) => dueInstant(system, begins, i));
  const ids = new Map<string, number>();
  await post(system, DUE, (i) => {
    const due = dueAt[i] ?? begins;
    ids.set(`due-${i}`, due);
    const qualifiedAt = new Date(Math.round(due + system.clockAheadMs) - FIRST_RUNG_MS).toISOString();
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
  let late = await reminders(system, ids);
  for (const until = Date.now() + LATEST_MS; late.length < DUE && Date.now() < until;) {
    await sleep(1000);
    late = await reminders(system, ids);
  }
  const of = (isWhole: boolean): number[] =>
    late.filter(({ i }) => isWholeSecond(i) === isWhole).map(({ lateMs }) => lateMs);
  return { whole: of(true), fraction: of(false), bare: await bare };
}

/** Every other rung is due at a whole second, as most CRMs stamp their records. */
function isWholeSecond(i: number): boolean {
  return i % 2 === 0;
}

/** Evenly spread over the minute, in this process's time; whole seconds are those of the system's clock. */
function dueInstant({ clockAheadMs }: System, begins: number, i: number): number {
  const due = begins + Math.floor((i * MINUTE_MS) / DUE);
  return isWholeSecond(i) ? Math.ceil((due + clockAheadMs) / 1000) * 1000 - clockAheadMs : due;
}

/** How late each reminder was: from the instant of its rung until its event was published. */
async function reminders(
  system: System,
  ids: ReadonlyMap<string, number>,
): Promise<{ i: number; lateMs: number }[]> {
  const events = eventsSchema.parse(await system.get('/local/events'));
  return events.flatMap(({ at, detailType, detail }) => {
    const due = ids.get(detail.data.crmRecordId);
    if (detailType !== 'SlaReminderDue' || due === undefined) return [];
    const i = Number(detail.data.crmRecordId.replace('due-', ''));
    return [{ i, lateMs: Date.parse(at) - system.clockAheadMs - due }];
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

function latenessTable({ whole, fraction, bare }: Lateness): string {
  const row = (name: string, values: number[], of: number): (string | number)[] => [
    name,
    `${values.length} of ${of}`,
    ...[0.5, 0.99, 1].map((share) => number(percentile(values, share))),
  ];
  return table(
    `Lateness of ${DUE} rungs due within one minute (aim: p99 under 1,000 ms)`,
    ['', 'fired', 'p50 ms', 'p99 ms', 'longest ms'],
    [
      row('reminders due at a whole second', whole, DUE / 2),
      row('reminders due at a fraction of a second', fraction, DUE / 2),
      row('reference: bare setTimeout', bare, DUE),
    ],
    [
      'From the instant of the rung until its event was published.',
      'Step Functions waits for whole seconds: what is due at a fraction fires at the next one, up to a second later.',
    ],
  );
}
