/**
 * Instants and durations.
 *
 * Inside `core/` an instant is a number of milliseconds since the epoch; in stored items, events and answers it is
 * an ISO 8601 text in UTC with exactly three decimals, so that texts sort like the instants they name.
 */
import { Temporal } from 'temporal-polyfill';

/** An instant as ISO 8601 text in UTC, e.g. `2026-11-20T15:04:05.000Z`. */
export type Iso = string;
/** An instant as milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/** ISO 8601 text of an instant, always UTC with milliseconds. */
export function iso(at: EpochMs): Iso {
  return new Date(at).toISOString();
}

/**
 * Milliseconds of an ISO 8601 text that carries an offset or `Z`.
 * @throws RangeError if the text is not an instant
 */
export function epochMs(text: string): EpochMs {
  return Temporal.Instant.from(text).epochMilliseconds;
}

/** Milliseconds of a text written by {@link iso}: the quick way for our own stored instants. */
export function storedMs(text: Iso): EpochMs {
  return Date.parse(text);
}

/** The first whole second at or after an instant: Step Functions cuts the milliseconds off a wait's timestamp. */
export function wholeSecond(at: EpochMs): EpochMs {
  return Math.ceil(at / 1000) * 1000;
}
