import { compileCalendar, deadline } from '../../../core/calendar/index.ts';
import { iso } from '../../../core/time.ts';
import { at, everyDay, office, weekdays, withLunch } from './calendars.ts';

const plain = office('America/New_York', {
  holidays: ['2026-11-26'],
  overrides: { '2026-12-01': [['10:00', '15:00']], '2026-12-05': [['09:00', '12:00']] },
});
const lunchOnFridays = compileCalendar({
  ...weekdays('America/New_York', [['08:00', '18:00']], {}),
  weekly: { thu: [['08:00', '18:00']], fri: withLunch },
});

// 2026-11-26 is a Thursday and a holiday; 2026-12-05 a Saturday that is open; all times at UTC-5.
test.each([
  ['none is the start', plain, '2026-11-23T10:00', 0, '2026-11-23T10:00'],
  ['none, outside hours, is the next opening', plain, '2026-11-21T10:00', 0, '2026-11-23T08:00'],
  ['the next one keeps the time of day', plain, '2026-11-23T10:30:15', 1, '2026-11-24T10:30:15'],
  ['weekends and holidays are not counted', plain, '2026-11-20T10:00', 5, '2026-11-30T10:00'],
  ['14 of them', plain, '2026-11-09T10:00', 14, '2026-11-30T10:00'],
  ['outside hours the count begins at the next opening', plain, '2026-11-21T10:00', 1, '2026-11-24T08:00'],
  ['so it does exactly at the close', plain, '2026-11-20T18:00', 1, '2026-11-24T08:00'],
  ['a Saturday with hours of its own is counted', plain, '2026-12-04T10:00', 1, '2026-12-05T10:00'],
  ['a time after the close is due at the close', plain, '2026-11-30T17:00', 1, '2026-12-01T15:00'],
  ['a time before the opening is due at the opening', plain, '2026-11-30T08:30', 1, '2026-12-01T10:00'],
  [
    'a time in the lunch break is due as it begins',
    lunchOnFridays,
    '2026-11-19T12:30',
    1,
    '2026-11-20T12:00',
  ],
  ['a time as lunch begins is due then', lunchOnFridays, '2026-11-19T12:00', 1, '2026-11-20T12:00'],
  ['a time as lunch ends is kept', lunchOnFridays, '2026-11-19T13:00', 1, '2026-11-20T13:00'],
])('%s', (_, calendar, start, days, due) => {
  expect(iso(deadline(calendar, at(`${start}-05:00`), { kind: 'days', days }))).toBe(iso(at(`${due}-05:00`)));
});

const daily = compileCalendar(everyDay('America/New_York', [['08:00', '18:00']]));

test.each([
  ['over', '2026-10-31T10:00-04:00', 2, '2026-11-02T10:00-05:00'],
  ['on the day of', '2026-10-31T10:00-04:00', 1, '2026-11-01T10:00-05:00'],
  ['from the day of', '2026-11-01T10:00-05:00', 1, '2026-11-02T10:00-05:00'],
  ['on the day of the other', '2026-03-07T10:00-05:00', 1, '2026-03-08T10:00-04:00'],
])('the time of day is the local one %s a clock change', (_, start, days, due) => {
  expect(iso(deadline(daily, at(start), { kind: 'days', days }))).toBe(iso(at(due)));
});

test('a time of day that the day of a clock change lacks moves forward by the gap', () => {
  const nights = compileCalendar({
    ...weekdays('America/New_York', []),
    weekly: { sat: [['00:00', '06:00']], sun: [['00:00', '06:00']] },
  });
  const due = deadline(nights, at('2026-03-07T02:30-05:00'), { kind: 'days', days: 1 });
  expect(iso(due)).toBe(iso(at('2026-03-08T03:30-04:00')));
});
