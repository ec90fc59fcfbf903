/**
 * The table behind a calendar: one row per local day with its open windows as instants. A row is computed when it is
 * first asked for, with the time zone database; from then on everything is arithmetic on numbers.
 */
import { Temporal } from 'temporal-polyfill';
import { iso, type EpochMs } from '../time.ts';
import { CalendarError } from './error.ts';
import { DAY_MS, hoursOn, type DayNumber, type Hours, type LocalWindow } from './hours.ts';

/** Open from (inclusive) to (exclusive). */
export interface Window {
  from: EpochMs;
  to: EpochMs;
}

export interface Day {
  number: DayNumber;
  /** First instant of the local date, and first instant of the next one. */
  start: EpochMs;
  end: EpochMs;
  /** In order, none empty, none touching another. */
  windows: readonly Window[];
  /** Sum of the windows, milliseconds. */
  open: number;
}

interface Row extends Day {
  next?: Row;
  nextOpen?: Row;
}

/** How far ahead an opening is looked for (policy book §4: no open hour in the next 366 days). */
const OPENING_WITHIN_DAYS = 366;

export class Days {
  readonly #hours: Hours;
  readonly #rows = new Map<DayNumber, Row>();

  constructor(hours: Hours) {
    this.#hours = hours;
  }

  get timeZone(): string {
    return this.#hours.timeZone;
  }

  /** The local day that holds an instant. */
  at(instant: EpochMs): Row {
    // The day in UTC is at most one off.
    let row = this.#row(Math.floor(instant / DAY_MS));
    while (instant < row.start) row = this.#row(row.number - 1);
    while (instant >= row.end) row = this.after(row);
    return row;
  }

  after(row: Row): Row {
    row.next ??= this.#row(row.number + 1);
    return row.next;
  }

  /**
   * The first later day with an open hour: the next business day.
   * @throws CalendarError if there is none within 366 days
   */
  openAfter(row: Row): Row {
    if (row.nextOpen) return row.nextOpen;
    let next = row;
    for (let i = 0; i < OPENING_WITHIN_DAYS; i++) {
      next = this.after(next);
      if (next.open > 0) return (row.nextOpen = next);
    }
    const message = `the calendar has no open hour in the ${OPENING_WITHIN_DAYS} days after ${iso(row.start)}`;
    throw new CalendarError([{ path: 'weekly', message }]);
  }

  /** The instant of a time on a local date; one that does not exist moves forward by the gap, of two it is the first. */
  instant(day: DayNumber, plainTime: Temporal.PlainTimeLike): EpochMs {
    return dateOf(day).toZonedDateTime({ timeZone: this.timeZone, plainTime }).epochMilliseconds;
  }

  #row(number: DayNumber): Row {
    let row = this.#rows.get(number);
    if (!row) {
      row = this.#compute(number);
      this.#rows.set(number, row);
    }
    return row;
  }

  #compute(number: DayNumber): Row {
    const start = this.#rows.get(number - 1)?.end ?? this.#startOf(number);
    const end = this.#rows.get(number + 1)?.start ?? this.#startOf(number + 1);
    const local = hoursOn(this.#hours, number);
    const windows =
      end - start === DAY_MS
        ? local.map((w) => shifted(w, start))
        : this.#onClockChange(number, start, end, local);
    const merged = merge(windows);
    return { number, start, end, windows: merged, open: merged.reduce((sum, w) => sum + w.to - w.from, 0) };
  }

  /** A day that is not 24 hours long: every edge is looked up. Windows stay within their date. */
  #onClockChange(day: DayNumber, start: EpochMs, end: EpochMs, local: readonly LocalWindow[]): Window[] {
    const edge = (minutes: number): EpochMs => {
      const at =
        minutes * 60_000 === DAY_MS
          ? end
          : this.instant(day, { hour: Math.floor(minutes / 60), minute: minutes % 60 });
      return Math.min(Math.max(at, start), end);
    };
    return local.map(({ from, to }) => ({ from: edge(from), to: edge(to) }));
  }

  #startOf(day: DayNumber): EpochMs {
    return dateOf(day).toZonedDateTime(this.timeZone).epochMilliseconds;
  }
}

/** Sorted, without empty windows, those that overlap or touch made one. */
export function merge(windows: readonly Window[]): Window[] {
  const merged: Window[] = [];
  for (const { from, to } of windows.filter((w) => w.to > w.from).sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function shifted({ from, to }: LocalWindow, start: EpochMs): Window {
  return { from: start + from * 60_000, to: start + to * 60_000 };
}

function dateOf(day: DayNumber): Temporal.PlainDate {
  const utc = new Date(day * DAY_MS);
  return new Temporal.PlainDate(utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate());
}
