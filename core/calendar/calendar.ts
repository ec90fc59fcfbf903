/** Calendars ready to be computed with: from a whole one, or from a row of the policy. */
import type { CalendarRef } from '../model/clock.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { WholeCalendar } from '../policy/schema/calendars.ts';
import type { EpochMs } from '../time.ts';
import { Days } from './days.ts';
import { CalendarError } from './error.ts';
import { readHours } from './hours.ts';

/** Opaque: made by {@link compileCalendar} or {@link calendarOf}, asked by the functions of this folder. */
export interface Calendar {
  readonly timeZone: string;
  readonly days: Days;
}

/**
 * Checks a calendar and makes it ready.
 * @param asOf if given, the calendar must also open within 366 days of it (policy book §4)
 * @throws CalendarError that lists every problem with its path, its value and what would be right
 */
export function compileCalendar(whole: WholeCalendar, asOf?: EpochMs): Calendar {
  const days = new Days(readHours(whole));
  if (asOf !== undefined) {
    const today = days.at(asOf);
    if (!today.windows.some(({ to }) => to > asOf)) days.openAfter(today);
  }
  return { timeZone: whole.timeZone, days };
}

const known = new WeakMap<CompiledPolicy, Map<string, Calendar>>();

/**
 * The calendar of a clock: the hours of the policy's row in the zone of the reference, closed on the row's own
 * holidays and, if the row observes public ones, on those of the reference. A region without a list of its own takes
 * its country's; a country for which the policy compiles none has none.
 * @throws CalendarError if the policy has no such row, or the calendar is not sound
 */
export function calendarOf(policy: CompiledPolicy, ref: CalendarRef): Calendar {
  const key = `${ref.id} ${ref.timeZone} ${ref.holidays ?? ''}`;
  let calendars = known.get(policy);
  if (!calendars) known.set(policy, (calendars = new Map<string, Calendar>()));
  let calendar = calendars.get(key);
  if (!calendar) calendars.set(key, (calendar = compileCalendar(wholeCalendar(policy, ref))));
  return calendar;
}

function wholeCalendar(policy: CompiledPolicy, ref: CalendarRef): WholeCalendar {
  const row = policy.calendars.find(({ id }) => id === ref.id);
  if (!row) {
    const rows = policy.calendars.map(({ id }) => id).join(', ');
    throw new CalendarError([
      { path: 'calendar', message: `the policy has no calendar "${ref.id}"; it has ${rows}` },
    ]);
  }
  const observed = row.publicHolidays === 'region' ? publicHolidays(policy, ref.holidays) : [];
  return {
    timeZone: ref.timeZone,
    weekly: row.weekly,
    holidays: [...observed, ...row.ownHolidays],
    overrides: row.overrides,
  };
}

function publicHolidays(policy: CompiledPolicy, key: string | null): string[] {
  if (key === null) return [];
  const country = key.split('-')[0] ?? key;
  return policy.publicHolidays[key] ?? policy.publicHolidays[country] ?? [];
}
