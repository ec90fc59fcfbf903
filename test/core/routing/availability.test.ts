import { isAvailable, nextAvailable } from '../../../core/routing/index.ts';
import { epochMs } from '../../../core/time.ts';
import { aPerson, leave } from './fixture.ts';

const back = (from: string, until: string | null) => ({ available: true, from, until, reason: 'back' });
const day = (n: number, hour = 0) =>
  `2026-11-${String(n).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;

describe('isAvailable', () => {
  test.each([
    ['somebody without entries is available', [], day(10), true],
    ['a leave holds from its first instant', [leave(day(10), day(20))], day(10), false],
    ['a leave is over at its last instant', [leave(day(10), day(20))], day(20), true],
    ['a leave has not begun before its first instant', [leave(day(10), day(20))], day(9, 23), true],
    ['a leave until further notice goes on', [leave(day(10), null)], day(30), false],
    [
      'coming back early ends a leave until further notice',
      [leave(day(10), null), back(day(12), null)],
      day(12),
      true,
    ],
    [
      'a leave planned for later outlives coming back early',
      [leave(day(20), day(25)), leave(day(10), null), back(day(12), null)],
      day(21),
      false,
    ],
    [
      'of two entries that begin together the one recorded last decides',
      [leave(day(10), day(20)), back(day(10), day(20))],
      day(15),
      true,
    ],
    [
      'a day of work within a leave counts',
      [leave(day(10), day(20)), back(day(12), day(13))],
      day(12, 5),
      true,
    ],
    [
      'the leave goes on after a day of work within it',
      [leave(day(10), day(20)), back(day(12), day(13))],
      day(13),
      false,
    ],
  ])('%s', (_, availability, at, expected) => {
    expect(isAvailable(aPerson('sam', { availability }), epochMs(at))).toBe(expected);
  });

  test('somebody who is not active is never available', () => {
    expect(isAvailable(aPerson('sam', { active: false }), epochMs(day(1)))).toBe(false);
  });
});

describe('nextAvailable', () => {
  test.each([
    ['is now for somebody available', [], day(10), day(10)],
    ['is the end of a leave', [leave(day(10), day(20))], day(15), day(20)],
    [
      'is the end of the second leave if it begins before the first is over',
      [leave(day(10), day(20)), leave(day(18), day(22))],
      day(15),
      day(22),
    ],
    [
      'is the day of work within a leave',
      [leave(day(10), day(20)), back(day(12), day(13))],
      day(11),
      day(12),
    ],
    ['is unknown for a leave until further notice', [leave(day(10), null)], day(11), null],
    ['is the return that was announced', [leave(day(10), null), back(day(14), null)], day(11), day(14)],
  ])('%s', (_, availability, at, expected) => {
    expect(nextAvailable(aPerson('sam', { availability }), epochMs(at))).toBe(expected && epochMs(expected));
  });

  test('is unknown for somebody who is not active', () => {
    expect(nextAvailable(aPerson('sam', { active: false }), epochMs(day(1)))).toBeNull();
  });
});
