/** How many leads a second the API takes, how soon it answers, and how soon a lead has an owner. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import { z } from 'zod';
import { percentile } from '../local/replay/figures.ts';
import { FRIDAY, leadBody } from './leads.ts';
import { makeFolder, peopleWithoutCaps, removeFolder, startScript, startSystem } from './system.ts';
import type { System } from './system.ts';
import { number, table } from './table.ts';

const CONNECTIONS = 64;
const SECONDS = 10;
const GENTLE_RATE = 10;
/** How long the system may take to assign what it took in, after the load has ended. */
const BACKLOG_MS = 180_000;

const eventsSchema = z.array(
  z.object({
    at: z.string(),
    detailType: z.string(),
    detail: z.object({ data: z.object({ crmRecordId: z.string().optional() }) }),
  }),
);

interface Load {
  result: autocannon.Result;
  /** When each request was made, by the id in it; milliseconds of this process's clock. */
  sentAt: Map<string, number>;
}

/** Runs the section. @returns tables for the terminal */
export async function benchPost(seconds = SECONDS): Promise<string> {
  const bare = await withFolder(async (folder) => {
    const server = await startScript('bench/bare-server.ts', folder, ['--data', folder]);
    return cannon(server, { connections: CONNECTIONS, seconds }).finally(() => server.stop());
  });
  const rows = [answerRow('bare handler, one item', CONNECTIONS, bare)];
  const owners: (string | number)[][] = [];
  await withFolder(async (folder) => {
    const people = await peopleWithoutCaps(folder);
    const system = await startSystem(folder, '--at', FRIDAY, '--people', people);
    try {
      for (const [name, connections, rate] of [
        [`gentle, ${GENTLE_RATE} a second`, 4, GENTLE_RATE],
        ['as fast as it goes', CONNECTIONS, undefined],
      ] as const) {
        const load = await cannon(system, { connections, seconds, ...(rate === undefined ? {} : { rate }) });
        rows.push(answerRow(`POST /v1/leads, ${name}`, connections, load));
        owners.push([name, ...ownerCells(load, await assignments(system, load))]);
      }
    } finally {
      await system.stop();
    }
  });
  return [
    table('POST /v1/leads', ['what', 'connections', 'per second', 'p50 ms', 'p99 ms', 'errors'], rows, [
      'The load comes from this process, the server and its database run in another one, on the same machine.',
    ]),
    table(
      'From POST to owner (aim: median under 1,000 ms)',
      ['load', 'leads', 'median ms', 'p95 ms', 'longest ms'],
      owners,
      ['Until the event LeadAssigned was published, after the owner was saved.'],
    ),
  ].join('\n');
}

async function cannon(
  { url, apiKey, clockAheadMs }: System,
  { connections, seconds, rate }: { connections: number; seconds: number; rate?: number },
): Promise<Load> {
  const sentAt = new Map<string, number>();
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    const recordId = randomUUID();
    sentAt.set(recordId, Date.now());
    const qualifiedAt = new Date(Date.now() + clockAheadMs).toISOString();
    return { ...request, body: JSON.stringify(leadBody('demo_request', qualifiedAt, recordId)) };
  };
  const result = await autocannon({
    ...{ url, connections, duration: seconds },
    ...(rate === undefined ? {} : { overallRate: rate }),
    headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
    requests: [{ method: 'POST', path: '/v1/leads', setupRequest }],
  });
  return { result, sentAt };
}

function answerRow(name: string, connections: number, { result }: Load): (string | number)[] {
  const { latency, duration } = result;
  const perSecond = number(result['2xx'] / duration);
  return [
    name,
    connections,
    perSecond,
    latency.p50,
    latency.p99,
    result.non2xx + result.errors + result.timeouts,
  ];
}

/** When each lead of a load got its owner, on this process's clock; waits until all of them have one. */
async function assignments(system: System, { result, sentAt }: Load): Promise<Map<string, number>> {
  const until = performance.now() + BACKLOG_MS;
  for (;;) {
    const events = eventsSchema.parse(await system.get('/local/events'));
    const found = new Map<string, number>();
    for (const { at, detailType, detail } of events) {
      const id = detail.data.crmRecordId;
      if (detailType === 'LeadAssigned' && id !== undefined && sentAt.has(id)) {
        found.set(id, Date.parse(at) - system.clockAheadMs);
      }
    }
    if (found.size >= result['2xx'] || performance.now() > until) return found;
    await sleep(500);
  }
}

function ownerCells({ result, sentAt }: Load, assigned: Map<string, number>): string[] {
  const times = [...assigned].map(([id, at]) => at - (sentAt.get(id) ?? at));
  const shown = [percentile(times, 0.5), percentile(times, 0.95), percentile(times, 1)];
  return [`${times.length} of ${result['2xx']}`, ...shown.map(number)];
}

async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await makeFolder();
  try {
    return await use(folder);
  } finally {
    await removeFolder(folder);
  }
}
