import { atPercent, deadline, elapsed, parseSpan } from '../../../core/calendar/index.ts';
import { iso } from '../../../core/time.ts';
import { at, HOUR, office } from './calendars.ts';

const calendar = office();
const ny = (text: string): number => at(`${text}-05:00`);
const pauses = (...texts: [string, string][]) => texts.map(([from, to]) => ({ from: ny(from), to: ny(to) }));

// Friday 2026-11-20; the target of 2 hours from 15:00 is due at 17:00 without a pause.
test.each<[string, [string, string][], string]>([
  ['within hours by its length', [['2026-11-20T15:30', '2026-11-20T16:00']], '2026-11-20T17:30'],
  ['only by business time, over a weekend', [['2026-11-20T16:00', '2026-11-23T09:00']], '2026-11-23T10:00'],
  ['up to the close exactly', [['2026-11-20T15:00', '2026-11-20T16:00']], '2026-11-20T18:00'],
  ['only by its part after the start', [['2026-11-20T09:00', '2026-11-20T15:30']], '2026-11-20T17:30'],
  ['not at all if it ended before the start', [['2026-11-20T09:00', '2026-11-20T12:00']], '2026-11-20T17:00'],
  [
    'not if it begins exactly at the deadline',
    [['2026-11-20T17:00', '2026-11-20T18:00']],
    '2026-11-20T17:00',
  ],
  ['not if it begins later', [['2026-11-20T17:30', '2026-11-20T18:00']], '2026-11-20T17:00'],
  ['not if it is empty', [['2026-11-20T16:00', '2026-11-20T16:00']], '2026-11-20T17:00'],
  [
    'once where two overlap, in any order',
    [
      ['2026-11-20T15:45', '2026-11-20T16:15'],
      ['2026-11-20T15:30', '2026-11-20T16:00'],
    ],
    '2026-11-20T17:45',
  ],
  [
    'twice if the second falls into the time gained',
    [
      ['2026-11-20T16:00', '2026-11-20T16:30'],
      ['2026-11-20T17:15', '2026-11-20T17:30'],
    ],
    '2026-11-20T17:45',
  ],
  [
    'not by a second one that begins at the moved deadline',
    [
      ['2026-11-20T16:00', '2026-11-20T16:30'],
      ['2026-11-20T17:30', '2026-11-20T18:00'],
    ],
    '2026-11-20T17:30',
  ],
])('a pause moves the deadline %s', (_, given, due) => {
  const moved = deadline(calendar, ny('2026-11-20T15:00'), 2 * HOUR, pauses(...given));
  expect(iso(moved)).toBe(iso(ny(due)));
});

test('a pause of a business day moves business days by that day', () => {
  const paused = pauses(['2026-11-21T00:00', '2026-11-24T00:00']);
  const due = deadline(calendar, ny('2026-11-20T10:00'), parseSpan('P2D'), paused);
  expect(iso(due)).toBe(iso(ny('2026-11-25T10:00')));
});

test('elapsed time leaves pauses out', () => {
  const paused = pauses(['2026-11-20T16:00', '2026-11-20T17:00'], ['2026-11-20T16:30', '2026-11-23T08:30']);
  expect(elapsed(calendar, ny('2026-11-20T15:00'), ny('2026-11-23T09:00'), paused)).toBe(1.5 * HOUR);
  expect(elapsed(calendar, ny('2026-11-20T16:15'), ny('2026-11-20T16:45'), paused)).toBe(0);
});

test('a pause that ends before it begins is refused', () => {
  const twisted = pauses(['2026-11-20T16:00', '2026-11-20T15:00']);
  expect(() => deadline(calendar, ny('2026-11-20T15:00'), HOUR, twisted)).toThrow(RangeError);
  expect(() => elapsed(calendar, ny('2026-11-20T15:00'), ny('2026-11-20T18:00'), twisted)).toThrow(
    RangeError,
  );
});

// Friday 16:00, 4 business hours, due on Monday at 10:00.
test.each([
  [0, '2026-11-20T16:00'],
  [25, '2026-11-20T17:00'],
  [50, '2026-11-20T18:00'],
  [75, '2026-11-23T09:00'],
  [100, '2026-11-23T10:00'],
  [150, '2026-11-23T12:00'],
  [200, '2026-11-23T14:00'],
])('%d percent of a target are taken of business time', (percent, due) => {
  expect(iso(atPercent(calendar, ny('2026-11-20T16:00'), parseSpan('PT4H'), percent))).toBe(iso(ny(due)));
});

test('percentages of business days are taken of the hours between start and deadline', () => {
  const [start, span] = [ny('2026-11-20T16:00'), parseSpan('P2D')];
  expect(iso(atPercent(calendar, start, span, 50))).toBe(iso(ny('2026-11-23T16:00')));
  expect(iso(atPercent(calendar, start, span, 100))).toBe(iso(deadline(calendar, start, span)));
  expect(iso(atPercent(calendar, start, span, 150))).toBe(iso(ny('2026-11-25T16:00')));
});

test('percentages move with a pause', () => {
  const paused = pauses(['2026-11-20T17:30', '2026-11-23T09:30']);
  expect(iso(atPercent(calendar, ny('2026-11-20T16:00'), 4 * HOUR, 25, paused))).toBe(
    iso(ny('2026-11-20T17:00')),
  );
  expect(iso(atPercent(calendar, ny('2026-11-20T16:00'), 4 * HOUR, 50, paused))).toBe(
    iso(ny('2026-11-23T10:00')),
  );
});

test('a negative percentage is refused', () => {
  expect(() => atPercent(calendar, ny('2026-11-20T16:00'), HOUR, -1)).toThrow(RangeError);
});
