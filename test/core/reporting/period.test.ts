import { contains, lastFullQuarter, monthNamed, monthOf, quarterOf } from '../../../core/reporting/period.ts';
import { epochMs, iso } from '../../../core/time.ts';

const NEW_YORK = 'America/New_York';
const shown = ({ name, from, to }: { name: string; from: number; to: number }) => [name, iso(from), iso(to)];

test.each([
  ['2026-11-20T12:00:00Z', '2026-Q3', '2026-07-01T04:00:00.000Z', '2026-10-01T04:00:00.000Z'],
  ['2026-10-01T04:00:00Z', '2026-Q3', '2026-07-01T04:00:00.000Z', '2026-10-01T04:00:00.000Z'],
  // Still the last evening of September in New York.
  ['2026-10-01T03:59:59Z', '2026-Q2', '2026-04-01T04:00:00.000Z', '2026-07-01T04:00:00.000Z'],
  ['2026-02-28T12:00:00Z', '2025-Q4', '2025-10-01T04:00:00.000Z', '2026-01-01T05:00:00.000Z'],
  ['2026-04-01T12:00:00Z', '2026-Q1', '2026-01-01T05:00:00.000Z', '2026-04-01T04:00:00.000Z'],
])('at %s the last full quarter is %s', (at, name, from, to) => {
  expect(shown(lastFullQuarter(epochMs(at), NEW_YORK))).toEqual([name, from, to]);
});

test('a month is that of the zone, with the hour of a clock change', () => {
  expect(shown(monthOf(epochMs('2026-12-01T03:00:00Z'), NEW_YORK))).toEqual([
    '2026-11',
    '2026-11-01T04:00:00.000Z',
    '2026-12-01T05:00:00.000Z',
  ]);
});

test('a month holds its first instant and not that of the next one', () => {
  const month = monthNamed('2026-11', 'UTC');
  expect(contains(month, epochMs('2026-11-01T00:00:00Z'))).toBe(true);
  expect(contains(month, epochMs('2026-11-30T23:59:59.999Z'))).toBe(true);
  expect(contains(month, epochMs('2026-12-01T00:00:00Z'))).toBe(false);
});

test.each(['2026-13', '2026-00', 'November', '2026-11-01', '2026'])('%s is no month', (name) => {
  expect(() => monthNamed(name, 'UTC')).toThrow(`"${name}" is not a month; write it like 2026-11`);
});

test.each([
  ['2026-10-01T04:00:00Z', '2026-Q4'],
  ['2026-10-01T03:59:59.999Z', '2026-Q3'],
  ['2027-01-01T04:59:59.999Z', '2026-Q4'],
])('%s lies in quarter %s, which holds it', (at, name) => {
  const quarter = quarterOf(epochMs(at), NEW_YORK);
  expect(quarter.name).toBe(name);
  expect(contains(quarter, epochMs(at))).toBe(true);
});
