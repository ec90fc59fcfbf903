/** Instants of an export: with an offset, as local time of a zone, or as a bare date that is spread over the day. */
import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../../core/time.ts';
import type { TimeSpec } from './mapping.ts';
import { hashed } from './stand-ins.ts';

const DATE = /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})/;
const TIME = /^[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(AM|PM)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const ORDERS = { ymd: [1, 2, 3], mdy: [3, 1, 2], dmy: [3, 2, 1] } as const;

/**
 * The instant that a cell names.
 * A local time that the zone skips moves forward by the gap, an ambiguous one is the first (policy book §4).
 * @param id of the record: it fixes the time of a bare date
 * @returns milliseconds since the epoch, or in words why there is none
 */
export function instantOf(text: string, spec: TimeSpec, id: string): EpochMs | string {
  const date = DATE.exec(text);
  if (date === null) return `"${text}" is no date`;
  const rest = text.slice(date[0].length);
  try {
    const day = dayOf(date, spec.order);
    if (rest === '')
      return spreadOver(day, spec, id) ?? `"${text}" has no time, and the mapping gives no spread`;
    const time = TIME.exec(rest);
    if (time === null) return `"${text}" is no instant`;
    const local = day.toPlainDateTime(timeOf(time));
    const offset = time[6]?.toUpperCase();
    return local.toZonedDateTime(zoneOf(offset, spec.zone)).epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return `"${text}" is no date of the calendar`;
    throw error;
  }
}

function dayOf(date: RegExpExecArray, order: TimeSpec['order']): Temporal.PlainDate {
  const [year, month, day] = ORDERS[order].map((group) => Number(date[group]));
  // Two digits of a year could be any century, so they are refused.
  if (year === undefined || year < 1000) throw new RangeError('no year');
  return Temporal.PlainDate.from({ year, month: month ?? 0, day: day ?? 0 }, { overflow: 'reject' });
}

function timeOf(time: RegExpExecArray): Temporal.PlainTime {
  const half = time[5]?.toUpperCase();
  const hour = Number(time[1]);
  if (half !== undefined && (hour < 1 || hour > 12)) throw new RangeError('no hour of half a day');
  const wholeHour = half === undefined ? hour : (hour % 12) + (half === 'PM' ? 12 : 0);
  const millisecond = Number((time[4] ?? '').padEnd(3, '0').slice(0, 3));
  const parts = { hour: wholeHour, minute: Number(time[2]), second: Number(time[3] ?? 0), millisecond };
  return Temporal.PlainTime.from(parts, { overflow: 'reject' });
}

function zoneOf(offset: string | undefined, zone: string): string {
  if (offset === undefined) return zone;
  if (offset === 'Z') return 'UTC';
  return offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
}

/** A second of the day within the spread, fixed by the id. */
function spreadOver(day: Temporal.PlainDate, spec: TimeSpec, id: string): EpochMs | undefined {
  if (spec.spread === undefined) return undefined;
  const [from, to] = spec.spread.map(secondsOf);
  if (from === undefined || to === undefined) return undefined;
  const second = from + hashed(id, 'time of day', to - from);
  const local = day.toPlainDateTime().add({ seconds: second });
  return local.toZonedDateTime(spec.zone).epochMilliseconds;
}

function secondsOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60;
}
