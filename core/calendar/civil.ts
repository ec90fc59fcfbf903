/** Stretches of the civil calendar, weekends and holidays included: `P90D`, `P6M`. */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../time.ts';

/**
 * The same local time so many days or months later. A day that a month does not have is its last one; a local time
 * that a change of the clocks leaves out is the one after the change.
 * @param span as the policy writes it, `P90D` or `P6M`
 * @param timeZone whose days and months are counted
 * @throws RangeError if it is not a span
 */
export function plusCivil(at: EpochMs, span: string, timeZone: string): EpochMs {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return zoned.add(Temporal.Duration.from(span)).epochMilliseconds;
}
