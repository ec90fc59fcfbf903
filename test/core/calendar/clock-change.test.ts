import { compileCalendar, deadline, elapsed, nextOpening } from '../../../core/calendar/index.ts';
import { iso } from '../../../core/time.ts';
import { allDay, at, everyDay, HOUR, MINUTE, officeHours, type Windows } from './calendars.ts';

describe('a window of 24 hours on the day of a clock change', () => {
  test.each([
    ['America/New_York', '2026-03-08T00:00-05:00', '2026-03-09T00:00-04:00', 23],
    ['America/New_York', '2026-11-01T00:00-04:00', '2026-11-02T00:00-05:00', 25],
    ['Europe/Berlin', '2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00', 23],
    ['Europe/Berlin', '2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00', 25],
    ['Australia/Lord_Howe', '2026-10-04T00:00+10:30', '2026-10-05T00:00+11:00', 23.5],
    ['Australia/Lord_Howe', '2026-04-05T00:00+11:00', '2026-04-06T00:00+10:30', 24.5],
    ['America/Sao_Paulo', '2018-11-04T01:00-02:00', '2018-11-05T00:00-02:00', 23],
    ['America/Sao_Paulo', '2018-02-17T00:00-02:00', '2018-02-18T00:00-03:00', 25],
  ])('in %s from %s is open to %s, %d hours', (zone, from, to, hours) => {
    // Only that weekday is open, so that the window stands alone.
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
    const day = days[new Date(`${from.slice(0, 10)}T00:00Z`).getUTCDay()] ?? 'sun';
    const calendar = compileCalendar({
      timeZone: zone,
      weekly: { [day]: allDay },
      holidays: [],
      overrides: {},
    });
    expect(iso(nextOpening(calendar, at(from) - HOUR))).toBe(iso(at(from)));
    expect(iso(deadline(calendar, at(from), hours * HOUR))).toBe(iso(at(to)));
    expect(elapsed(calendar, at(from) - 12 * HOUR, at(to) + 12 * HOUR)).toBe(hours * HOUR);
  });
});

describe('edges of a window', () => {
  const open = (zone: string, windows: Windows, from: string, hours: number): number =>
    elapsed(compileCalendar(everyDay(zone, windows)), at(from), at(from) + hours * HOUR) / MINUTE;

  test.each([
    [
      'one that does not exist moves forward by the gap',
      'America/New_York',
      '02:30',
      '05:00',
      '2026-03-08T00:00-05:00',
      90,
    ],
    [
      'an end that does not exist moves forward too',
      'America/New_York',
      '01:00',
      '02:30',
      '2026-03-08T00:00-05:00',
      90,
    ],
    [
      'a window inside the gap moves out of it',
      'America/New_York',
      '02:15',
      '02:45',
      '2026-03-08T00:00-05:00',
      30,
    ],
    [
      'a window that is just the gap is empty',
      'America/New_York',
      '02:00',
      '03:00',
      '2026-03-08T00:00-05:00',
      0,
    ],
    [
      'of a start that comes twice the first counts',
      'America/New_York',
      '01:30',
      '03:00',
      '2026-11-01T00:00-04:00',
      150,
    ],
    [
      'of an end that comes twice the first counts',
      'America/New_York',
      '00:00',
      '01:30',
      '2026-11-01T00:00-04:00',
      90,
    ],
    ['the gap may be half an hour', 'Australia/Lord_Howe', '02:15', '04:00', '2026-10-04T00:00+10:30', 75],
    ['and it may begin at midnight', 'America/Sao_Paulo', '00:30', '03:00', '2018-11-03T23:00-03:00', 90],
  ])('%s', (_, zone, from, to, day, minutes) => {
    expect(open(zone, [[from, to]], day, 8)).toBe(minutes);
  });

  test('windows that the gap pushes into each other are not counted twice', () => {
    const windows: Windows = [
      ['01:00', '02:30'],
      ['03:00', '04:00'],
    ];
    expect(open('America/New_York', windows, '2026-03-08T00:00-05:00', 8)).toBe(120);
  });
});

test('a date that a zone has left out has no open hour', () => {
  // Samoa went from Thursday 29 to Saturday 31 December 2011.
  const weekly = { thu: officeHours, fri: officeHours };
  const calendar = compileCalendar({ timeZone: 'Pacific/Apia', weekly, holidays: [], overrides: {} });
  expect(elapsed(calendar, at('2011-12-29T00:00-10:00'), at('2012-01-04T00:00+14:00'))).toBe(10 * HOUR);
});

test('targets run on through the night of a clock change', () => {
  const always = compileCalendar(everyDay('Europe/Berlin', allDay));
  expect(deadline(always, at('2026-03-29T01:30+01:00'), HOUR)).toBe(at('2026-03-29T03:30+02:00'));
  expect(deadline(always, at('2026-10-25T01:30+02:00'), 2 * HOUR)).toBe(at('2026-10-25T02:30+01:00'));
});
