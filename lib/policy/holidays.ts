/** Public holidays of the policy's countries and regions, looked up when the policy is compiled (policy book §4). */
import type { PolicyIssue } from '../../core/policy/issue.ts';
import type { Policy } from '../../core/policy/schema.ts';
import { WEEKDAYS } from '../../core/policy/schema/calendars.ts';
import type { Almanac } from './almanac.ts';

/** Countries and regions for which no holidays are known. */
export function checkHolidays(policy: Policy, almanac: Almanac): PolicyIssue[] {
  return Object.entries(policy.holidays.countries).flatMap(([country, { regions }]) => {
    if (!almanac.knows(country)) return [unknownCountry(country)];
    if (regions === 'all') return [];
    const states = almanac.regions(country);
    return regions.flatMap((region, i) =>
      states.includes(region) ? [] : [unknownRegion(country, region, i, states)],
    );
  });
}

/**
 * Dates on which whole days are public holidays, by `US` or `US-MA`; a region that has the same days as its country has
 * no list. Half days are left out: write them as overrides. So are dates on weekdays on which no calendar that keeps
 * public holidays is open anyway.
 */
export function compileHolidays(policy: Policy, almanac: Almanac): Record<string, string[]> {
  const counts = openWeekdays(policy);
  const found: Record<string, string[]> = {};
  const onOpenDays = (dates: string[]) => dates.filter((date) => counts.has(new Date(date).getUTCDay()));
  for (const [country, row] of Object.entries(policy.holidays.countries)) {
    const { regions, years = policy.holidays.years } = row;
    const own = onOpenDays(almanac.dates(country, undefined, years));
    found[country] = own;
    for (const region of regions === 'all' ? almanac.regions(country) : regions) {
      const regional = onOpenDays(almanac.dates(country, region, years));
      if (regional.join() !== own.join()) found[`${country}-${region}`] = regional;
    }
  }
  return found;
}

/** Weekdays (0 is Sunday) on which some calendar that keeps public holidays is open. */
function openWeekdays(policy: Policy): Set<number> {
  const rows = policy.calendars.filter((row) => row.publicHolidays === 'region');
  const open = WEEKDAYS.filter((day) => rows.some((row) => (row.weekly[day] ?? []).length > 0));
  return new Set(open.map((day) => (WEEKDAYS.indexOf(day) + 1) % 7));
}

function unknownCountry(country: string): PolicyIssue {
  return {
    severity: 'error',
    path: ['holidays', 'countries', country],
    message: 'no holidays are known for this country; allowed are ISO 3166-1 codes in capitals',
  };
}

function unknownRegion(country: string, region: string, i: number, states: string[]): PolicyIssue {
  return {
    severity: 'error',
    path: ['holidays', 'countries', country, 'regions', i],
    value: region,
    message: `no such region; allowed: ${states.length === 0 ? '[]' : `all, ${states.join(', ')}`}`,
  };
}
