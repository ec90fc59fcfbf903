/** Spans of business time: `PT5M`, `PT24H` are time on a calendar, `P14D` is fourteen business days. */

export type Span = { kind: 'time'; ms: number } | { kind: 'days'; days: number };

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const TIME = /^PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?$/;
const DAYS = /^P(\d+)D$/;

/**
 * Reads a span. Hours, minutes and seconds may be combined (`PT1H30M`); days stand alone, because a business day has
 * no fixed length.
 * @throws RangeError that names the text and says what is right
 */
export function parseSpan(text: string): Span {
  const days = DAYS.exec(text);
  if (days) return { kind: 'days', days: Number(days[1]) };
  const time = TIME.exec(text);
  if (time) {
    const [hours = 0, minutes = 0, seconds = 0] = time.slice(1).map((part) => Number(part || 0));
    return { kind: 'time', ms: hours * HOUR_MS + minutes * MINUTE_MS + Math.round(seconds * SECOND_MS) };
  }
  throw new RangeError(
    `"${text}" is not a span: write time as PT5M, PT1H30M or PT24H, business days as P14D, not negative`,
  );
}

/**
 * Wall-clock milliseconds of a span, for the few rules that do not count business time; a day is 24 hours.
 * @throws RangeError as {@link parseSpan}
 */
export function wallMs(text: string): number {
  const span = parseSpan(text);
  return span.kind === 'time' ? span.ms : span.days * DAY_MS;
}

/** ISO 8601 text of milliseconds (rounded to whole ones) in hours and less: `PT1H30M`, `PT36H`, `PT0S`, `-PT5M`. */
export function formatSpan(ms: number): string {
  const total = Math.abs(Math.round(ms));
  const [hours, minutes] = [Math.floor(total / HOUR_MS), Math.floor((total % HOUR_MS) / MINUTE_MS)];
  const seconds = (total % MINUTE_MS) / SECOND_MS;
  const parts = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`;
  return `${ms < 0 && total > 0 ? '-' : ''}PT${parts === '' ? '0S' : parts}`;
}

/**
 * A span in words, in the units in which it was written: `5 business minutes`, `1 business hour 30 minutes`,
 * `14 business days`.
 * @throws RangeError as {@link parseSpan}
 */
export function describeSpan(text: string): string {
  const span = parseSpan(text);
  if (span.kind === 'days') return counted(span.days, 'business day');
  const [hours = 0, minutes = 0, seconds = 0] = (TIME.exec(text) ?? [])
    .slice(1)
    .map((part) => Number(part || 0));
  const parts = [counted(hours, 'hour'), counted(minutes, 'minute'), counted(seconds, 'second')];
  const said = parts.filter((part) => !part.startsWith('0 '));
  return (said.length > 0 ? said : ['0 minutes']).join(' ').replace(' ', ' business ');
}

function counted(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}
