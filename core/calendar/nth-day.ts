/** Business days by their number: what is due "on day 3" (policy book §9). */
import type { EpochMs } from '../time.ts';
import { nextOpening } from './business-time.ts';
import type { Calendar } from './calendar.ts';

interface BusinessDay {
  /** First instant of the local date. */
  starts: EpochMs;
  opens: EpochMs;
  closes: EpochMs;
}

/**
 * The n-th business day from an instant on: 1 is the day of the instant, or of the next opening after it.
 * @throws RangeError if `n` is not a whole number from 1 on; CalendarError if the calendar does not open within 366 days
 */
export function businessDay(calendar: Calendar, from: EpochMs, n: number): BusinessDay {
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`${n} is no business day; a whole number from 1 on is`);
  const first = nextOpening(calendar, from);
  let day = calendar.days.at(first);
  for (let i = 1; i < n; i++) day = calendar.days.openAfter(day);
  const opens = day.windows[0]?.from ?? day.start;
  return { starts: day.start, opens, closes: day.windows.at(-1)?.to ?? opens };
}

/** How many business days the local date of `to` lies after the business day of `from`; 0 on the same day or before it. */
export function businessDaysBetween(calendar: Calendar, from: EpochMs, to: EpochMs): number {
  const last = calendar.days.at(to).number;
  let day = calendar.days.at(nextOpening(calendar, from));
  for (let n = 0; ; n++) {
    day = calendar.days.openAfter(day);
    if (day.number > last) return n;
  }
}
