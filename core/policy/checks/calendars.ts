/** Calendars that cannot be computed with, unknown zones, holidays that run out (policy book §4). */
import { CalendarError, compileCalendar } from '../../calendar/index.ts';
import type { EpochMs } from '../../time.ts';
import { isZone } from '../../zone-names.ts';
import type { IssuePath, PolicyIssue } from '../issue.ts';
import { valueAt } from '../value-at.ts';
import type { Policy } from '../schema.ts';
import type { CalendarRow } from '../schema/calendars.ts';
import { doubtful, wrong } from './finding.ts';

/** @param at the instant from which every calendar must open within 366 days, and from which holidays must reach on */
export function checkCalendars(policy: Policy, at: EpochMs | undefined): PolicyIssue[] {
  return [
    ...policy.calendars.flatMap((row, i) => checkRow(policy, row, ['calendars', i], at)),
    ...zones(policy).flatMap(({ path, name }) =>
      isZone(name) ? [] : [wrong(path, name, 'unknown time zone; allowed are IANA names like Europe/Berlin')],
    ),
    ...checkYears(policy, at),
  ];
}

function checkRow(policy: Policy, row: CalendarRow, path: IssuePath, at: EpochMs | undefined): PolicyIssue[] {
  const basis: PolicyIssue[] = [];
  if (row.basis === 'fixed' && row.timeZone === undefined) {
    basis.push(wrong([...path, 'basis'], row.basis, 'needs a timeZone; or take prospect, owner or pool'));
  }
  if (row.basis !== 'fixed' && row.timeZone !== undefined) {
    basis.push(wrong([...path, 'timeZone'], row.timeZone, 'allowed only with basis: fixed'));
  }
  try {
    const timeZone = isZone(policy.home.timeZone) ? policy.home.timeZone : 'UTC';
    compileCalendar(
      { timeZone, weekly: row.weekly, holidays: row.ownHolidays, overrides: row.overrides },
      at,
    );
    return basis;
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    return [
      ...basis,
      ...error.problems.map((one) => {
        const within = steps(one.path);
        return wrong([...path, ...within], valueAt(row, within), one.message);
      }),
    ];
  }
}

/** `weekly.mon[0]` as a path of the file, in which a calendar's holidays are its own ones. */
function steps(path: string): (string | number)[] {
  const found = path.match(/[^.[\]]+/g) ?? [];
  return found.map((step) =>
    /^\d+$/.test(step) ? Number(step) : step === 'holidays' ? 'ownHolidays' : step,
  );
}

function zones(policy: Policy): { path: IssuePath; name: string }[] {
  return [
    { path: ['home', 'timeZone'], name: policy.home.timeZone },
    ...Object.entries(policy.regionZones).flatMap(([country, regions]) =>
      Object.entries(regions).map(([region, name]) => ({ path: ['regionZones', country, region], name })),
    ),
    ...policy.calendars.flatMap(({ timeZone }, i) =>
      timeZone === undefined ? [] : [{ path: ['calendars', i, 'timeZone'], name: timeZone }],
    ),
    ...policy.pools.map(({ timeZone }, i) => ({ path: ['pools', i, 'timeZone'], name: timeZone })),
  ];
}

function checkYears(policy: Policy, at: EpochMs | undefined): PolicyIssue[] {
  const ranges: { path: IssuePath; years: [number, number] }[] = [
    { path: ['holidays', 'years'], years: policy.holidays.years },
    ...Object.entries(policy.holidays.countries).flatMap(([country, { years }]) =>
      years === undefined ? [] : [{ path: ['holidays', 'countries', country, 'years'], years }],
    ),
  ];
  const year = at === undefined ? undefined : new Date(at).getUTCFullYear();
  return ranges.flatMap(({ path, years }) => {
    const [first, last] = years;
    if (first > last) return [wrong(path, years, 'the first year comes after the last')];
    if (year === undefined || last > year + 1) return [];
    return [doubtful(path, years, `holidays end within a year or so; it is ${year}, let them reach further`)];
  });
}
