/**
 * Business time by looking at every minute's wall clock: slow, and made of nothing that the product uses but the zone
 * database. It knows no edge inside a gap or an hour that comes twice; those have tests of their own.
 */
import { Temporal } from 'temporal-polyfill';
import type { WholeCalendar } from '../../../core/policy/schema/calendars.ts';
import { WEEKDAYS } from '../../../core/policy/schema/calendars.ts';
import type { EpochMs } from '../../../core/time.ts';
import { MINUTE } from './calendars.ts';

/** A stretch of minutes with what a clock on the wall shows in each. */
export interface Stretch {
  timeZone: string;
  from: EpochMs;
  wall: { date: string; weekday: (typeof WEEKDAYS)[number]; time: string }[];
}

export function stretch(timeZone: string, from: EpochMs, minutes: number): Stretch {
  const wall = Array.from({ length: minutes }, (_, i) => {
    const local = Temporal.Instant.fromEpochMilliseconds(from + i * MINUTE).toZonedDateTimeISO(timeZone);
    const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
    return { date: local.toPlainDate().toString(), weekday: WEEKDAYS[local.dayOfWeek - 1]!, time };
  });
  return { timeZone, from, wall };
}

/** Whether each minute counts. */
export function openMinutes({ wall }: Stretch, calendar: Omit<WholeCalendar, 'timeZone'>): boolean[] {
  return wall.map(({ date, weekday, time }) => {
    const usual = calendar.holidays.includes(date) ? [] : (calendar.weekly[weekday] ?? []);
    return (calendar.overrides[date] ?? usual).some(([from, to]) => from <= time && time < to);
  });
}

/** The minute at whose beginning `target` minutes have counted since `start`; undefined if the stretch is too short. */
export function deadlineMinute(counts: boolean[], start: number, target: number): number | undefined {
  let left = target;
  for (let minute = start; minute < counts.length; minute++) {
    if (counts[minute] && --left <= 0) return target === 0 ? minute : minute + 1;
  }
  return undefined;
}
