import { CalendarError, compileCalendar } from '../../../core/calendar/index.ts';
import type { WholeCalendar } from '../../../core/policy/schema/calendars.ts';
import { at, officeHours, weekdays, type Windows } from './calendars.ts';

const sound = weekdays('Europe/Berlin', officeHours);

function monday(windows: Windows): WholeCalendar {
  return { ...sound, weekly: { mon: windows } };
}

function problemsOf(whole: WholeCalendar, asOf?: number): CalendarError['problems'] {
  try {
    compileCalendar(whole, asOf);
  } catch (error) {
    if (error instanceof CalendarError) return error.problems;
    throw error;
  }
  return [];
}

const TWISTED = 'does not end after it begins; the end must be later than the start';

test.each<[string, WholeCalendar, string, string]>([
  [
    'an unknown zone',
    { ...sound, timeZone: 'Europe/Brlin' },
    'timeZone',
    '"Europe/Brlin" is not a time zone',
  ],
  [
    'a date for a zone',
    { ...sound, timeZone: '2026-01-01T00:00Z' },
    'timeZone',
    'use an IANA name like Europe/Berlin',
  ],
  [
    'a window that ends before it begins',
    monday([['18:00', '08:00']]),
    'weekly.mon[0]',
    `18:00 to 08:00 ${TWISTED}`,
  ],
  ['an empty window', monday([['08:00', '08:00']]), 'weekly.mon[0]', `08:00 to 08:00 ${TWISTED}`],
  ['a time that is none', monday([['08:00', '25:00']]), 'weekly.mon[0][1]', '"25:00" is not a time of day'],
  [
    'overlapping windows in any order',
    monday([
      ['12:00', '18:00'],
      ['08:00', '13:00'],
    ]),
    'weekly.mon',
    '08:00 to 13:00 and 12:00 to 18:00 overlap',
  ],
  [
    'a day that does not exist',
    { ...sound, holidays: ['2026-02-30'] },
    'holidays[0]',
    '"2026-02-30" is not a date',
  ],
  [
    'a bad window of an override',
    { ...sound, overrides: { '2026-12-24': [['12:00', '08:00']] } },
    'overrides.2026-12-24[0]',
    `12:00 to 08:00 ${TWISTED}`,
  ],
  [
    'a calendar that never opens',
    { ...sound, weekly: { mon: [] } },
    'weekly',
    'the calendar never opens; give at least',
  ],
])('%s is refused by path, value and what is right', (_, whole, path, message) => {
  const told = problemsOf(whole).find((problem) => problem.path === path);
  expect(told?.message).toContain(message);
});

test('all problems are told at once', () => {
  const whole = { ...monday([['18:00', '08:00']]), timeZone: 'Mars', holidays: ['x'] };
  expect(problemsOf(whole).map(({ path }) => path)).toEqual(['timeZone', 'weekly.mon[0]', 'holidays[0]']);
});

test('windows that touch do not overlap', () => {
  const touching = monday([
    ['08:00', '12:00'],
    ['12:00', '18:00'],
  ]);
  expect(problemsOf(touching)).toEqual([]);
});

test('a calendar that does not open within 366 days of an instant is refused for that instant', () => {
  const once: WholeCalendar = { ...sound, weekly: {}, overrides: { '2026-12-24': [['08:00', '12:00']] } };
  expect(problemsOf(once)).toEqual([]);
  expect(problemsOf(once, at('2026-12-01T00:00Z'))).toEqual([]);
  expect(problemsOf(once, at('2026-12-24T10:00:00+01:00'))).toEqual([]);
  const [problem] = problemsOf(once, at('2026-12-24T12:00:00+01:00'));
  expect(problem?.message).toContain('no open hour in the 366 days after');
});
