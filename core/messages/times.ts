/** Instants and spans in words. */
import type { EpochMs } from '../time.ts';

/**
 * English-speaking places whose readers know the short names of their part of the world: en-US says `EST` but
 * `GMT+1`, en-GB says `CET` but `GMT-5`.
 */
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA'];
const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(locale: string, timeZone: string, at: EpochMs): Map<string, string> {
  const key = `${locale} ${timeZone}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
    formats.set(key, format);
  }
  return new Map(format.formatToParts(at).map((part) => [part.type, part.value]));
}

function zoneName(timeZone: string, at: EpochMs): string {
  const names = LOCALES.map((locale) => partsIn(locale, timeZone, at).get('timeZoneName') ?? timeZone);
  return names.find((name) => /^[A-Z]{3,5}$/.test(name)) ?? names[0] ?? timeZone;
}

/**
 * An instant in a zone, e.g. `Fri 20 Nov 2026, 10:09 EST`; with seconds where they are not zero. A zone that is none
 * is taken for UTC, since a message that is late by a wrong name is worse than one in UTC.
 */
export function instantWords(at: EpochMs, timeZone: string): string {
  let zone = timeZone;
  try {
    partsIn('en-US', zone, at);
  } catch {
    zone = 'UTC';
  }
  const part = partsIn('en-US', zone, at);
  const get = (type: string): string => part.get(type) ?? '';
  const seconds = get('second') === '00' ? '' : `:${get('second')}`;
  const day = `${get('weekday')} ${get('day')} ${get('month')} ${get('year')}`;
  return `${day}, ${get('hour')}:${get('minute')}${seconds} ${zoneName(zone, at)}`;
}

/** A length of time, in milliseconds, in its two largest units: `2 min 30 s`, `3 h 5 min`; less than a second is `0 s`. */
export function lengthWords(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const units = hours > 0 ? [`${hours} h`, `${minutes} min`] : [`${minutes} min`, `${rest} s`];
  const said = units.filter((unit) => !unit.startsWith('0 '));
  return said.length === 0 ? '0 s' : said.join(' ');
}
