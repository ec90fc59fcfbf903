/** The tables of docs/costs.md, from what was measured (bench/cost.json) and the prices. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BY_VOLUME, MONTHLY, PRICES, priceOf } from './prices.ts';
import type { Monthly, Priced } from './prices.ts';

export interface Costs {
  /** What one lead takes of each service. */
  scenarios: { name: string; perLead: Record<Priced, number> }[];
  /** What each environment has, by the month. */
  fixed: Record<string, Record<Monthly, number>>;
}

/** Assumed: bytes of logs for each invocation, state transition and request (START, END, REPORT, our lines, metrics). */
const LOG_BYTES = { invocation: 1200, stateTransition: 2500, apiRequest: 400 } as const;
const LEADS = 1000;

const FOLDER = path.resolve(import.meta.dirname, '..');
const MEASURED = path.join(FOLDER, 'bench', 'cost.json');
const PAGE = path.join(FOLDER, 'docs', 'costs.md');

/** Keeps what was measured, and writes the page's tables anew. */
export function writeCosts(costs: Costs): void {
  const rounded = (_: string, value: unknown): unknown => (typeof value === 'number' ? round(value) : value);
  writeFileSync(MEASURED, `${JSON.stringify(costs, rounded, 2)}\n`);
  writeFileSync(PAGE, costPage(readFileSync(PAGE, 'utf8'), measuredCosts()));
}

/** What was measured last. */
export function measuredCosts(): Costs {
  return JSON.parse(readFileSync(MEASURED, 'utf8')) as Costs;
}

/** The page with its tables as they follow from the costs. */
export function costPage(page: string, costs: Costs): string {
  const { scenarios, fixed } = costs;
  const written = section(section(page, 'per lead', perLead(scenarios)), 'per month', perMonth(fixed));
  return section(written, 'examples', examples(costs));
}

function perLead(scenarios: Costs['scenarios']): string {
  const priced = Object.entries(PRICES).map(([name, { each, what }]) => [
    what,
    ...scenarios.flatMap(({ perLead: amounts }) => {
      const amount = amounts[name as Priced];
      return [amount.toLocaleString('en-US', { maximumFractionDigits: 2 }), dollars(LEADS * each * amount)];
    }),
  ]);
  const volumes = scenarios.map(({ perLead: amounts }) => volumesOf(amounts));
  const byVolume = Object.entries(BY_VOLUME).map(([name, { each, what }]) => [
    what,
    ...volumes.flatMap((volume) => {
      const amount = volume[name as keyof typeof BY_VOLUME];
      const shown = name === 'logGigabyte' ? `${(amount * 1e6).toFixed(0)} kB` : amount.toFixed(0);
      return [shown, dollars(LEADS * each * amount)];
    }),
  ]);
  const total = scenarios.flatMap(({ perLead: amounts }) => [
    '',
    `**${dollars(LEADS * perLeadOf(amounts))}**`,
  ]);
  return table(
    [
      '',
      ...scenarios.flatMap(({ name }) => [
        `a lead that is ${name.replace('climbs', 'not contacted and climbs')}`,
        'dollars per 1,000',
      ]),
    ],
    [...priced, ...byVolume, ['**all**', ...total]],
  );
}

function perMonth(fixed: Costs['fixed']): string {
  const rows = Object.entries(MONTHLY).map(([name, { each, what }]) => [
    what,
    ...Object.values(fixed).map((amounts) => {
      const amount = amounts[name as Monthly];
      return `${amount.toLocaleString('en-US')} (${dollars(each * amount)})`;
    }),
  ]);
  const total = Object.values(fixed).map((amounts) => `**${dollars(monthOf(amounts))}**`);
  return table(['', ...Object.keys(fixed)], [...rows, ['**all, in dollars a month**', ...total]]);
}

/** Months with one lead in five not contacted in time, which is taken as climbing every rung. */
function examples({ scenarios, fixed }: Costs): string {
  const [quick, slow] = scenarios.map(({ perLead: amounts }) => perLeadOf(amounts));
  const each = 0.8 * (quick ?? 0) + 0.2 * (slow ?? 0);
  const rows = [1000, 10_000, 100_000].map((leads) => [
    leads.toLocaleString('en-US'),
    ...Object.values(fixed).map((amounts) => dollars(monthOf(amounts) + leads * each)),
  ]);
  return table(['leads a month', ...Object.keys(fixed).map((name) => `${name}, dollars`)], rows);
}

function perLeadOf(amounts: Record<Priced, number>): number {
  const volumes = volumesOf(amounts);
  const byVolume = Object.entries(BY_VOLUME).map(
    ([name, { each }]) => each * volumes[name as keyof typeof BY_VOLUME],
  );
  return byVolume.reduce((sum, one) => sum + one, priceOf(amounts));
}

function volumesOf(amounts: Record<Priced, number>): Record<keyof typeof BY_VOLUME, number> {
  const bytes = Object.entries(LOG_BYTES).map(
    ([name, each]) => each * amounts[name as keyof typeof LOG_BYTES],
  );
  // A trace for each request to the API and each invocation beside it; AWS would sample, at more than one a second.
  return {
    logGigabyte: bytes.reduce((sum, one) => sum + one, 0) / 1e9,
    trace: amounts.invocation,
    firewallRequest: amounts.apiRequest,
  };
}

function monthOf(amounts: Record<Monthly, number>): number {
  return Object.entries(MONTHLY).reduce((sum, [name, { each }]) => sum + each * amounts[name as Monthly], 0);
}

function section(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- bench cost: ${name} -->`, '<!-- end -->'];
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`docs/costs.md has no part "${begin}" … "${end}".`);
  return `${page.slice(0, from)}${begin}\n\n${content}\n\n${page.slice(to)}`;
}

/** Numbers to the right, columns as wide as the widest of their cells. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((cells) => cells[column]!.length)),
  );
  const line = (cells: string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

function dollars(amount: number): string {
  return amount > 0 && amount < 0.01 ? amount.toFixed(4) : amount.toFixed(2);
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
