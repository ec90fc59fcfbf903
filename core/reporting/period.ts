/** Months and quarters of the calendar, as the home office counts them. */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../time.ts';

/** Half-open: from the first instant of its first day to the first instant of the day after its last. */
export interface Period {
  /** `2026-11` or `2026-Q3`. */
  name: string;
  from: EpochMs;
  to: EpochMs;
}

export function contains({ from, to }: Period, at: EpochMs): boolean {
  return from <= at && at < to;
}

/**
 * A month by its name, like `2026-11`.
 * @throws RangeError if it is none
 */
export function monthNamed(name: string, timeZone: string): Period {
  if (!/^\d{4}-\d{2}$/.test(name)) throw new RangeError(`"${name}" is not a month; write it like 2026-11`);
  try {
    return periodOf(name, Temporal.PlainYearMonth.from(name), 1, timeZone);
  } catch (cause) {
    throw new RangeError(`"${name}" is not a month; write it like 2026-11`, { cause });
  }
}

/** The month that holds an instant. */
export function monthOf(at: EpochMs, timeZone: string): Period {
  return monthNamed(localMonth(at, timeZone).toString(), timeZone);
}

/** The quarter that holds an instant. */
export function quarterOf(at: EpochMs, timeZone: string): Period {
  return quarterFrom(firstOfQuarter(at, timeZone), timeZone);
}

/** The last quarter that was over at an instant. */
export function lastFullQuarter(at: EpochMs, timeZone: string): Period {
  return quarterFrom(firstOfQuarter(at, timeZone).subtract({ months: 3 }), timeZone);
}

function firstOfQuarter(at: EpochMs, timeZone: string): Temporal.PlainYearMonth {
  const month = localMonth(at, timeZone);
  return month.subtract({ months: (month.month - 1) % 3 });
}

function quarterFrom(first: Temporal.PlainYearMonth, timeZone: string): Period {
  return periodOf(`${first.year}-Q${Math.ceil(first.month / 3)}`, first, 3, timeZone);
}

function localMonth(at: EpochMs, timeZone: string): Temporal.PlainYearMonth {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toPlainYearMonth();
}

function periodOf(name: string, first: Temporal.PlainYearMonth, months: number, timeZone: string): Period {
  const start = (month: Temporal.PlainYearMonth): EpochMs =>
    month.toPlainDate({ day: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  return { name, from: start(first), to: start(first.add({ months })) };
}
