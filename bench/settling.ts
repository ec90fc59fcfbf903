/** A run of the settling of consequences: what it reads and writes, and how long it takes, by the number of leads. */
import type { Lead } from '../core/model/lead.ts';
import { settleConsequences } from '../lambdas/shared/settle-consequences.ts';
import type { Services } from '../lambdas/shared/services.ts';
import { SETTLING } from '../lib/functions.ts';
import { startRunner } from '../local/runner.ts';
import type { Runner } from '../local/runner.ts';
import { FRIDAY, leadBody } from './leads.ts';
import { Meter } from './meter.ts';
import { PRICES } from './prices.ts';
import { number, table } from './table.ts';

const SIZES = [1000, 10_000];
/** One lead in so many is not contacted in time. */
const MISSED_OF = 10;
const SIDE_BY_SIDE = 50;
const DAY_MS = 86_400_000;
const RUNS_OF_A_MONTH = 30 * 24;

/** Runs the section. @returns a table for the terminal */
export async function benchSettling(): Promise<string> {
  const runner = await startRunner({ at: Date.parse(FRIDAY) });
  try {
    const [met, missed] = await samples(runner);
    const live = onALivePolicy(runner.services);
    const rows: (string | number)[][] = [];
    let made = 0;
    for (const size of SIZES) {
      for (; made < size; made += SIDE_BY_SIDE) await create(runner.services, made, met, missed);
      rows.push(await measured(live, size));
    }
    return table(
      'Settling of consequences, a run that finds nothing to do',
      ['leads', 'read units', 'write units', 'seconds here', 'dollars a month, one an hour'],
      rows,
      [
        `Demo requests, ${(size(met) / 1024).toFixed(1)} kB when contacted; one in ${MISSED_OF} climbs every rung and has ${(size(missed) / 1024).toFixed(1)} kB.`,
        `Seconds are those of the embedded database on this machine; dollars are units and ${SETTLING.memoryMb} MB for so long.`,
      ],
    );
  } finally {
    await runner.close();
  }
}

/** A lead that was contacted in time and one that nobody called, as they are a week later. */
async function samples(runner: Runner): Promise<[Lead, Lead]> {
  const ids: string[] = [];
  for (const contacted of [true, false]) {
    const { leadId } = await call(runner, 'leads', leadBody('demo_request', FRIDAY));
    ids.push(leadId);
    const recordedBy = { kind: 'system', name: 'dialler' };
    const activity = {
      activityId: 'call-1',
      type: 'call',
      outcome: 'connected',
      occurredAt: FRIDAY,
      recordedBy,
    };
    if (contacted) await call(runner, `leads/${leadId}/activities`, activity);
  }
  await runner.advanceTo(Date.parse(FRIDAY) + 7 * DAY_MS);
  const [met, missed] = await Promise.all(ids.map((leadId) => runner.services.leads.get(leadId)));
  if (met === undefined || missed === undefined) throw new Error('The leads are not there.');
  return [met, missed];
}

async function create(services: Services, from: number, met: Lead, missed: Lead): Promise<void> {
  await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async (_, n) => {
      const isMissed = (from + n) % MISSED_OF === 0;
      const like = isMissed ? missed : met;
      const leadId = `lead-bench-${from + n}`;
      await services.leads.create({ ...like, leadId, version: 1, owed: [] });
      if (isMissed)
        for (const record of await services.leads.records(missed.leadId))
          await services.leads.putRecord(leadId, record);
    }),
  );
}

function onALivePolicy(services: Services): Services {
  const consequences = { ...services.policy.consequences, launches: [{ on: '2020-01-01' }] };
  return { ...services, policy: { ...services.policy, consequences } };
}

async function measured(services: Services, size: number): Promise<(string | number)[]> {
  await settleConsequences(services);
  const meter = new Meter();
  const began = performance.now();
  await settleConsequences(services);
  const seconds = (performance.now() - began) / 1000;
  const { read, write } = meter.take();
  meter.remove();
  const memory = (SETTLING.memoryMb / 1024) * seconds * PRICES.gbSecond.each;
  const dollars = RUNS_OF_A_MONTH * (read * PRICES.readUnit.each + write * PRICES.writeUnit.each + memory);
  return [number(size), number(read), number(write), number(seconds), number(dollars)];
}

function size(lead: Lead): number {
  return JSON.stringify(lead).length;
}

async function call({ url, apiKey }: Runner, path: string, body: unknown): Promise<{ leadId: string }> {
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
  const response = await fetch(`${url}/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as { leadId: string };
}
