/** Countries, regions and zones of the compiled policy. */
import type { CompiledPolicy } from '../policy/compiled.ts';

type Places = Pick<CompiledPolicy, 'zones' | 'publicHolidays' | 'home'>;

/** Upper case, and without the country's prefix: `us-ma` of US is `MA`. */
export function regionCode(country: string, region: string): string {
  const code = region.trim().toUpperCase();
  return code.startsWith(`${country}-`) ? code.slice(country.length + 1) : code;
}

/** Key of the public holidays of a place: the region's if it has days of its own, else the country's; null for none. */
export function holidayKey(policy: Places, country: string, region: string | null): string | null {
  const regional = region === null ? null : `${country}-${region}`;
  if (regional !== null && regional in policy.publicHolidays) return regional;
  return country in policy.publicHolidays ? country : null;
}

/** Key of the public holidays of the policy's home. */
export function homeHolidays(policy: Places): string | null {
  const { country, region } = policy.home;
  return holidayKey(policy, country, region === undefined ? null : regionCode(country, region));
}

/** Key of the public holidays of the country to which a zone belongs; null if that is not known. */
export function holidaysOfZone(policy: Places, timeZone: string): string | null {
  const country = countryOfZone(policy, timeZone);
  return country === null ? null : holidayKey(policy, country, null);
}

const answers = new WeakMap<Places, Map<string, string | null>>();

/**
 * The country that a zone tells: the policy's home country if the zone is one of its own, else the country whose zone
 * it is, else the one of which a region has it. Null if several could be meant or none is known.
 */
export function countryOfZone(policy: Places, timeZone: string): string | null {
  let known = answers.get(policy);
  if (!known) answers.set(policy, (known = new Map<string, string | null>()));
  let country = known.get(timeZone);
  if (country === undefined) known.set(timeZone, (country = findCountry(policy, timeZone)));
  return country;
}

function findCountry(policy: Places, timeZone: string): string | null {
  const home = policy.zones[policy.home.country];
  if (home && [home.timeZone, ...Object.values(home.regions)].includes(timeZone)) return policy.home.country;
  const all = Object.entries(policy.zones);
  const whole = all.filter(([, zones]) => zones.timeZone === timeZone);
  const partly = all.filter(([, zones]) => Object.values(zones.regions).includes(timeZone));
  const found = whole.length > 0 ? whole : partly;
  return found.length === 1 ? (found[0]?.[0] ?? null) : null;
}
