/**
 * Business time (policy book §4): deadlines, elapsed time, openings, percentages. Windows are half-open, arithmetic is
 * exact elapsed time between instants, and the work is proportional to the days that a span covers, never to minutes.
 */
import type { EpochMs } from '../time.ts';
import type { Calendar } from './calendar.ts';
import { merge, type Day, type Window } from './days.ts';
import { CalendarError } from './error.ts';
import { DAY_MS } from './hours.ts';
import type { Span } from './span.ts';
import { sameTimeOn } from './business-days.ts';

/** Time that does not count, half-open. */
export type PauseSpan = Readonly<Window>;

/** No SLA is longer; a slip of the keyboard must not keep a processor busy. */
const LONGEST_DAYS = 36_525;

/** Whether the calendar is open at an instant; at its closing time it is not. */
export function isOpenAt(calendar: Calendar, at: EpochMs): boolean {
  return calendar.days.at(at).windows.some(({ from, to }) => from <= at && at < to);
}

/**
 * The first open instant at or after `at`: `at` itself when the calendar is open.
 * @throws CalendarError if it does not open within 366 days
 */
export function nextOpening(calendar: Calendar, at: EpochMs): EpochMs {
  let day = calendar.days.at(at);
  for (;;) {
    for (const { from, to } of day.windows) if (to > at) return Math.max(from, at);
    day = calendar.days.openAfter(day);
  }
}

/**
 * The instant at which a span of business time, begun at `start`, is used up.
 *
 * Used up exactly at closing time it is due at the close. Nothing allowed outside hours is due at the next opening.
 * Business days keep the local time of day (see {@link sameTimeOn}). A pause that begins before the deadline moves it
 * by the business time that the pause takes out; one that begins exactly at the deadline or later does not. Pauses may
 * overlap and come in any order.
 * @param span a span, or milliseconds of business time, rounded to whole ones
 * @throws RangeError if the span is negative or a pause ends before it begins; CalendarError if the calendar does not
 *   open within 366 days or the deadline lies beyond a hundred years
 */
export function deadline(
  calendar: Calendar,
  start: EpochMs,
  span: Span | number,
  pauses: readonly PauseSpan[] = [],
): EpochMs {
  let due = withoutPauses(calendar, start, span);
  if (pauses.length === 0) return due;
  for (const pause of mergePauses(pauses)) {
    if (pause.from >= due) break;
    due = addTime(calendar, due, elapsed(calendar, Math.max(pause.from, start), pause.to));
  }
  return due;
}

/**
 * Business milliseconds from `start` to `end` outside pauses; 0 if `end` is not after `start`.
 * @throws RangeError if a pause ends before it begins; CalendarError beyond a hundred years
 */
export function elapsed(
  calendar: Calendar,
  start: EpochMs,
  end: EpochMs,
  pauses: readonly PauseSpan[] = [],
): number {
  if (end <= start) return 0;
  if (end - start > LONGEST_DAYS * DAY_MS) throw tooLong();
  let sum = 0;
  let day = calendar.days.at(start);
  while (day.start < end) {
    if (day.start >= start && day.end <= end) sum += day.open;
    else
      for (const { from, to } of day.windows) sum += Math.max(0, Math.min(to, end) - Math.max(from, start));
    day = calendar.days.after(day);
  }
  if (pauses.length === 0) return sum;
  const paused = mergePauses(pauses).map(({ from, to }) =>
    elapsed(calendar, Math.max(from, start), Math.min(to, end)),
  );
  return paused.reduce((left, part) => left - part, sum);
}

/**
 * The instant at which `percent` of the business time between `start` and the deadline is used up; more than 100 lies
 * beyond the deadline. Rounded to whole milliseconds.
 * @throws RangeError if the percentage is negative, and as {@link deadline}
 */
export function atPercent(
  calendar: Calendar,
  start: EpochMs,
  span: Span | number,
  percent: number,
  pauses: readonly PauseSpan[] = [],
): EpochMs {
  // Business days may end at an opening, which business time alone cannot tell from the close before it.
  if (percent === 100) return deadline(calendar, start, span, pauses);
  if (!(percent >= 0)) throw new RangeError(`${percent} percent of a target is not an instant; 0 or more is`);
  return deadline(calendar, start, (businessMs(calendar, start, span) * percent) / 100, pauses);
}

function businessMs(calendar: Calendar, start: EpochMs, span: Span | number): number {
  if (typeof span === 'number') return span;
  return span.kind === 'time' ? span.ms : elapsed(calendar, start, withoutPauses(calendar, start, span));
}

function withoutPauses(calendar: Calendar, start: EpochMs, span: Span | number): EpochMs {
  if (typeof span === 'object' && span.kind === 'days') return addDays(calendar, start, span.days);
  const ms = Math.round(typeof span === 'number' ? span : span.ms);
  if (!(ms >= 0))
    throw new RangeError(`${ms} ms is not a target: 0 or more is, and a time before the start is not`);
  return ms === 0 ? nextOpening(calendar, start) : addTime(calendar, start, ms);
}

/** The earliest instant at which `ms` have been open since `from`; `from` itself for none. */
function addTime(calendar: Calendar, from: EpochMs, ms: number): EpochMs {
  if (ms === 0) return from;
  if (ms > LONGEST_DAYS * DAY_MS) throw tooLong();
  let left = ms;
  let day: Day = calendar.days.at(from);
  for (let walked = 0; walked < LONGEST_DAYS; walked++) {
    if (left > day.open && day.start >= from) {
      left -= day.open;
    } else {
      for (const window of day.windows) {
        const length = window.to - Math.max(window.from, from);
        if (length >= left) return window.to - length + left;
        if (length > 0) left -= length;
      }
    }
    day = calendar.days.openAfter(day);
  }
  throw tooLong();
}

function addDays(calendar: Calendar, start: EpochMs, n: number): EpochMs {
  if (!Number.isInteger(n) || n < 0)
    throw new RangeError(`${n} business days is not a target: a whole number from 0 on is`);
  if (n > LONGEST_DAYS) throw tooLong();
  const opened = nextOpening(calendar, start);
  const first = calendar.days.at(opened);
  let day = first;
  for (let i = 0; i < n; i++) day = calendar.days.openAfter(day);
  return n === 0 ? opened : sameTimeOn(calendar, opened, first, day);
}

function mergePauses(pauses: readonly PauseSpan[]): PauseSpan[] {
  const wrong = pauses.find(({ from, to }) => !(to >= from));
  if (wrong)
    throw new RangeError(
      `a pause from ${wrong.from} to ${wrong.to} ends before it begins; its end must be later`,
    );
  return merge(pauses);
}

function tooLong(): CalendarError {
  return new CalendarError([
    { path: 'target', message: 'more than a hundred years; a target or stretch must be shorter' },
  ]);
}
