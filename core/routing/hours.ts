/** A person's own working hours (policy book §4: no reminder outside the recipient's own hours). */
import { calendarOf, isOpenAt, nextOpening } from '../calendar/index.ts';
import type { CalendarRef } from '../model/clock.ts';
import type { Person } from '../model/person.ts';
import type { CompiledPolicy, CountryZones } from '../policy/compiled.ts';
import type { EpochMs } from '../time.ts';

const countries = new WeakMap<CompiledPolicy, Map<string, string>>();

/**
 * Countries by zone. Where several have one zone, the policy's home country wins, then a country whose own zone it is
 * over one of which only a region has it.
 */
function countryByZone(policy: CompiledPolicy): Map<string, string> {
  const known = countries.get(policy);
  if (known) return known;
  const all = Object.entries(policy.zones);
  const home = all.filter(([country]) => country === policy.home.country);
  // The last one to write a zone wins.
  const found = new Map<string, string>([
    ...all.flatMap(regionsOf),
    ...all.map(([country, { timeZone }]): [string, string] => [timeZone, country]),
    ...home.flatMap(regionsOf),
    ...home.map(([country, { timeZone }]): [string, string] => [timeZone, country]),
  ]);
  countries.set(policy, found);
  return found;
}

function regionsOf([country, zones]: [string, CountryZones]): [string, string][] {
  return Object.values(zones.regions).map((timeZone) => [timeZone, country]);
}

/** The calendar on which a person works: their row of the policy, in their zone, with the holidays of its country. */
export function calendarRefOf(policy: CompiledPolicy, person: Person): CalendarRef {
  const row = policy.calendars.find(({ id }) => id === person.calendar);
  const holidays = row?.publicHolidays === 'region' ? countryByZone(policy).get(person.timeZone) : null;
  return { id: person.calendar, timeZone: person.timeZone, holidays: holidays ?? null };
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
