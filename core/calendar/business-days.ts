/** Business days: where a target of whole ones ends, and what is left of one. */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../time.ts';
import type { Calendar } from './calendar.ts';
import type { Day } from './days.ts';
import { DAY_MS } from './hours.ts';

/**
 * The same local time of day on another business day. If that time is outside the day's windows, it is the end of the
 * last window before it, since no business time passes until then; if there is none, the day's first opening.
 */
export function sameTimeOn(calendar: Calendar, at: EpochMs, day: Day, other: Day): EpochMs {
  const due = sameLocalTime(calendar, at, day, other);
  let place = other.windows[0]?.from ?? due;
  for (const { from, to } of other.windows) {
    if (from > due) break;
    place = Math.min(due, to);
  }
  return place;
}

function sameLocalTime(calendar: Calendar, at: EpochMs, day: Day, other: Day): EpochMs {
  // Without a clock change on either day the time zone database need not be asked.
  if (day.end - day.start === DAY_MS && other.end - other.start === DAY_MS)
    return other.start + (at - day.start);
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(calendar.timeZone);
  return calendar.days.instant(other.number, local.toPlainTime());
}

/** Business time that is left of the local day that holds an instant, in milliseconds; 0 after its close. */
export function untilClose(calendar: Calendar, at: EpochMs): number {
  const { windows } = calendar.days.at(at);
  return windows.reduce((sum, { from, to }) => sum + Math.max(0, to - Math.max(from, at)), 0);
}
