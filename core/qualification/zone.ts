/** Where a prospect is: the zone given, else its region's, else its country's, else the policy's (policy book §4). */
import type { Contact, Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import { isZone } from '../zone-names.ts';
import { countryOfZone, holidayKey, homeHolidays, regionCode } from './place.ts';

/** A prospect's place. `country` and `region` are codes in capitals, null where they are not known. */
export interface Place {
  zone: Lead['zone'];
  country: string | null;
  region: string | null;
}

/**
 * The prospect's zone, the public holidays that close its days, and in words where the zone was taken from. What a CRM
 * gives and nobody knows (a misspelt zone, a country that does not exist) is passed over, and the words say so.
 */
export function placeOf(
  policy: CompiledPolicy,
  contact: Pick<Contact, 'timeZone' | 'country' | 'region'>,
): Place {
  const passedOver: string[] = [];
  const given = known(contact.timeZone, isZone, 'zone', passedOver);
  const named = known(
    contact.country?.trim().toUpperCase(),
    (code) => code in policy.zones,
    'country',
    passedOver,
  );
  const country = named ?? (given === undefined ? null : countryOfZone(policy, given));
  const region =
    country === null || contact.region === undefined ? null : regionCode(country, contact.region);
  const zones = country === null ? undefined : policy.zones[country];
  const regional = region === null ? undefined : zones?.regions[region];
  const holidays = country === null ? null : holidayKey(policy, country, region);
  const zone = (timeZone: string, from: string, keys = holidays): Lead['zone'] => ({
    timeZone,
    holidays: keys,
    from: passedOver.length === 0 ? from : `${from} (${passedOver.join(', ')})`,
  });
  if (given !== undefined) return { zone: zone(given, 'the zone given'), country, region };
  if (country !== null && regional !== undefined) {
    return { zone: zone(regional, `region ${country}-${region}`), country, region };
  }
  if (country !== null && zones) return { zone: zone(zones.timeZone, `country ${country}`), country, region };
  return {
    zone: zone(policy.home.timeZone, "the policy's home", homeHolidays(policy)),
    country: null,
    region: null,
  };
}

function known(
  value: string | undefined,
  is: (value: string) => boolean,
  what: string,
  passedOver: string[],
): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (is(value)) return value;
  passedOver.push(`the ${what} given, ${value}, is unknown`);
  return undefined;
}
