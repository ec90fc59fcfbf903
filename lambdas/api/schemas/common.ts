/** The small parts of which requests and answers are made. Messages say what would be right. */
import { z } from 'zod';
import { spanSchema } from '../../../core/policy/schema/basics.ts';
import { epochMs, iso } from '../../../core/time.ts';

// eslint-disable-next-line no-control-regex -- control characters are what it looks for: headers and logs break on them
const NO_CONTROLS = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/u;
/** The same with something to see in it, for readers of the API's description. */
const ONE_LINE = String.raw`^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$`;
/** A day of the years 2000 to 2099 as they are written, a time with seconds and up to nine decimals, and an offset. */
const INSTANT =
  /^20(?:(?:[02468][048]|[13579][26])-02-29|\d\d-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])))T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
/** Up to 366 days, 8,784 hours, 9,999 minutes and seconds. */
const BOUNDED =
  /^P(?=.*[1-9])0*(?:\d{1,2}D|[12]\d\dD|3[0-5]\dD|36[0-6]D|T(?:(?:\d{1,3}|[1-7]\d{3}|8[0-6]\d\d|87[0-7]\d|878[0-4])H)?(?:\d{1,4}M)?(?:\d{1,4}S)?)$/;

/** One line of text, trimmed, of 1 to `max` characters, without control characters. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .refine((text) => charactersOf(text, max) <= max, `must have at most ${max} characters`)
    .refine(
      (text) => NO_CONTROLS.test(text) && text.isWellFormed(),
      'must be one line of text without control characters',
    )
    .min(1)
    .meta({ maxLength: max, pattern: ONE_LINE });
}

/** Rounds to so many decimals: a number with more of them may be smaller than any that the tables can hold. */
export function toDecimals(decimals: number): (value: number) => number {
  return (value) => Number(value.toFixed(decimals)) + 0;
}

/** An instant with an offset or `Z`; becomes the stored form (UTC, milliseconds). */
export const instantSchema = z
  .string()
  .regex(INSTANT, { abort: true, error: ({ input }) => instantFault(String(input)) })
  .meta({ format: 'date-time' })
  .transform((text) => iso(epochMs(text)));

/** An instant in an answer: UTC with milliseconds. */
export const isoSchema = z.iso.datetime();

export const emailSchema = z
  .string()
  .trim()
  .max(254)
  // No server takes more than 64 characters before the @.
  .check(z.email({ abort: true, error: 'must be an e-mail address like ada@example.com' }))
  .regex(/^[^@]{0,64}@/, 'must have at most 64 characters before the @');

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
export const durationSchema = spanSchema.regex(BOUNDED, 'must be longer than zero and at most 366 days');

export const leadIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,75}$/, 'must be the leadId that POST /leads answered: letters, digits, _ and -');

/** Of an opportunity or a meeting: the id of its lead and a little more. */
export const pipelineIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,90}$/, 'must be an id that the API has answered: letters, digits, _ and -');

export const ticketIdSchema = z
  .string()
  .regex(/^ticket-[0-9a-f]{24}$/, 'must be the ticketId that POST /tickets answered');

/** What another system, or the policy, calls something: it goes on the bus and into keys, and is no text. */
export const idSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/,
    'must be 1 to 64 letters, digits, _ . : - and start with a letter or digit',
  );

/** A month of the calendar. */
export const monthSchema = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, 'must be a month like 2026-11');

export const suppressionIdSchema = z
  .string()
  .regex(
    /^(person|domain|company)-[0-9a-f]{32}-[a-z0-9_.-]{1,64}$/,
    'must be the suppressionId that POST /suppressions answered',
  );

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

/** What is wrong with a text that is no instant of this century. */
function instantFault(text: string): string {
  if (!z.iso.datetime({ offset: true }).safeParse(text).success) {
    return 'must be an instant with an offset, like 2026-11-20T15:04:05Z';
  }
  return text.startsWith('20')
    ? 'must have at most nine decimals of a second'
    : 'must lie between the years 2000 and 2099';
}

/** Characters of a text as JSON Schema counts them; a text far too long is not counted to its end. */
function charactersOf(text: string, max: number): number {
  return text.length <= max || text.length > 2 * max ? text.length : Array.from(text).length;
}
