/** Two whole lives on the real machines: what they open, take and cost, beside a lead that is given up at once. */
import type { Lead } from '../core/model/lead.ts';
import { isOpen } from '../core/model/clock.ts';
import { startRunner } from '../local/runner.ts';
import { eightWeeks } from '../test/support/eight-weeks.ts';
import { everyMiss } from '../test/support/every-miss.ts';
import { LifeStory } from '../test/support/life-story.ts';
import { Story } from '../test/support/story.ts';
import { Meter } from './meter.ts';
import { PRICES, PRICES_FROM, priceOf } from './prices.ts';
import type { Priced } from './prices.ts';
import { number, table } from './table.ts';
import { amountsOf, ASSUMED_MS, functionOf, perLeadOf, takenBy } from './taken.ts';
import type { Taken } from './taken.ts';

const TUESDAY_NINE = '2026-11-17T09:00:00-05:00';
/** Each on a runner of its own: the instants of a story are fixed. */
const LEADS = 1;
/** The clock moves only when a story lets time pass. */
const STANDS_STILL = 0.000001;

interface Life {
  name: string;
  play(life: LifeStory): Promise<unknown>;
}

interface Lived {
  taken: Taken;
  clocks: number;
  mostOpen: number;
  /** The lead's item as it was written last, and how often it was written. */
  kilobytes: number;
  writes: number;
}

const LIVES: Life[] = [
  { name: 'given up after the first attempt', play: givenUp },
  { name: 'everything in time, eight weeks', play: eightWeeks },
  { name: 'every clock missed, eight months', play: everyMiss },
];

/** Runs the section. @returns tables for the terminal */
export async function benchLife(): Promise<string> {
  const lived: Lived[] = [];
  for (const life of LIVES) {
    const each: Lived[] = [];
    for (let i = 0; i < LEADS; i += 1) each.push(await lives(life));
    lived.push(meanOf(each));
  }
  return [perLead(lived), perPrice(lived)].join('\n');
}

/** The reference: one attempt, accepted and given up, so that all that an SAL owes is cancelled. */
async function givenUp(life: LifeStory): Promise<void> {
  const { leadId, owner } = await life.attempted();
  await life.does('accept', leadId, owner);
  const why = { disposition: 'disqualified', reason: 'budget', detail: 'Nothing left until 2028.' };
  await life.does('dispose', leadId, owner, why);
  await life.story.pass('P30D');
}

async function lives(story: Life): Promise<Lived> {
  let [events, mails, clocks, mostOpen, bytes, writes] = [0, 0, 0, 0, 0, 0];
  const runner = await startRunner({
    ...{ at: Date.parse(TUESDAY_NINE), speed: STANDS_STILL },
    watch: { event: () => (events += 1), mail: () => (mails += 1) },
  });
  const meter = new Meter((item) => {
    if (item['sk'] !== 'LEAD') return;
    const lead = item['lead'] as Lead;
    clocks = lead.clocks.length;
    mostOpen = Math.max(mostOpen, lead.clocks.filter(isOpen).length);
    bytes = Buffer.byteLength(JSON.stringify(item));
    writes += 1;
  });
  try {
    const requests: string[] = [];
    const called = (method: string, path: string): void => {
      requests.push(...[functionOf(method, path) ?? []].flat());
    };
    await story.play(new LifeStory(Story.join(runner.data, { called })));
    await runner.settled();
    const taken = takenBy(runner, requests, meter.take(), { events, mails });
    return { taken, clocks, mostOpen, kilobytes: bytes / 1000, writes };
  } finally {
    meter.remove();
    await runner.close();
  }
}

function meanOf(lived: readonly Lived[]): Lived {
  const mean = (value: (one: Lived) => number): number =>
    lived.reduce((sum, one) => sum + value(one), 0) / lived.length;
  const sum = Object.fromEntries(
    Object.keys(lived[0]!.taken).map((key) => [key, mean(({ taken }) => taken[key as keyof Taken])]),
  ) as unknown as Taken;
  return {
    taken: perLeadOf(sum, 1),
    clocks: mean(({ clocks }) => clocks),
    mostOpen: mean(({ mostOpen }) => mostOpen),
    kilobytes: mean(({ kilobytes }) => kilobytes),
    writes: mean(({ writes }) => writes),
  };
}

function perLead(lived: readonly Lived[]): string {
  const row = (name: string, value: (one: Lived) => number): string[] => [
    name,
    ...lived.map((one) => number(value(one))),
  ];
  return table(
    'What a whole life takes (a demo request of an enterprise, all rows of the default policy)',
    ['per lead', ...LIVES.map(({ name }) => name)],
    [
      row('clocks opened', ({ clocks }) => clocks),
      row('most clocks open at once', ({ mostOpen }) => mostOpen),
      row('executions', ({ taken }) => taken.executions),
      row('state transitions of the response ladder', ({ taken }) => taken.ladder),
      row('state transitions of all executions', ({ taken }) => taken.transitions),
      row('function invocations', ({ taken }) => taken.invocations),
      row('of these, requests to the API', ({ taken }) => taken.apiRequests),
      row('DynamoDB write request units', ({ taken }) => taken.write),
      row('DynamoDB read request units', ({ taken }) => taken.read),
      row('events', ({ taken }) => taken.events),
      row('mails', ({ taken }) => taken.mails),
      row('writes of the lead', ({ writes }) => writes),
      row('kB of the lead at the end', ({ kilobytes }) => kilobytes),
      ['list price, dollars', ...lived.map(({ taken }) => priceOf(amountsOf(taken)).toFixed(4))],
    ],
    [
      `Leads of each: ${LEADS}. The first column is the reference: called, accepted and given up within two minutes.`,
      'The settling of consequences is in it as often as the runner lets it while time is advanced; AWS runs it hourly.',
    ],
  );
}

function perPrice(lived: readonly Lived[]): string {
  const rows = Object.entries(PRICES).map(([name, { each, what }]) => [
    what,
    ...lived.map(({ taken }) => (1000 * each * amountsOf(taken)[name as Priced]).toFixed(2)),
  ]);
  return table('Dollars per 1,000 lives', ['', ...LIVES.map(({ name }) => name)], rows, [
    `Prices: ${PRICES_FROM}.`,
    `Assumed: ${ASSUMED_MS} ms per invocation at the memory of each function. Logs, storage and transfer are not in it.`,
  ]);
}
