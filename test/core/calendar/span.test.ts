import { describeSpan, formatSpan, parseSpan, wallMs } from '../../../core/calendar/index.ts';
import { HOUR, MINUTE } from './calendars.ts';

test.each([
  ['PT5M', { kind: 'time', ms: 5 * MINUTE }],
  ['PT24H', { kind: 'time', ms: 24 * HOUR }],
  ['PT1H30M15S', { kind: 'time', ms: 90 * MINUTE + 15_000 }],
  ['PT0.5S', { kind: 'time', ms: 500 }],
  ['PT0S', { kind: 'time', ms: 0 }],
  ['P14D', { kind: 'days', days: 14 }],
])('%s is read', (text, span) => {
  expect(parseSpan(text)).toEqual(span);
});

test.each(['', 'PT', '5M', 'PT5', 'P1W', 'P1DT2H', '-PT5M', 'PT-5M', 'PT1.5H', 'pt5m', 'PT5M '])(
  '"%s" is refused, and the message says what is right',
  (text) => {
    expect(() => parseSpan(text)).toThrow(RangeError);
    expect(() => parseSpan(text)).toThrow(`"${text}" is not a span: write time as PT5M`);
  },
);

test('on the wall clock a day is 24 hours', () => {
  expect(wallMs('P1D')).toBe(24 * HOUR);
  expect(wallMs('PT90S')).toBe(90_000);
});

test.each([
  [0, 'PT0S'],
  [90 * MINUTE, 'PT1H30M'],
  [36 * HOUR, 'PT36H'],
  [1500, 'PT1.5S'],
  [HOUR + 1000, 'PT1H1S'],
  [-5 * MINUTE, '-PT5M'],
  [0.4, 'PT0S'],
])('%d ms are written as %s', (ms, text) => {
  expect(formatSpan(ms)).toBe(text);
});

test.each([
  ['PT5M', '5 business minutes'],
  ['PT1M', '1 business minute'],
  ['PT90M', '90 business minutes'],
  ['PT1H30M', '1 business hour 30 minutes'],
  ['PT24H', '24 business hours'],
  ['PT0S', '0 business minutes'],
  ['P1D', '1 business day'],
  ['P14D', '14 business days'],
])('%s is said as "%s"', (text, words) => {
  expect(describeSpan(text)).toBe(words);
});
