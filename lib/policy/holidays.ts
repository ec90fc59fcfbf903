/** Public holidays of the policy's countries and regions, looked up when the policy is compiled (policy book §4). */
import type { PolicyIssue } from '../../core/policy/issue.ts';
import type { Policy } from '../../core/policy/schema.ts';
import { WEEKDAYS } from '../../core/policy/schema/calendars.ts';
import { loadAlmanac } from './almanac.ts';

export interface CompiledHolidays {
  /** Dates by `US` or `US-MA`; a region that has the same days as its country has no list. */
  publicHolidays: Record<string, string[]>;
  issues: PolicyIssue[];
}

/**
 * Dates on which whole days are public holidays. Half days are left out: write them as overrides. So are dates on
 * weekdays on which no calendar that keeps public holidays is open anyway.
 */
export async function compileHolidays(policy: Policy): Promise<CompiledHolidays> {
  const almanac = await loadAlmanac();
  const counts = openWeekdays(policy);
  const publicHolidays: Record<string, string[]> = {};
  const issues: PolicyIssue[] = [];
  const onOpenDays = (dates: string[]) => dates.filter((date) => counts.has(new Date(date).getUTCDay()));
  for (const [country, { regions, years = policy.holidays.years }] of Object.entries(
    policy.holidays.countries,
  )) {
    if (!almanac.knows(country)) {
      issues.push(unknownCountry(country));
      continue;
    }
    const own = onOpenDays(almanac.dates(country, undefined, years));
    publicHolidays[country] = own;
    const states = almanac.regions(country);
    for (const [i, region] of (regions === 'all' ? states : regions).entries()) {
      if (!states.includes(region)) {
        issues.push(unknownRegion(country, region, i, states));
        continue;
      }
      const regional = onOpenDays(almanac.dates(country, region, years));
      if (regional.join() !== own.join()) publicHolidays[`${country}-${region}`] = regional;
    }
  }
  return { publicHolidays, issues };
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
