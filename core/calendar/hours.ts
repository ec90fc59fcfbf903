/** From a calendar as people write it to opening hours by day number, checked. */
import { Temporal } from 'temporal-polyfill';
import { WEEKDAYS, type WholeCalendar } from '../policy/schema/calendars.ts';
import { CalendarError, type CalendarProblem } from './error.ts';

/** Open from (inclusive) to (exclusive), in minutes of the local day; 1440 is midnight at its end. */
export interface LocalWindow {
  from: number;
  to: number;
}

/** Days since 1970-01-01 of a local date, whatever the zone. */
export type DayNumber = number;

export interface Hours {
  timeZone: string;
  /** Monday first. */
  weekly: readonly (readonly LocalWindow[])[];
  holidays: ReadonlySet<DayNumber>;
  overrides: ReadonlyMap<DayNumber, readonly LocalWindow[]>;
}

export const DAY_MS = 86_400_000;
const TIME_OF_DAY = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const ZONE = /^(?:[A-Za-z][\w+/-]*|[+-]\d{2}:\d{2})$/;

/**
 * Checks a calendar and turns its texts into numbers.
 * @throws CalendarError that lists every problem: unknown zone, bad time or date, a window that ends before it begins,
 *   overlapping windows, no open hour at all
 */
export function readHours(whole: WholeCalendar): Hours {
  const problems: CalendarProblem[] = [];
  checkZone(whole.timeZone, problems);
  const weekly = WEEKDAYS.map((day) => readWindows(whole.weekly[day] ?? [], `weekly.${day}`, problems));
  const holidays = whole.holidays.map((date, i) => readDate(date, `holidays[${i}]`, problems));
  const overrides = Object.entries(whole.overrides).map(([date, windows]) => {
    const path = `overrides.${date}`;
    return [readDate(date, path, problems), readWindows(windows, path, problems)] as const;
  });
  const everOpen = weekly.some((day) => day.length > 0) || overrides.some(([, day]) => day.length > 0);
  if (!everOpen && problems.length === 0) {
    problems.push({
      path: 'weekly',
      message: 'the calendar never opens; give at least one day a window like ["08:00","18:00"]',
    });
  }
  if (problems.length > 0) throw new CalendarError(problems);
  return { timeZone: whole.timeZone, weekly, holidays: new Set(holidays), overrides: new Map(overrides) };
}

/** The hours of one day: an override wins over a holiday, a holiday over the weekly hours. */
export function hoursOn(hours: Hours, day: DayNumber): readonly LocalWindow[] {
  // Day 0, 1970-01-01, was a Thursday: the fourth day of a week that starts on Monday.
  const weekday = (((day + 3) % 7) + 7) % 7;
  return hours.overrides.get(day) ?? (hours.holidays.has(day) ? [] : (hours.weekly[weekday] ?? []));
}

function checkZone(timeZone: string, problems: CalendarProblem[]): void {
  try {
    if (!ZONE.test(timeZone)) throw new RangeError();
    new Temporal.PlainDate(1970, 1, 1).toZonedDateTime(timeZone);
  } catch {
    problems.push({
      path: 'timeZone',
      message: `"${timeZone}" is not a time zone; use an IANA name like Europe/Berlin`,
    });
  }
}

function readDate(text: string, path: string, problems: CalendarProblem[]): DayNumber {
  try {
    if (!DATE.test(text)) throw new RangeError();
    const { year, month, day } = Temporal.PlainDate.from(text);
    return Date.UTC(year, month - 1, day) / DAY_MS;
  } catch {
    problems.push({ path, message: `"${text}" is not a date; write it like 2026-12-24` });
    return 0;
  }
}

function readWindows(
  windows: readonly (readonly [string, string])[],
  path: string,
  problems: CalendarProblem[],
): LocalWindow[] {
  const before = problems.length;
  const read = windows.map(([from, to], i) => readWindow(from, to, `${path}[${i}]`, problems));
  if (problems.length > before) return [];
  read.sort((a, b) => a.from - b.from);
  for (const [i, window] of read.entries()) {
    const previous = read[i - 1];
    if (!previous || previous.to <= window.from) continue;
    const message = `${clock(previous)} and ${clock(window)} overlap; each must begin when the one before has ended`;
    problems.push({ path, message });
  }
  return read;
}

function readWindow(from: string, to: string, path: string, problems: CalendarProblem[]): LocalWindow {
  const window = { from: minutes(from), to: minutes(to) };
  for (const [i, text] of [from, to].entries()) {
    if (Number.isNaN(minutes(text))) {
      problems.push({
        path: `${path}[${i}]`,
        message: `"${text}" is not a time of day; write 00:00 to 24:00, like 08:00`,
      });
    }
  }
  if (window.to <= window.from) {
    const message =
      `${clock(window)} does not end after it begins; the end must be later than the start, ` +
      'and hours over midnight are two windows: until 24:00, and from 00:00 on the next day';
    problems.push({ path, message });
  }
  return window;
}

function minutes(text: string): number {
  const match = TIME_OF_DAY.exec(text);
  if (!match) return Number.NaN;
  return match[1] === undefined ? DAY_MS / 60_000 : Number(match[1]) * 60 + Number(match[2]);
}

function clock({ from, to }: LocalWindow): string {
  const text = (at: number): string =>
    `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  return `${text(from)} to ${text(to)}`;
}
