import { calendarOf, isOpenAt } from '../../../core/calendar/index.ts';
import type { CalendarRef } from '../../../core/model/clock.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { at, officeHours, weekdays } from './calendars.ts';

const { weekly } = weekdays('UTC', officeHours);
const row = {
  id: 'business',
  weekly,
  basis: 'prospect',
  publicHolidays: 'region',
  ownHolidays: ['2026-06-01'],
  overrides: { '2026-12-25': [['10:00', '11:00']] },
};
/** Only what a calendar is made of. */
const policy = {
  calendars: [row, { ...row, id: 'support', publicHolidays: 'none', ownHolidays: [], overrides: {} }],
  publicHolidays: { BR: ['2026-09-07', '2026-12-25'], 'BR-SP': ['2026-07-09'] },
} as unknown as CompiledPolicy;

function open(ref: Partial<CalendarRef>, when: string): boolean {
  return isOpenAt(
    calendarOf(policy, { id: 'business', timeZone: 'America/Sao_Paulo', holidays: 'BR', ...ref }),
    at(when),
  );
}

test('the hours of the row are taken in the zone of the reference', () => {
  expect(open({}, '2026-06-02T08:00-03:00')).toBe(true);
  expect(open({ timeZone: 'Europe/Berlin' }, '2026-06-02T08:00-03:00')).toBe(true);
  expect(open({ timeZone: 'Europe/Berlin' }, '2026-06-02T08:00+02:00')).toBe(true);
  expect(open({}, '2026-06-02T08:00+02:00')).toBe(false);
});

test('public holidays of the reference and own holidays of the row are closed, and an override wins over both', () => {
  expect(open({}, '2026-09-07T12:00-03:00')).toBe(false);
  expect(open({ holidays: null }, '2026-09-07T12:00-03:00')).toBe(true);
  expect(open({ holidays: null }, '2026-06-01T12:00-03:00')).toBe(false);
  expect(open({}, '2026-12-25T10:30-03:00')).toBe(true);
  expect(open({}, '2026-12-25T12:00-03:00')).toBe(false);
});

test("a region's list is complete in itself, and one without a list takes its country's", () => {
  expect(open({ holidays: 'BR-SP' }, '2026-07-09T12:00-03:00')).toBe(false);
  expect(open({ holidays: 'BR-SP' }, '2026-09-07T12:00-03:00')).toBe(true);
  expect(open({ holidays: 'BR-AC' }, '2026-09-07T12:00-03:00')).toBe(false);
});

test('a country without a compiled list has no public holidays', () => {
  expect(open({ holidays: 'KE' }, '2026-09-07T12:00-03:00')).toBe(true);
});

test('a row that observes no public holidays is open on them', () => {
  expect(open({ id: 'support' }, '2026-09-07T12:00-03:00')).toBe(true);
});

test('the same reference gives the same calendar, made once per policy', () => {
  const ref = { id: 'business', timeZone: 'UTC', holidays: 'BR' };
  expect(calendarOf(policy, ref)).toBe(calendarOf(policy, { ...ref }));
  expect(calendarOf(policy, ref)).not.toBe(calendarOf({ ...policy }, ref));
  expect(calendarOf(policy, ref)).not.toBe(calendarOf(policy, { ...ref, holidays: null }));
});

test('a row that the policy does not have is refused with the rows that it has', () => {
  const ref = { id: 'busines', timeZone: 'UTC', holidays: null };
  expect(() => calendarOf(policy, ref)).toThrow(
    'the policy has no calendar "busines"; it has business, support',
  );
});
