/** Public holidays of the policy's countries and regions, looked up when the policy is compiled (policy book §4). */
import type { PolicyIssue } from '../../core/policy/issue.ts';
import type { Policy } from '../../core/policy/schema.ts';
import { WEEKDAYS } from '../../core/policy/schema/calendars.ts';

type Holidays = InstanceType<(typeof import('date-holidays'))['default']>;

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
  const { default: Library } = await import('date-holidays');
  const options = { types: ['public' as const] };
  const counts = openWeekdays(policy);
  const publicHolidays: Record<string, string[]> = {};
  const issues: PolicyIssue[] = [];
  const known = new Library().getCountries();
  for (const [country, { regions }] of Object.entries(policy.holidays.countries)) {
    if (!(country in known)) {
      issues.push({
        severity: 'error',
        path: ['holidays', 'countries', country],
        message: 'no holidays are known for this country; allowed are upper-case ISO 3166-1 codes',
      });
      continue;
    }
    const own = dates(new Library(country, options), policy.holidays.years, counts);
    publicHolidays[country] = own;
    const states = statesOf(new Library(), country);
    for (const region of regions === 'all' ? states : regions) {
      if (!states.includes(region)) {
        issues.push({
          severity: 'error',
          path: ['holidays', 'countries', country, 'regions'],
          value: region,
          message: `no such region; allowed: ${states.length === 0 ? '[]' : `all, ${states.join(', ')}`}`,
        });
        continue;
      }
      const regional = dates(new Library(country, region, options), policy.holidays.years, counts);
      if (regional.join() !== own.join()) publicHolidays[`${country}-${region}`] = regional;
    }
  }
  return { publicHolidays, issues };
}

/** Codes of a country's states; the library knows none for most countries, whatever its types say. */
function statesOf(library: Holidays, country: string): string[] {
  const states: Record<string, string> | undefined = library.getStates(country);
  return Object.keys(states ?? {}).sort();
}

function dates(library: Holidays, [first, last]: [number, number], counts: ReadonlySet<number>): string[] {
  const found = new Set<string>();
  for (let year = first; year <= last; year++) {
    for (const holiday of library.getHolidays(year)) {
      const days = Math.round((holiday.end.getTime() - holiday.start.getTime()) / DAY_MS);
      if (!holiday.date.slice(10).startsWith(' 00:00:00')) continue;
      for (let day = 0; day < days; day++) {
        const at = new Date(Date.parse(`${holiday.date.slice(0, 10)}T00:00:00Z`) + day * DAY_MS);
        if (counts.has(at.getUTCDay())) found.add(at.toISOString().slice(0, 10));
      }
    }
  }
  return [...found].sort();
}

const DAY_MS = 24 * 3600 * 1000;

/** Weekdays (0 is Sunday) on which some calendar that keeps public holidays is open. */
function openWeekdays(policy: Policy): Set<number> {
  const rows = policy.calendars.filter((row) => row.publicHolidays === 'region');
  const open = WEEKDAYS.filter((day) => rows.some((row) => (row.weekly[day] ?? []).length > 0));
  return new Set(open.map((day) => (WEEKDAYS.indexOf(day) + 1) % 7));
}
