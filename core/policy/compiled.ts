/** What the functions hold: a checked policy with everything filled in that is looked up when functions are bundled. */
import type { Policy } from './schema.ts';
import type { Iso } from '../time.ts';

/** Zone of a country and, where it has several, of its regions (keys upper case). */
export interface CountryZones {
  timeZone: string;
  regions: Record<string, string>;
}

export interface CompiledPolicy extends Policy {
  /** Version of the file and a hash of its compiled content, e.g. `2026.1+3f9ac21b`: stored with each lead. */
  policyVersion: string;
  /** Dates (`2026-12-25`) on which business is closed, by `US` or `US-MA`; a region's list is complete in itself. */
  publicHolidays: Record<string, string[]>;
  /** By country code, compiled from the region table and from the zone database. */
  zones: Record<string, CountryZones>;
  compiledAt?: Iso;
}
