/** Weeks, Monday to Sunday, as the home office counts them. */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../time.ts';
import type { Period } from './period.ts';

/**
 * The week that holds an instant, by its ISO name, like `2026-W47`. A week in which the clocks change has an hour more
 * or less.
 */
export function weekOf(at: EpochMs, timeZone: string): Period {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  const start = (date: Temporal.PlainDate): EpochMs => date.toZonedDateTime(timeZone).epochMilliseconds;
  const number = String(monday.weekOfYear).padStart(2, '0');
  return {
    name: `${monday.yearOfWeek}-W${number}`,
    from: start(monday),
    to: start(monday.add({ weeks: 1 })),
  };
}
