import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { answers } from '../../local/deadline/answers.ts';

const calendar = {
  timeZone: 'Europe/Berlin',
  weekly: {
    mon: [
      ['08:00', '12:00'],
      ['13:00', '24:00'],
    ],
  },
  holidays: ['2026-12-28'],
  overrides: { '2026-12-24': [['08:00', '12:00']] },
};
/** A Monday, two hours after the opening. */
const start = '2026-11-23T10:00:00+01:00';

const policy = {
  calendars: [
    {
      id: 'office',
      weekly: { mon: [['08:00', '18:00']] },
      basis: 'prospect',
      publicHolidays: 'region',
      ownHolidays: [],
      overrides: {},
    },
  ],
  publicHolidays: { US: [], 'US-MA': ['2026-11-23'] },
  home: { timeZone: 'America/New_York', country: 'US', region: 'MA' },
} as unknown as CompiledPolicy;

/** Answers to chunks of text as they come off a pipe. */
async function answered(...chunks: string[]): Promise<unknown[]> {
  async function* source() {
    await Promise.resolve();
    yield* chunks;
  }
  let text = '';
  for await (const part of answers(source(), () => Promise.resolve(policy))) text += part;
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));
}

async function answerTo(question: unknown): Promise<unknown> {
  const all = await answered(`${JSON.stringify(question)}\n`);
  expect(all).toHaveLength(1);
  return all[0];
}

test('a start and a target give a deadline and say why', async () => {
  const pauses = [['2026-11-23T11:00:00+01:00', '2026-11-23T11:30:00+01:00']];
  expect(await answerTo({ calendar, start, target: 'PT2H', pauses })).toEqual({
    dueAt: '2026-11-23T12:30:00.000Z',
    explanation:
      '2 business hours from Mon 2026-11-23 10:00. Used up on Mon 2026-11-23 13:30 (Europe/Berlin). ' +
      'Pauses took out 30 business minutes.',
  });
});

test('outside hours the explanation names the opening', async () => {
  expect(await answerTo({ calendar, start: '2026-11-21T10:00:30Z', target: 'PT0S' })).toEqual({
    dueAt: '2026-11-23T07:00:00.000Z',
    explanation:
      '0 business minutes from Mon 2026-11-23 08:00, the next opening after Sat 2026-11-21 11:00:30. ' +
      'Used up on Mon 2026-11-23 08:00 (Europe/Berlin).',
  });
});

test.each([
  ['PT3H', '2026-11-23T13:00:00.000Z'],
  ['P1D', '2026-11-30T09:00:00.000Z'],
  [90, '2026-11-23T09:01:30.000Z'],
  [0.25, '2026-11-23T09:00:00.250Z'],
  [0, '2026-11-23T09:00:00.000Z'],
])('a target may be a span or seconds: %p', async (target, dueAt) => {
  expect(await answerTo({ calendar, start, target })).toMatchObject({ dueAt });
});

test('a start and an end give business seconds', async () => {
  expect(await answerTo({ calendar, start, end: '2026-11-23T12:00:00.5Z' })).toEqual({
    businessSeconds: 7200.5,
  });
  expect(await answerTo({ calendar, start, end: '2026-11-22T00:00:00Z' })).toEqual({ businessSeconds: 0 });
});

test('an instant gives the next opening', async () => {
  expect(await answerTo({ calendar, at: '2026-11-23T12:30:00+01:00' })).toEqual({
    nextOpening: '2026-11-23T12:00:00.000Z',
  });
  expect(await answerTo({ calendar, at: start })).toEqual({ nextOpening: '2026-11-23T09:00:00.000Z' });
});

test("a calendar's name is looked up in the policy, at the policy's home with its holidays", async () => {
  expect(await answerTo({ calendar: 'office', at: '2026-11-21T00:00:00Z' })).toEqual({
    nextOpening: '2026-11-30T13:00:00.000Z',
  });
});

test.each<[string, unknown, string]>([
  [
    'a calendar that the policy lacks',
    { calendar: 'offce', at: start },
    'the policy has no calendar "offce"; it has office',
  ],
  [
    'a time without an offset',
    { calendar, at: '2026-11-23T08:00' },
    'at: "2026-11-23T08:00" has no offset; write Z or an offset',
  ],
  ['a date', { calendar, at: '2026-11-23' }, 'at: "2026-11-23" has no offset'],
  [
    'an instant that is none',
    { calendar, at: 'Monday' },
    'at: "Monday" is not an instant; write it like 2026-11-20T15:04:00Z',
  ],
  [
    'a negative target',
    { calendar, start, target: -1 },
    'target: -1 seconds is before the start; write 0 or more',
  ],
  [
    'a target that is no span',
    { calendar, start, target: '5 minutes' },
    'target: "5 minutes" is not a span: write time as PT5M',
  ],
  ['an unknown key', { calendar, at: start, zone: 'UTC' }, 'Unrecognized key: "zone"'],
  ['two questions in one', { calendar, start, target: 'PT5M', end: start }, 'Unrecognized key: "end"'],
  [
    'no question',
    { calendar, start },
    'one of target (deadline), end (elapsed time) or at (next opening) is needed',
  ],
  ['no calendar', { at: start }, 'calendar: the name of a calendar, or a calendar'],
  [
    'a calendar with a wrong window',
    { calendar: { ...calendar, weekly: { mon: [['18:00', '08:00']] } }, at: start },
    'weekly.mon[0]: 18:00 to 08:00',
  ],
  [
    'a calendar with a wrong time',
    { calendar: { ...calendar, weekly: { mon: [['8', '09:00']] } }, at: start },
    'calendar.weekly.mon.0.0: "8" is wrong, it must be: a time of day',
  ],
  [
    'a calendar that never opens',
    { calendar: { ...calendar, weekly: {}, overrides: {} }, at: start },
    'the calendar never opens',
  ],
  [
    'a pause that ends before it begins',
    { calendar, start, target: 60, pauses: [[start, '2026-11-01T00:00Z']] },
    'pauses.0: a pause must end',
  ],
  ['a list', [], 'a line must be a JSON object'],
])('%s is an error with the number of the line', async (_, question, message) => {
  const [answer] = await answered(`\n${JSON.stringify(question)}\n`);
  expect(answer).toEqual({ error: expect.stringContaining(message) as string, line: 2 });
});

test('a bad line is answered in its place and the rest goes on, however the text is cut', async () => {
  const line = JSON.stringify({ calendar, at: start });
  const text = `${line}\r\n{oops\n\n${line}`;
  const whole = await answered(text);
  expect(whole).toMatchObject([
    { nextOpening: '2026-11-23T09:00:00.000Z' },
    { line: 2 },
    { nextOpening: '2026-11-23T09:00:00.000Z' },
  ]);
  expect(await answered(...Array.from(text))).toEqual(whole);
});

test('the command answers each line as it comes, with the calendars of the policy', async () => {
  const root = join(__dirname, '../..');
  const child = spawn(process.execPath, ['local/deadline.ts'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.write(`${JSON.stringify({ calendar, at: start })}\n`);
  const [first] = (await once(child.stdout, 'data')) as [Buffer];
  expect(JSON.parse(first.toString())).toEqual({ nextOpening: '2026-11-23T09:00:00.000Z' });
  child.stdin.end(`${JSON.stringify({ calendar: 'around_the_clock', at: start })}\n`);
  const [second] = (await once(child.stdout, 'data')) as [Buffer];
  expect(JSON.parse(second.toString())).toEqual({ nextOpening: '2026-11-23T09:00:00.000Z' });
  const [code] = (await once(child, 'close')) as [number];
  expect(code).toBe(0);
});
