/** Deadlines in words, for whoever disputes one (design, principle 7). */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../time.ts';
import { deadline, elapsed, nextOpening, type PauseSpan } from './business-time.ts';
import type { Calendar } from './calendar.ts';
import { DAY_MS } from './hours.ts';
import { describeSpan, formatSpan, type Span } from './span.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** An instant on the calendar's own wall clock: `Mon 2026-11-23 08:00`, with seconds only if there are any. */
export function localText(calendar: Calendar, at: EpochMs): string {
  const local = new Date(at + offsetAt(calendar, at));
  const text = local.toISOString();
  const time = text.slice(11, -1).replace(/(:00)?\.000$/, '');
  return `${WEEKDAYS[local.getUTCDay()] ?? ''} ${text.slice(0, 10)} ${time}`;
}

/** How far the wall clock is ahead of UTC, milliseconds. Only on days of a clock change is the database asked. */
function offsetAt(calendar: Calendar, at: EpochMs): number {
  const day = calendar.days.at(at);
  if (day.end - day.start === DAY_MS) return day.number * DAY_MS - day.start;
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(calendar.timeZone);
  return zoned.offsetNanoseconds / 1_000_000;
}

/**
 * Why a deadline is where it is, in at most three plain sentences.
 * @throws as {@link deadline}
 */
export function explainDeadline(
  calendar: Calendar,
  start: EpochMs,
  span: Span,
  pauses: readonly PauseSpan[] = [],
): string {
  const due = deadline(calendar, start, span, pauses);
  const opened = nextOpening(calendar, start);
  const begin =
    opened === start
      ? localText(calendar, start)
      : `${localText(calendar, opened)}, the next opening after ${localText(calendar, start)}`;
  const said = describeSpan(span.kind === 'days' ? `P${span.days}D` : formatSpan(span.ms));
  const paused = elapsed(calendar, start, due) - elapsed(calendar, start, due, pauses);
  const pause = paused > 0 ? ` Pauses took out ${describeSpan(formatSpan(paused))}.` : '';
  return `${said} from ${begin}. Used up on ${localText(calendar, due)} (${calendar.timeZone}).${pause}`;
}
