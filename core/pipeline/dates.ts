/** Civil dates of opportunities, in the zone of the company's home: close dates, quarters, the dates of next steps. */
import { Temporal } from 'temporal-polyfill';
import type { CivilDate } from '../model/pipeline.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso } from '../time.ts';

/** The civil date of an instant. */
export function dateAt(at: EpochMs, timeZone: string): CivilDate {
  return zoned(at, timeZone).toPlainDate().toString();
}

/** The date so many civil days or months after that of an instant. */
export function datePlus(at: EpochMs, span: string, timeZone: string): CivilDate {
  return zoned(at, timeZone).toPlainDate().add(Temporal.Duration.from(span)).toString();
}

/** The quarter of an instant, `2026-Q4`. */
export function quarterAt(at: EpochMs, timeZone: string): string {
  const { year, month } = zoned(at, timeZone);
  return `${year}-Q${Math.ceil(month / 3)}`;
}

/** The instant at which a date is over. */
export function endOf(date: CivilDate, timeZone: string): Iso {
  const next = Temporal.PlainDate.from(date).add({ days: 1 });
  return iso(next.toZonedDateTime(timeZone).epochMilliseconds);
}

/** Whether a text is a date of the civil calendar, `2026-12-31`. */
export function isDate(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

function zoned(at: EpochMs, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}
