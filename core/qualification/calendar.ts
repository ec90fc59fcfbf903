/** The calendar on which a lead's response clock runs. */
import type { CalendarRef } from '../model/clock.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { LeadTraits } from '../routing/index.ts';
import { choosePool } from '../routing/index.ts';
import type { Place } from './zone.ts';
import { homeHolidays } from './place.ts';

/** The row of the policy on whose calendar a lead is answered: the commitment that the response machine climbs. */
export function responseCalendarId(policy: CompiledPolicy): string {
  const row = policy.commitments.find(({ machine }) => machine === 'mql-response');
  if (!row) throw new RangeError('The policy has no commitment for the response machine.');
  return row.calendar;
}

/**
 * A calendar row in the zone that its basis names. Nobody owns the lead yet, so that the pool stands in for the owner.
 * @throws RangeError if the policy has no such row
 */
export function calendarFor(
  policy: CompiledPolicy,
  id: string,
  place: Place,
  lead: LeadTraits & { source: string },
): CalendarRef {
  const row = policy.calendars.find((candidate) => candidate.id === id);
  if (!row) throw new RangeError(`The policy has no calendar ${id}.`);
  const keeps = row.publicHolidays === 'region';
  const home = keeps ? homeHolidays(policy) : null;
  switch (row.basis) {
    case 'prospect':
      return { id, timeZone: place.zone.timeZone, holidays: keeps ? place.zone.holidays : null };
    case 'fixed':
      return { id, timeZone: row.timeZone ?? policy.home.timeZone, holidays: home };
    case 'owner':
    case 'pool':
      return { id, timeZone: choosePool(policy, lead).timeZone, holidays: home };
  }
}
