import fc from 'fast-check';
import { epochMs, iso } from '../../../core/time.ts';
import type { TimeSpec } from '../../../local/replay/mapping.ts';
import { instantOf } from '../../../local/replay/when.ts';

const SAO_PAULO: TimeSpec = { time: 'at', zone: 'America/Sao_Paulo', order: 'ymd' };
const SPREAD: TimeSpec = { ...SAO_PAULO, spread: ['07:00', '20:00'] };

function read(text: string, spec: TimeSpec = SAO_PAULO): string {
  const at = instantOf(text, spec, 'some-id');
  return typeof at === 'number' ? iso(at) : at;
}

describe('an instant of an export', () => {
  test.each([
    ['2018-02-26 19:58:54', {}, '2018-02-26T22:58:54.000Z'],
    ['2018-06-05T17:27:23.456', {}, '2018-06-05T20:27:23.456Z'],
    ['2018-02-26T19:58:54Z', {}, '2018-02-26T19:58:54.000Z'],
    ['2018-02-26 19:58:54+0530', {}, '2018-02-26T14:28:54.000Z'],
    ['2/26/2018 7:58 PM', { order: 'mdy' as const }, '2018-02-26T22:58:00.000Z'],
    ['2/26/2018 12:05 AM', { order: 'mdy' as const }, '2018-02-26T03:05:00.000Z'],
    ['26.02.2018 19:58', { order: 'dmy' as const }, '2018-02-26T22:58:00.000Z'],
    // The clocks went forward at midnight: 00:30 did not exist and moves by the gap.
    ['2017-10-15 00:30', {}, '2017-10-15T03:30:00.000Z'],
    // They went back at midnight: 23:30 happened twice, the first one is meant.
    ['2018-02-17 23:30', {}, '2018-02-18T01:30:00.000Z'],
  ])('%s is %s', (text, change, expected) => {
    expect(read(text, { ...SAO_PAULO, ...change })).toBe(expected);
  });

  test.each([
    ['yesterday', '"yesterday" is no date'],
    ['2018-02-30 10:00', '"2018-02-30 10:00" is no date of the calendar'],
    ['2018-02-26 25:00', '"2018-02-26 25:00" is no date of the calendar'],
    ['26/02/18', '"26/02/18" is no date of the calendar'],
    ['2018-02-26 noon', '"2018-02-26 noon" is no instant'],
    ['2018-02-26', '"2018-02-26" has no time, and the mapping gives no spread'],
  ])('%s is refused with the reason', (text, reason) => {
    expect(read(text)).toBe(reason);
  });

  test('of a bare date lies within the spread and is the same each time', () => {
    const from = epochMs('2018-06-05T07:00:00-03:00');
    const to = epochMs('2018-06-05T20:00:00-03:00');
    fc.assert(
      fc.property(fc.string(), (id) => {
        const at = instantOf('2018-06-05', SPREAD, id);
        expect(at).toBe(instantOf('2018-06-05', SPREAD, id));
        expect(at).toBeGreaterThanOrEqual(from);
        expect(at).toBeLessThan(to);
      }),
    );
  });

  test('of bare dates covers the whole spread', () => {
    const hours = new Set(
      Array.from({ length: 400 }, (_, i) => {
        const at = instantOf('2018-06-05', SPREAD, `lead ${i}`);
        return typeof at === 'number' ? new Date(at).getUTCHours() - 3 : at;
      }),
    );
    expect([...hours].map(Number).sort((a, b) => a - b)).toEqual([
      7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
    ]);
  });
});
