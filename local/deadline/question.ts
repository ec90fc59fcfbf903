/** The three questions of `npm run deadline`, as they come in. */
import { z } from 'zod';
import { parseSpan, type Span } from '../../core/calendar/index.ts';
import { wholeCalendarSchema } from '../../core/policy/schema/calendars.ts';
import { epochMs } from '../../core/time.ts';

const REPORT = { reportInput: true };

const instantSchema = z.string().transform((text, context) => {
  try {
    return epochMs(text);
  } catch {
    const local = /^\d{4}-\d{2}-\d{2}([T ][\d:.,]+)?$/.test(text);
    const message = local
      ? `"${text}" has no offset; write Z or an offset after the time, like ${text.includes(':') ? text : `${text}T08:00`}+01:00`
      : `"${text}" is not an instant; write it like 2026-11-20T15:04:00Z`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
});

const spanSchema = z.union([z.string(), z.number()]).transform((target, context): Span => {
  try {
    if (typeof target === 'string') return parseSpan(target);
    if (target >= 0) return { kind: 'time', ms: Math.round(target * 1000) };
    throw new RangeError(`${target} seconds is before the start; write 0 or more`);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
    return z.NEVER;
  }
});

const pauseSchema = z
  .tuple([instantSchema, instantSchema])
  .transform(([from, to]) => ({ from, to }))
  .refine(({ from, to }) => from <= to, 'a pause must end after it begins');

/** Read apart from the question: it is the same for many lines. */
const calendarSchema = z.union(
  [z.string(), z.record(z.string(), z.unknown())],
  'the name of a calendar, or a calendar',
);

const deadlineSchema = z.strictObject({
  calendar: calendarSchema,
  start: instantSchema,
  target: spanSchema,
  pauses: z.array(pauseSchema).default([]),
});
const elapsedSchema = z.strictObject({ calendar: calendarSchema, start: instantSchema, end: instantSchema });
const openingSchema = z.strictObject({ calendar: calendarSchema, at: instantSchema });

export type Question =
  | ({ ask: 'deadline' } & z.output<typeof deadlineSchema>)
  | ({ ask: 'elapsed' } & z.output<typeof elapsedSchema>)
  | ({ ask: 'opening' } & z.output<typeof openingSchema>);

/**
 * Reads one question; which one it is shows by `target`, `end` or `at`.
 * @throws Error in words that say which key is wrong and what would be right
 */
export function readQuestion(line: string): Question {
  const object = z
    .record(z.string(), z.unknown(), 'a line must be a JSON object')
    .safeParse(parseJson(line), REPORT);
  if (!object.success) throw new Error(said(object.error));
  if ('target' in object.data) return { ask: 'deadline', ...checked(deadlineSchema, object.data) };
  if ('end' in object.data) return { ask: 'elapsed', ...checked(elapsedSchema, object.data) };
  if ('at' in object.data) return { ask: 'opening', ...checked(openingSchema, object.data) };
  throw new Error('one of target (deadline), end (elapsed time) or at (next opening) is needed');
}

/** @throws Error that names every key that is wrong */
export function readWholeCalendar(value: unknown): z.output<typeof wholeCalendarSchema> {
  return checked(z.strictObject({ calendar: wholeCalendarSchema }), { calendar: value }).calendar;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Error(`not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value, REPORT);
  if (result.success) return result.data;
  throw new Error(said(result.error));
}

/** Each problem with its place, the value found there if it is a plain one, and what is right. */
function said(error: z.ZodError): string {
  return error.issues
    .map(({ path, message, input }) => {
      const value = typeof input === 'string' || typeof input === 'number' ? JSON.stringify(input) : '';
      const found = value === '' || message.includes(value) ? '' : `${value} is wrong, it must be: `;
      return path.length > 0 ? `${path.map(String).join('.')}: ${found}${message}` : message;
    })
    .join('; ');
}
