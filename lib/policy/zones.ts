/** Time zones of countries and regions, looked up when the policy is compiled (policy book §4). */
import { getAllCountries, getTimezone } from 'countries-and-timezones';
import type { Country } from 'countries-and-timezones';
import type { CountryZones } from '../../core/policy/compiled.ts';
import type { PolicyIssue } from '../../core/policy/issue.ts';
import type { Policy } from '../../core/policy/schema.ts';

/** Key of a country's own zone in the policy's table of regions: taken when the region is unknown. */
const WHOLE_COUNTRY = '*';

/** Every country's zone, and those of its regions that the policy names; keys upper case. */
export function compileZones(policy: Policy): Record<string, CountryZones> {
  const zones: Record<string, CountryZones> = {};
  const names = new Map(
    Object.values(getAllCountries({ deprecated: true })).map((one) => [one.id, one.timezones]),
  );
  for (const country of Object.values(getAllCountries())) {
    const { [WHOLE_COUNTRY]: own, ...regions } = policy.regionZones[country.id] ?? {};
    const timeZone = own ?? ownName(country, names.get(country.id) ?? []) ?? country.timezones[0];
    if (timeZone !== undefined) zones[country.id] = { timeZone, regions };
  }
  return zones;
}

/**
 * The database keeps one name for zones that have agreed since 1970, Europe/Berlin for Sweden too. People read the
 * name, so that a country's own one (Europe/Stockholm) is taken where there is one; it is never an abbreviation.
 */
function ownName(country: Country, names: Country['timezones']): string | undefined {
  const [canonical] = country.timezones;
  if (canonical === undefined || getTimezone(canonical).countries.length === 1) return undefined;
  return names.find((name) => {
    const zone = getTimezone(name);
    return name.includes('/') && zone.aliasOf === canonical && zone.countries.join() === country.id;
  });
}

/** Countries of territories, home and zones that do not exist. Those of holidays are checked with the holidays. */
export function checkCountries(policy: Policy): PolicyIssue[] {
  const known = new Set<string>(Object.keys(getAllCountries()));
  const used = [
    { path: ['home', 'country'], country: policy.home.country },
    ...Object.keys(policy.regionZones).map((country) => ({ path: ['regionZones', country], country })),
    ...policy.territories.flatMap((row, i) =>
      row.countries.map((country, j) => ({ path: ['territories', i, 'countries', j], country })),
    ),
  ];
  return used.flatMap(({ path, country }) =>
    known.has(country)
      ? []
      : [
          {
            severity: 'error',
            path,
            value: country,
            message: 'no such country; allowed are ISO 3166-1 codes in capitals',
          },
        ],
  );
}
