import { explainDeadline, localText, parseSpan } from '../../../core/calendar/index.ts';
import { at, office } from './calendars.ts';

const calendar = office('America/New_York');

test.each([
  ['2026-11-23T13:00:00Z', 'Mon 2026-11-23 08:00'],
  ['2026-11-23T13:00:07Z', 'Mon 2026-11-23 08:00:07'],
  ['2026-11-23T13:00:00.250Z', 'Mon 2026-11-23 08:00:00.250'],
  ['2026-11-23T03:00:00Z', 'Sun 2026-11-22 22:00'],
  ['2026-11-01T05:30:00Z', 'Sun 2026-11-01 01:30'],
  ['2026-11-01T06:30:00Z', 'Sun 2026-11-01 01:30'],
  ['2026-03-08T12:00:00Z', 'Sun 2026-03-08 08:00'],
])('%s is %s on the wall clock in New York', (instant, text) => {
  expect(localText(calendar, at(instant))).toBe(text);
});

test('an explanation names the target, where counting begins, and the deadline', () => {
  expect(explainDeadline(calendar, at('2026-11-20T17:00-05:00'), parseSpan('PT2H'))).toBe(
    '2 business hours from Fri 2026-11-20 17:00. Used up on Mon 2026-11-23 09:00 (America/New_York).',
  );
});

test('it names the opening when the start is outside hours, and what pauses took out', () => {
  const pauses = [{ from: at('2026-11-22T00:00-05:00'), to: at('2026-11-23T09:00-05:00') }];
  expect(explainDeadline(calendar, at('2026-11-21T12:00-05:00'), parseSpan('P1D'), pauses)).toBe(
    '1 business day from Mon 2026-11-23 08:00, the next opening after Sat 2026-11-21 12:00. ' +
      'Used up on Tue 2026-11-24 09:00 (America/New_York). Pauses took out 1 business hour.',
  );
});
