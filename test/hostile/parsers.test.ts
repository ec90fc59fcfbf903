/** Whatever text they get, parsers give a value or say what is wrong; they neither throw anything else nor go on forever. */
import fc from 'fast-check';
import { describeSpan, parseSpan, wallMs } from '../../core/calendar/index.ts';
import { CalendarError } from '../../core/calendar/error.ts';
import { compileCalendar } from '../../core/calendar/calendar.ts';
import { WEEKDAYS } from '../../core/policy/schema/calendars.ts';
import { epochMs, iso } from '../../core/time.ts';
import { durationSchema, instantSchema, line, timeZoneSchema } from '../../lambdas/api/schemas/common.ts';
import { answer } from '../../local/deadline/answer.ts';
import { anyText, deepJson, digits } from './texts.ts';

it('a span is read, and then it can be said and measured, or refused by name', () => {
  fc.assert(
    fc.property(anyText('P', 'T', 'H', 'M', 'S', 'D', 'W', 'Y', '-', '.', '+', ...digits), (text) => {
      try {
        const span = parseSpan(text);
        expect('days' in span ? span.days : span.ms).toBeGreaterThanOrEqual(0);
        expect(wallMs(text)).toBeGreaterThanOrEqual(0);
        expect(describeSpan(text)).toMatch(/business/);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        expect((error as Error).message).toContain('is not a span');
      }
      const asked = durationSchema.safeParse(text);
      // What the API takes for an extension is bounded, whatever else is a span.
      if (asked.success) expect(wallMs(asked.data)).toBeLessThanOrEqual(375 * 86_400_000);
    }),
    { numRuns: 500 },
  );
});

it('an instant is read to the millisecond or refused', () => {
  const parts = [
    '2026-11-20',
    '-02-29',
    'T',
    '15:04:05',
    '24:00:00',
    ':60',
    '.',
    'Z',
    '+02:00',
    '-23:59',
    '[UTC]',
  ];
  fc.assert(
    fc.property(anyText(...parts, ...digits), (text) => {
      const read = instantSchema.safeParse(text);
      if (read.success) {
        expect(read.data).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(iso(epochMs(text))).toBe(read.data);
      } else expect(read.error.issues[0]?.message).toMatch(/^must /);
    }),
    { numRuns: 500 },
  );
  const inside = {
    min: new Date('2000-01-02T00:00:00Z'),
    max: new Date('2099-12-30T00:00:00Z'),
    noInvalidDate: true,
  };
  fc.assert(
    fc.property(fc.date(inside), (date) => {
      expect(instantSchema.parse(date.toISOString())).toBe(date.toISOString());
    }),
  );
});

it('a line of text has no line break, no control and no half character in it, or is refused', () => {
  const schema = line(20);
  fc.assert(
    fc.property(anyText('Ada', ' ', '\n', '\u2028', '\u0085', '😀'), (text) => {
      const read = schema.safeParse(text);
      if (!read.success) return;
      expect(read.data).toBe(text.trim());
      expect(read.data).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(Array.from(read.data).length).toBeGreaterThan(0);
      expect(Array.from(read.data).length).toBeLessThanOrEqual(20);
    }),
    { numRuns: 500 },
  );
});

it('a calendar is ready or every problem has its path', () => {
  const time = fc.oneof(
    fc.constantFrom('00:00', '08:00', '12:00', '18:00', '24:00'),
    anyText('08', ':', '00', '25', '-1'),
  );
  const windows = fc.array(fc.tuple(time, time), { maxLength: 4 });
  const day = fc.oneof(fc.constantFrom('2026-12-25', '2026-02-30', '0000-00-00'), anyText('2026', '-', '12'));
  const zone = fc.oneof(
    fc.constantFrom('UTC', 'Europe/Berlin', '+25:00', 'Etc/../x'),
    anyText('Europe', '/', '+01:00'),
  );
  const calendar = fc.record({
    timeZone: zone,
    weekly: fc.dictionary(fc.constantFrom(...WEEKDAYS), windows),
    holidays: fc.array(day, { maxLength: 5 }),
    overrides: fc.dictionary(day, windows, { maxKeys: 5 }),
  });
  fc.assert(
    fc.property(calendar, (whole) => {
      try {
        expect(compileCalendar(whole, epochMs('2026-11-20T15:00:00Z')).timeZone).toBe(whole.timeZone);
      } catch (error) {
        expect(error).toBeInstanceOf(CalendarError);
        for (const { path, message } of (error as CalendarError).problems) {
          expect([path.length > 0, message.length > 0]).toEqual([true, true]);
        }
      }
      expect(timeZoneSchema.safeParse(whole.timeZone)).toBeDefined();
    }),
    { numRuns: 300 },
  );
});

it('a line of npm run deadline gets an answer, whatever it is', async () => {
  const parts = [
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"calendar"',
    '"start"',
    '"target"',
    '"PT5M"',
    '1e999',
    '"x"',
    'null',
  ];
  const json = fc.oneof(anyText(...parts), fc.json(), deepJson(), questions());
  await fc.assert(
    fc.asyncProperty(json, async (text) => {
      const given = await answer(text, 7, () => Promise.reject(new Error('no policy here')));
      expect(['error', 'dueAt', 'businessSeconds', 'nextOpening']).toContain(Object.keys(given)[0]);
      if ('error' in given) expect(given).toMatchObject({ error: expect.any(String) as unknown, line: 7 });
    }),
    { numRuns: 300 },
  );
});

/** Questions of the right shape with values of any size. */
function questions(): fc.Arbitrary<string> {
  const instant = fc.constantFrom(
    '2026-11-20T15:00:00Z',
    '-271821-04-20T00:00:00Z',
    '+275760-09-13T00:00:00Z',
  );
  const target = fc.oneof(
    fc.double(),
    fc.constantFrom(...digits.flatMap((n) => [`P${n}D`, `PT${n}H`, `PT${n}S`])),
  );
  const calendar = fc.constantFrom(
    { timeZone: 'UTC', weekly: { mon: [['00:00', '00:01']] } },
    { timeZone: 'Pacific/Apia', weekly: {}, overrides: { '2026-12-24': [['08:00', '12:00']] } },
  );
  const asked = [
    fc.record({ calendar, start: instant, target }),
    fc.record({ calendar, start: instant, end: instant }),
    fc.record({ calendar, at: instant }),
  ];
  return fc.oneof(...asked).map((question) => JSON.stringify(question));
}
