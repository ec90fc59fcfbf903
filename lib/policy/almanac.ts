/** Whole-day public holidays from the holiday library, each rule computed once for all regions of its country. */
import { z } from 'zod';

export interface Almanac {
  knows: (country: string) => boolean;
  /** Codes of a country's regions, sorted; empty for most countries. */
  regions: (country: string) => string[];
  /** Dates (`2026-12-25`) of a country or of one of its regions, sorted. */
  dates: (country: string, region: string | undefined, years: Years) => string[];
}

/** The first and the last calendar year. */
type Years = readonly [number, number];

interface Place {
  country: string;
  region: string | undefined;
  years: Years;
}

type Holidays = InstanceType<(typeof import('date-holidays'))['default']>;

const OPTIONS = { types: ['public' as const] };
const DAY_MS = 24 * 3600 * 1000;
const statesSchema = z
  .record(z.string(), z.string())
  .nullish()
  .transform((states) => states ?? {});
const ruleSchema = z.looseObject({ rule: z.string() });
type Rule = z.infer<typeof ruleSchema>;

/**
 * Opens the almanac. Regions mostly repeat their country's rules under other names, hence a rule's dates are remembered
 * per country: it makes compiling all regions several times faster.
 */
export async function loadAlmanac(): Promise<Almanac> {
  const { default: Library } = await import('date-holidays');
  const countries = new Library().getCountries();
  const remembered = new Map<string, string[]>();

  const build = (country: string, region: string | undefined) =>
    region === undefined ? new Library(country, OPTIONS) : new Library(country, region, OPTIONS);

  function datesOfRule(place: Place, rule: Rule): string[] {
    const key = JSON.stringify([place.country, place.years, { ...rule, name: undefined }]);
    const known = remembered.get(key);
    if (known) return known;
    const alone = build(place.country, place.region);
    for (const other of rulesOf(alone)) if (other.rule !== rule.rule) alone.unsetRule(other.rule);
    const found = datesOf(alone, place.years);
    remembered.set(key, found);
    return found;
  }

  function dates(place: Place): string[] {
    const whole = build(place.country, place.region);
    const rules = rulesOf(whole);
    const all = rules.some(leansOnOthers)
      ? datesOf(whole, place.years)
      : rules.flatMap((rule) => datesOfRule(place, rule));
    return [...new Set(all)].sort();
  }

  return {
    knows: (country) => country in countries,
    regions: (country) => Object.keys(statesSchema.parse(new Library().getStates(country))).sort(),
    dates: (country, region, years) => dates({ country, region, years }),
  };
}

/** A bridge day, or a day that moves when it meets another holiday, cannot be computed alone. */
function leansOnOthers(rule: Rule): boolean {
  return /bridge|holiday/.test(rule.rule);
}

function rulesOf(library: Holidays): Rule[] {
  return ruleSchema.array().parse(library.getRules());
}

/** Dates of whole days: a holiday that begins at noon or lasts some hours closes no business day. */
function datesOf(library: Holidays, [first, last]: Years): string[] {
  const dates: string[] = [];
  for (let year = first; year <= last; year++) {
    for (const holiday of library.getHolidays(year)) {
      if (!holiday.date.slice(10).startsWith(' 00:00:00')) continue;
      const days = Math.round((holiday.end.getTime() - holiday.start.getTime()) / DAY_MS);
      const start = Date.parse(`${holiday.date.slice(0, 10)}T00:00:00Z`);
      for (let day = 0; day < days; day++)
        dates.push(new Date(start + day * DAY_MS).toISOString().slice(0, 10));
    }
  }
  return dates;
}
