/** The territory of a lead (policy book §2). */
import type { Policy } from '../policy/schema.ts';
import type { TerritoryRow } from '../policy/schema/calendars.ts';
import { regionCode } from './place.ts';

/** The first territory that holds a country and region; one without regions holds its whole countries. Null if none. */
export function territoryOf(
  policy: Pick<Policy, 'territories'>,
  country: string | null,
  region: string | null,
): TerritoryRow | null {
  if (country === null) return null;
  const within = ({ countries, regions }: TerritoryRow) =>
    countries.includes(country) &&
    (regions.length === 0 || (region !== null && regions.some((one) => regionCode(country, one) === region)));
  return policy.territories.find(within) ?? null;
}
