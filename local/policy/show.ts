/** `policy show`: the policy as tables, one part after the other. */
import { loadPolicy } from '../../lib/policy/load.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { WEEKDAYS } from '../../core/policy/schema/calendars.ts';
import { diffLine } from './diff.ts';
import { cell, rowsTable, table } from './table.ts';

/** @returns the exit code, always 0; throws PolicyError for a file that is no policy */
export async function show(file: string, say: (text: string) => void): Promise<number> {
  const policy = await loadPolicy(file);
  say(`${policy.name}, version ${policy.policyVersion}`);
  const extended = await diffLine(file);
  if (extended !== null) say(extended);
  for (const [title, text] of parts(policy)) say(`\n${title}\n${text}`);
  return 0;
}

/** Parts that are shown in a way of their own; every other key of the policy is shown as it is. */
function parts(policy: CompiledPolicy): [string, string][] {
  const own: [string, string][] = [
    ['Sources', rowsTable(policy.sources)],
    ['Segments', rowsTable(policy.segments)],
    ['Tiers', rowsTable(policy.tiers)],
    ['Priorities', rowsTable(policy.priorities)],
    ['After hours', sections(policy.afterHours)],
    ['Calendars', calendars(policy)],
    ['Public holidays', holidays(policy)],
    ['Zones of regions', zones(policy)],
    ['Pools', rowsTable(policy.pools)],
    ['Commitments', rowsTable(policy.commitments.map((row) => ({ ...row, rungs: row.rungs.length })))],
    ['Rungs', rungs(policy)],
  ];
  const shown = new Set<string>(SHOWN);
  const rest = Object.entries(policy).filter(([key]) => !shown.has(key));
  return [...own, ...rest.map(([key, value]): [string, string] => [heading(key), sections(value)])];
}

const SHOWN: readonly (keyof CompiledPolicy)[] = [
  'name',
  'version',
  'policyVersion',
  'compiledAt',
  'sources',
  'segments',
  'tiers',
  'priorities',
  'afterHours',
  'calendars',
  'holidays',
  'publicHolidays',
  'zones',
  'regionZones',
  'pools',
  'commitments',
];

function calendars(policy: CompiledPolicy): string {
  const rows = policy.calendars.map(({ weekly, overrides, ...row }) => {
    const hours = WEEKDAYS.flatMap((day) => {
      const windows = (weekly[day] ?? []).map((window) => window.join('-'));
      return windows.length === 0 ? [] : [`${day} ${windows.join(' and ')}`];
    });
    const others = Object.entries(overrides).map(([date, windows]) => `${date} ${cell(windows)}`);
    return { ...row, weekly: hours, overrides: others };
  });
  return rowsTable(rows);
}

function rungs(policy: CompiledPolicy): string {
  return rowsTable(
    policy.commitments.flatMap((row) =>
      row.rungs.map((rung) => ({ commitment: row.id, ...rung, at: cell(rung.at) })),
    ),
  );
}

function holidays(policy: CompiledPolicy): string {
  const rows = Object.entries(policy.holidays.countries).map(
    ([country, { years = policy.holidays.years }]) => {
      const regions = Object.keys(policy.publicHolidays).filter((key) => key.startsWith(`${country}-`));
      return [country, years.join(' to '), regions.map((key) => key.slice(3)).join(', ')];
    },
  );
  return table(['country', 'years', 'regions with days of their own'], rows);
}

function zones(policy: CompiledPolicy): string {
  const rows = Object.keys(policy.regionZones).map((country) => {
    const { timeZone = '', regions = {} } = policy.zones[country] ?? {};
    return [country, timeZone, Object.keys(regions).join(', ')];
  });
  return table(['country', 'zone', 'regions with a zone of their own'], rows);
}

/** A list of rows as a table; an object as a table of its plain values, followed by a table for each list of rows. */
function sections(value: unknown): string {
  if (isRows(value)) return rowsTable(value);
  if (Array.isArray(value)) return cell(value);
  if (typeof value !== 'object' || value === null) return cell(value);
  const entries: [string, unknown][] = Object.entries(value);
  const plain = entries.filter(([, one]) => !isRows(one));
  const lists = entries.flatMap(([key, one]) => (isRows(one) ? [`${key}:\n${rowsTable(one)}`] : []));
  return [
    ...(plain.length > 0
      ? [
          table(
            ['', ''],
            plain.map(([key, one]) => [key, cell(one)]),
          ),
        ]
      : []),
    ...lists,
  ].join('\n');
}

function isRows(value: unknown): value is object[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object' && one !== null)
  );
}

/** `opportunityTriggers` is headed `Opportunity triggers`. */
function heading(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
