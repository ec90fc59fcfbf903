import {
  CalendarError,
  compileCalendar,
  deadline,
  elapsed,
  isOpenAt,
  nextOpening,
  parseSpan,
} from '../../../core/calendar/index.ts';
import { iso } from '../../../core/time.ts';
import { allDay, at, everyDay, HOUR, MINUTE, office, weekdays, withLunch } from './calendars.ts';

const plain = office('America/New_York', {
  holidays: ['2026-11-26', '2026-12-25'],
  overrides: { '2026-12-25': [['10:00', '12:00']], '2026-12-24': [['08:00', '12:00']], '2026-12-31': [] },
});
const lunch = compileCalendar(weekdays('America/New_York', withLunch));
const untilMidnight = compileCalendar(weekdays('America/New_York', [['20:00', '24:00']]));
const always = compileCalendar(everyDay('America/New_York', allDay));

// 2026-11-20 is a Friday, 2026-11-26 Thanksgiving, 2026-12-25 a Friday; all times at UTC-5.
test.each([
  ['within the day', plain, '2026-11-23T09:00', 'PT2H', '2026-11-23T11:00'],
  ['over a weekend', plain, '2026-11-20T17:00', 'PT2H', '2026-11-23T09:00'],
  ['over a holiday', plain, '2026-11-25T17:00', 'PT2H', '2026-11-27T09:00'],
  ['begun before hours', plain, '2026-11-23T03:00', 'PT5M', '2026-11-23T08:05'],
  ['begun on a Saturday', plain, '2026-11-21T12:00', 'PT5M', '2026-11-23T08:05'],
  ['used up exactly at the close', plain, '2026-11-20T16:00', 'PT2H', '2026-11-20T18:00'],
  ['used up a second after the close', plain, '2026-11-20T16:00:01', 'PT2H', '2026-11-23T08:00:01'],
  ['begun exactly at the close', plain, '2026-11-20T18:00', 'PT5M', '2026-11-23T08:05'],
  ['begun exactly at the opening', plain, '2026-11-20T08:00', 'PT10H', '2026-11-20T18:00'],
  ['a day of 24 h is 2.4 days of 10 h', plain, '2026-11-20T16:00', 'PT24H', '2026-11-25T10:00'],
  ['nothing allowed, within hours', plain, '2026-11-20T16:00', 'PT0S', '2026-11-20T16:00'],
  ['nothing allowed, outside hours', plain, '2026-11-20T19:00', 'PT0S', '2026-11-23T08:00'],
  ['nothing allowed, exactly at the close', plain, '2026-11-20T18:00', 'PT0S', '2026-11-23T08:00'],
  ['over the lunch break', lunch, '2026-11-23T11:30', 'PT1H', '2026-11-23T13:30'],
  ['used up as lunch begins', lunch, '2026-11-23T11:30', 'PT30M', '2026-11-23T12:00'],
  ['begun at lunch', lunch, '2026-11-23T12:15', 'PT30M', '2026-11-23T13:30'],
  ['a shorter day', plain, '2026-12-23T17:00', 'PT2H', '2026-12-24T09:00'],
  ['an override opens a holiday', plain, '2026-12-24T11:00', 'PT2H', '2026-12-25T11:00'],
  ['an override closes a weekday', plain, '2026-12-30T17:00', 'PT2H', '2027-01-01T09:00'],
  ['open until 24:00', untilMidnight, '2026-11-20T22:00', 'PT2H', '2026-11-21T00:00'],
  ['open until 24:00, and on', untilMidnight, '2026-11-20T22:00', 'PT3H', '2026-11-23T21:00'],
  ['around the clock', always, '2026-11-20T22:00', 'PT24H', '2026-11-21T22:00'],
  ['business days', plain, '2026-11-20T10:00', 'P3D', '2026-11-25T10:00'],
])('%s', (_, calendar, start, target, due) => {
  expect(iso(deadline(calendar, at(`${start}-05:00`), parseSpan(target)))).toBe(iso(at(`${due}-05:00`)));
});

test('milliseconds do for a span', () => {
  const start = at('2026-11-20T17:59:59.500-05:00');
  expect(deadline(plain, start, 500)).toBe(at('2026-11-20T18:00-05:00'));
  expect(deadline(plain, start, 501)).toBe(at('2026-11-23T08:00:00.001-05:00'));
});

test('windows are half-open: open at the opening, closed at the close', () => {
  const [opening, close] = [at('2026-11-20T08:00-05:00'), at('2026-11-20T18:00-05:00')];
  expect([opening - 1, opening, close - 1, close].map((t) => isOpenAt(plain, t))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test('the next opening is the instant itself while open', () => {
  const noon = at('2026-11-20T12:00-05:00');
  expect(nextOpening(plain, noon)).toBe(noon);
  expect(nextOpening(plain, at('2026-11-20T18:00-05:00'))).toBe(at('2026-11-23T08:00-05:00'));
  expect(nextOpening(lunch, noon)).toBe(at('2026-11-20T13:00-05:00'));
});

test('elapsed time counts open hours only, and none when the end is not after the start', () => {
  const [friday, monday] = [at('2026-11-20T17:00-05:00'), at('2026-11-23T09:00-05:00')];
  expect(elapsed(plain, friday, monday)).toBe(2 * HOUR);
  expect(elapsed(plain, monday, friday)).toBe(0);
  expect(elapsed(plain, monday, monday)).toBe(0);
  expect(elapsed(plain, at('2026-11-21T00:00-05:00'), at('2026-11-23T08:00-05:00'))).toBe(0);
  expect(elapsed(lunch, at('2026-11-23T11:30-05:00'), at('2026-11-23T13:30-05:00'))).toBe(HOUR);
});

test('a negative target is refused', () => {
  expect(() => deadline(plain, at('2026-11-20T12:00Z'), -MINUTE)).toThrow(RangeError);
  expect(() => deadline(plain, at('2026-11-20T12:00Z'), { kind: 'days', days: -1 })).toThrow(RangeError);
  expect(() => deadline(plain, at('2026-11-20T12:00Z'), Number.NaN)).toThrow(RangeError);
});

test('a calendar that has no opening left says so', () => {
  const once = compileCalendar({ ...weekdays('UTC', []), overrides: { '2026-11-20': [['08:00', '12:00']] } });
  expect(deadline(once, at('2026-11-20T09:00Z'), HOUR)).toBe(at('2026-11-20T10:00Z'));
  expect(() => deadline(once, at('2026-11-20T11:30Z'), HOUR)).toThrow(CalendarError);
  expect(() => nextOpening(once, at('2026-11-20T12:00Z'))).toThrow(
    'no open hour in the 366 days after 2026-11-20',
  );
});

test('a slip of the keyboard ends in an error instead of a very long walk', () => {
  expect(() => deadline(plain, at('2026-11-20T12:00Z'), 1e18)).toThrow('more than a hundred years');
  expect(() => deadline(plain, at('2026-11-20T12:00Z'), { kind: 'days', days: 1e9 })).toThrow(CalendarError);
  expect(() => elapsed(plain, at('2026-11-20T12:00Z'), at('9999-12-31T00:00Z'))).toThrow(CalendarError);
});
