/** The small parts of which requests and answers are made. Messages say what would be right. */
import { z } from 'zod';
import { spanSchema } from '../../../core/policy/schema/basics.ts';
import { epochMs, iso } from '../../../core/time.ts';

// eslint-disable-next-line no-control-regex -- control characters are what it looks for: headers and logs break on them
const NO_CONTROLS = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/u;
const EARLIEST = epochMs('2000-01-01T00:00:00Z');
const LATEST = epochMs('2100-01-01T00:00:00Z');

/** One line of text, trimmed, of 1 to `max` characters, without control characters. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(
      (text) => NO_CONTROLS.test(text) && text.isWellFormed(),
      'must be one line of text without control characters',
    );
}

/** An instant with an offset or `Z`; becomes the stored form (UTC, milliseconds). */
export const instantSchema = z.iso
  .datetime({
    offset: true,
    abort: true,
    error: 'must be an instant with an offset, like 2026-11-20T15:04:05Z',
  })
  .refine(
    (text) => epochMs(text) >= EARLIEST && epochMs(text) < LATEST,
    'must lie between the years 2000 and 2099',
  )
  .transform((text) => iso(epochMs(text)));

/** An instant in an answer: UTC with milliseconds. */
export const isoSchema = z.iso.datetime();

export const emailSchema = z
  .string()
  .trim()
  .max(254)
  .check(z.email('must be an e-mail address like ada@example.com'));

/** ISO 3166-1 alpha-2, made upper case. */
export const countrySchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z]{2}$/, 'must be a country code of two letters, like US')
  .toUpperCase();

/** A name of the time zone database that this runtime knows. */
export const timeZoneSchema = z
  .string()
  .trim()
  .max(64)
  .refine(isTimeZone, 'must be a time zone of the IANA database, like America/New_York');

/** A positive span of business time, bounded so that a deadline stays within the compiled holidays. */
export const durationSchema = spanSchema
  .max(12)
  .refine((span) => /[1-9]/.test(span), 'must be longer than zero')
  .refine((span) => daysOf(span) <= 366, 'must be at most 366 days');

export const leadIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,75}$/, 'must be the leadId that POST /leads answered: letters, digits, _ and -');

/** `prospect`, `system` and the like name other recipients and authors, so nobody may be called that. */
export const personIdSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}$/,
    'must be 1 to 64 letters, digits, _ . @ - and start with a letter or digit',
  )
  .refine(
    (id) => !['prospect', 'system'].includes(id),
    'must not be one of the reserved words prospect, system',
  );

/** Whether the runtime's zone data knows the name; offsets like `+02:00` are no zones. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Days (of 24 hours) that a span names at most. */
function daysOf(span: string): number {
  const parts = /^P(?:(\d+)D|T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)$/.exec(span);
  const [days, hours, minutes, seconds] = (parts ?? []).slice(1).map((digits) => Number(digits || 0));
  return (days ?? 0) + (hours ?? 0) / 24 + (minutes ?? 0) / 1440 + (seconds ?? 0) / 86_400;
}
