/** A person's own working hours (policy book §4: no reminder outside the recipient's own hours). */
import { calendarOf, isOpenAt, nextOpening } from '../calendar/index.ts';
import type { CalendarRef } from '../model/clock.ts';
import type { Person } from '../model/person.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import { holidaysOfZone } from '../qualification/place.ts';
import type { EpochMs } from '../time.ts';

/** The calendar on which a person works: their row of the policy, in their zone, with the holidays of its country. */
export function calendarRefOf(policy: CompiledPolicy, person: Person): CalendarRef {
  const row = policy.calendars.find(({ id }) => id === person.calendar);
  const holidays = row?.publicHolidays === 'region' ? holidaysOfZone(policy, person.timeZone) : null;
  return { id: person.calendar, timeZone: person.timeZone, holidays };
}

/** Whether an instant lies within a person's own hours, leave aside. */
export function inHours(policy: CompiledPolicy, person: Person, at: EpochMs): boolean {
  return isOpenAt(calendarOf(policy, calendarRefOf(policy, person)), at);
}

/** The instant itself if it lies within a person's own hours, else their next opening; leave aside. */
export function opensAt(policy: CompiledPolicy, person: Person, at: EpochMs): EpochMs {
  return nextOpening(calendarOf(policy, calendarRefOf(policy, person)), at);
}

/** Whether a message may reach a person now: within their own hours, or on call around the clock. Leave aside. */
export function isReachable(policy: CompiledPolicy, person: Person, at: EpochMs): boolean {
  return person.onCall || inHours(policy, person, at);
}
