import { compileCalendar, deadline, untilClose } from '../../../core/calendar/index.ts';
import { epochMs } from '../../../core/time.ts';

const HOUR = 3_600_000;
const lunch: [string, string][] = [
  ['08:00', '12:00'],
  ['13:00', '18:00'],
];
const calendar = compileCalendar({
  timeZone: 'Europe/Berlin',
  weekly: { mon: lunch, tue: lunch },
  holidays: [],
  overrides: {},
});

test.each([
  ['from the opening on the whole day', '2026-11-16T08:00:00+01:00', 9],
  ['before it as well', '2026-11-16T05:00:00+01:00', 9],
  ['in the morning without the lunch', '2026-11-16T11:00:00+01:00', 6],
  ['in the lunch the afternoon', '2026-11-16T12:30:00+01:00', 5],
  ['at the close nothing', '2026-11-16T18:00:00+01:00', 0],
  ['on a day that does not open nothing', '2026-11-18T10:00:00+01:00', 0],
])('what is left of a day: %s', (_, at, hours) => {
  expect(untilClose(calendar, epochMs(at))).toBe(hours * HOUR);
});

test('used up, it is due at the close', () => {
  const at = epochMs('2026-11-16T16:59:59.500+01:00');
  expect(deadline(calendar, at, untilClose(calendar, at))).toBe(epochMs('2026-11-16T18:00:00+01:00'));
});
