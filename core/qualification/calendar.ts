/** The calendar on which a lead's response clock runs. */
import type { CalendarRef } from '../model/clock.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { CalendarRow } from '../policy/schema/calendars.ts';
import type { LeadTraits } from '../routing/index.ts';
import { choosePool } from '../routing/index.ts';
import type { Place } from './zone.ts';
import { holidaysOfZone, homeHolidays } from './place.ts';

/** The row of the policy on whose calendar a lead is answered: the commitment that the response machine climbs. */
export function responseCalendarId(policy: CompiledPolicy): string {
  const row = policy.commitments.find(({ machine }) => machine === 'mql-response');
  if (!row) throw new RangeError('The policy has no commitment for the response machine.');
  return row.calendar;
}

/** In whose zones a calendar may run. */
export interface Zones {
  prospect: { timeZone: string; holidays: string | null };
  pool: string;
  /** Null while nobody owns the lead: the pool stands in. */
  owner: string | null;
}

/**
 * A calendar row in the zone that its basis names, with the public holidays of that zone's country.
 * @throws RangeError if the policy has no such row
 */
export function calendarIn(policy: CompiledPolicy, id: string, zones: Zones): CalendarRef {
  const row = policy.calendars.find((candidate) => candidate.id === id);
  if (!row) throw new RangeError(`The policy has no calendar ${id}.`);
  const { timeZone, holidays } = zoneOf(policy, row, zones);
  return { id, timeZone, holidays: row.publicHolidays === 'region' ? holidays : null };
}

/**
 * The calendar for a lead that has just come in.
 * @throws RangeError if the policy has no such row
 */
export function calendarFor(
  policy: CompiledPolicy,
  id: string,
  place: Place,
  lead: LeadTraits & { source: string },
): CalendarRef {
  return calendarIn(policy, id, {
    prospect: place.zone,
    pool: choosePool(policy, lead).timeZone,
    owner: null,
  });
}

function zoneOf(
  policy: CompiledPolicy,
  row: CalendarRow,
  zones: Zones,
): { timeZone: string; holidays: string | null } {
  switch (row.basis) {
    case 'prospect':
      return zones.prospect;
    case 'fixed':
      return { timeZone: row.timeZone ?? policy.home.timeZone, holidays: homeHolidays(policy) };
    case 'owner':
    case 'pool': {
      const timeZone = row.basis === 'owner' ? (zones.owner ?? zones.pool) : zones.pool;
      return { timeZone, holidays: holidaysOfZone(policy, timeZone) };
    }
  }
}
