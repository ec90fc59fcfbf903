/** Calendars and instants for the tests of business time. */
import { compileCalendar, type Calendar } from '../../../core/calendar/index.ts';
import type { WholeCalendar } from '../../../core/policy/schema/calendars.ts';
import { epochMs, type EpochMs } from '../../../core/time.ts';

export type Windows = [string, string][];

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export function weekdays(
  timeZone: string,
  windows: Windows,
  more: Partial<WholeCalendar> = {},
): WholeCalendar {
  const weekly = { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows };
  return { timeZone, weekly, holidays: [], overrides: {}, ...more };
}

export function everyDay(
  timeZone: string,
  windows: Windows,
  more: Partial<WholeCalendar> = {},
): WholeCalendar {
  const calendar = weekdays(timeZone, windows, more);
  return { ...calendar, weekly: { ...calendar.weekly, sat: windows, sun: windows } };
}

/** The policy book's hours: Monday to Friday 08:00 to 18:00. */
export const officeHours: Windows = [['08:00', '18:00']];
export const withLunch: Windows = [
  ['08:00', '12:00'],
  ['13:00', '18:00'],
];
export const allDay: Windows = [['00:00', '24:00']];

export function office(timeZone = 'America/New_York', more: Partial<WholeCalendar> = {}): Calendar {
  return compileCalendar(weekdays(timeZone, officeHours, more));
}

/** The instant of a text with an offset. */
export function at(text: string): EpochMs {
  return epochMs(text);
}
