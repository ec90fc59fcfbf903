/** Time zones of countries and regions, looked up when the policy is compiled (policy book §4). */
import { getAllCountries } from 'countries-and-timezones';
import type { CountryZones } from '../../core/policy/compiled.ts';
import type { Policy } from '../../core/policy/schema.ts';

/** Key of a country's own zone in the policy's table of regions: taken when the region is unknown. */
const WHOLE_COUNTRY = '*';

/** Every country's zone, and those of its regions that the policy names; keys upper case. */
export function compileZones(policy: Policy): Record<string, CountryZones> {
  const zones: Record<string, CountryZones> = {};
  for (const country of Object.values(getAllCountries())) {
    const { [WHOLE_COUNTRY]: own, ...regions } = policy.regionZones[country.id] ?? {};
    const timeZone = own ?? country.timezones[0];
    if (timeZone !== undefined) zones[country.id] = { timeZone, regions };
  }
  return zones;
}
