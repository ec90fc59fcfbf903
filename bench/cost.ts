/** What a lead takes of each service, and what a thousand of them cost. */
import { startRunner } from '../local/runner.ts';
import type { Runner } from '../local/runner.ts';
import { FRIDAY, leadBody } from './leads.ts';
import { Meter } from './meter.ts';
import { PRICES, PRICES_FROM, priceOf } from './prices.ts';
import type { Priced } from './prices.ts';
import { makeFolder, peopleWithoutCaps, removeFolder } from './system.ts';
import { writeCosts } from './cost-page.ts';
import { fixedAmounts } from './fixed.ts';
import { amountsOf, ASSUMED_MS, functionOf, perLeadOf, takenBy } from './taken.ts';
import type { Taken } from './taken.ts';
import { number, table } from './table.ts';

const LEADS = 20;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const LIMITS = { early: 8, late: 30 };

const NO_BUDGET = { disposition: 'disqualified', reason: 'budget', detail: 'Nothing left until 2028.' };

/** What an attempt answers, as far as it is needed. */
interface Attempted {
  lead: { owner: { personId: string } };
}

interface Scenario {
  name: string;
  /** Most transitions of the response ladder that are allowed. */
  limit: number;
  play(runner: Runner): Promise<void>;
}

const SCENARIOS: Scenario[] = [
  {
    name: 'contacted before the first rung, accepted, followed up and disposed of',
    limit: LIMITS.early,
    play: async (runner) => {
      const leadIds = await submitAll(runner);
      await runner.advanceTo(Date.parse(FRIDAY) + MINUTE_MS);
      for (const leadId of leadIds) {
        const { lead } = (await call(
          runner,
          `leads/${leadId}/activities`,
          activity(runner.now()),
        )) as Attempted;
        await call(runner, `leads/${leadId}/accept`, { by: lead.owner.personId });
      }
      // The next business day, in time for the follow-up.
      await runner.advanceTo(Date.parse(FRIDAY) + 3 * DAY_MS);
      for (const leadId of leadIds) {
        const again = { ...activity(runner.now()), activityId: 'call-2' };
        const { lead } = (await call(runner, `leads/${leadId}/activities`, again)) as Attempted;
        await call(runner, `leads/${leadId}/dispose`, { by: lead.owner.personId, ...NO_BUDGET });
      }
      await runner.advanceTo(Date.parse(FRIDAY) + 10 * DAY_MS);
    },
  },
  {
    name: 'climbs every rung',
    limit: LIMITS.late,
    play: async (runner) => {
      await submitAll(runner);
      await runner.advanceTo(Date.parse(FRIDAY) + 10 * DAY_MS);
    },
  },
];

/** Runs the section. @param write also writes docs/costs.md @returns tables for the terminal */
export async function benchCost(write = false): Promise<string> {
  const folder = await makeFolder();
  try {
    const people = await peopleWithoutCaps(folder);
    const taken: Taken[] = [];
    for (const scenario of SCENARIOS) taken.push(await measured(scenario, people));
    if (write) {
      const scenarios = SCENARIOS.map(({ name }, index) => ({ name, perLead: amountsOf(taken[index]!) }));
      writeCosts({ scenarios, fixed: await fixedAmounts() });
    }
    return [perLead(taken), perThousand(taken)].join('\n');
  } finally {
    await removeFolder(folder);
  }
}

async function measured(scenario: Scenario, people: string): Promise<Taken> {
  let [events, mails] = [0, 0];
  const runner = await startRunner({
    at: Date.parse(FRIDAY),
    people,
    watch: { event: () => (events += 1), mail: () => (mails += 1) },
  });
  const meter = new Meter();
  try {
    await scenario.play(runner);
    await runner.settled();
    return perLeadOf(takenBy(runner, requests.splice(0), meter.take(), { events, mails }), LEADS);
  } finally {
    meter.remove();
    await runner.close();
  }
}

/** Functions that were called through the API. */
const requests: string[] = [];

async function submitAll(runner: Runner): Promise<string[]> {
  const leadIds: string[] = [];
  for (let i = 0; i < LEADS; i += 1) {
    const { leadId } = (await call(runner, 'leads', leadBody('demo_request', FRIDAY))) as { leadId: string };
    leadIds.push(leadId);
  }
  await runner.settled();
  return leadIds;
}

async function call({ url, apiKey }: Runner, path: string, body: unknown): Promise<unknown> {
  requests.push(functionOf('POST', `/v1/${path}`) ?? '');
  const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' };
  const response = await fetch(`${url}/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

function activity(now: number): object {
  const recordedBy = { kind: 'system', name: 'dialler' };
  const occurredAt = new Date(now).toISOString();
  return { activityId: 'call-1', type: 'call', outcome: 'connected', occurredAt, recordedBy };
}

function perLead(taken: readonly Taken[]): string {
  const row = (name: string, value: (one: Taken) => number): string[] => [
    name,
    ...taken.map((one) => number(value(one))),
  ];
  return table(
    'What one lead takes (a demo request of an enterprise, within hours)',
    ['', ...SCENARIOS.map(({ name }) => name)],
    [
      row('state transitions of the response ladder', ({ ladder }) => ladder),
      ['  at most', ...SCENARIOS.map(({ limit }) => number(limit))],
      row('state transitions of all executions', ({ transitions }) => transitions),
      row('function invocations', ({ invocations }) => invocations),
      row('DynamoDB requests', ({ requests: count }) => count),
      row('DynamoDB write request units', ({ write }) => write),
      row('DynamoDB read request units', ({ read }) => read),
      row('events', ({ events }) => events),
      row('mails', ({ mails }) => mails),
    ],
    ['The reconciler, which runs every minute whether there are leads or not, is not in it.'],
  );
}

function perThousand(taken: readonly Taken[]): string {
  const amounts = taken.map(amountsOf);
  const rows = Object.entries(PRICES).map(([name, { each, what }]) => [
    what,
    ...amounts.map((amount) => (1000 * each * amount[name as Priced]).toFixed(4)),
  ]);
  const total = ['all', ...amounts.map((amount) => (1000 * priceOf(amount)).toFixed(2))];
  return table(
    'Dollars per 1,000 leads',
    ['', ...SCENARIOS.map(({ name }) => name)],
    [...rows, total],
    [
      `Prices: ${PRICES_FROM}.`,
      `Assumed: ${ASSUMED_MS} ms per invocation at the memory of each function. Logs, storage and transfer are not in it.`,
    ],
  );
}
