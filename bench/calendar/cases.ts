/** Deadlines that can be checked by hand, and what each library makes of them. */
import type { WholeCalendar } from '../../core/policy/schema/calendars.ts';
import type { Target } from './libraries.ts';

type Windows = [string, string][];

export interface Case {
  what: string;
  calendar: WholeCalendar;
  start: string;
  target: Target;
  /** Reckoned by hand. */
  due: string;
}

export function minutes(amount: number): Target {
  return { iso: `PT${amount}M`, amount, unit: 'minutes' };
}

export function days(amount: number): Target {
  return { iso: `P${amount}D`, amount, unit: 'days' };
}

/** Monday to Friday. */
export function weekdays(timeZone: string, windows: Windows, holidays: string[] = []): WholeCalendar {
  const weekly = { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows };
  return { timeZone, weekly, holidays, overrides: {} };
}

function everyDay(timeZone: string, windows: Windows): WholeCalendar {
  const calendar = weekdays(timeZone, windows);
  return { ...calendar, weekly: { ...calendar.weekly, sat: windows, sun: windows } };
}

const NEW_YORK = 'America/New_York';
const office = weekdays(NEW_YORK, [['08:00', '18:00']], ['2026-11-26']);
const lunch = weekdays(NEW_YORK, [
  ['08:00', '12:00'],
  ['13:00', '18:00'],
]);
const always = everyDay(NEW_YORK, [['00:00', '24:00']]);
const berlin = weekdays('Europe/Berlin', [['08:00', '18:00']]);
const lordHowe = everyDay('Australia/Lord_Howe', [['00:00', '12:00']]);

function row(what: string, calendar: WholeCalendar, start: string, target: Target, due: string): Case {
  return { what, calendar, start, target, due };
}

export const CASES: Case[] = [
  row('within the day', office, '2026-11-23T09:00-05:00', minutes(120), '2026-11-23T11:00-05:00'),
  row('over a weekend', office, '2026-11-20T17:00-05:00', minutes(120), '2026-11-23T09:00-05:00'),
  row('over a holiday', office, '2026-11-25T17:00-05:00', minutes(120), '2026-11-27T09:00-05:00'),
  row(
    'used up exactly at the close',
    office,
    '2026-11-20T16:00-05:00',
    minutes(120),
    '2026-11-20T18:00-05:00',
  ),
  row('begun exactly at the close', office, '2026-11-20T18:00-05:00', minutes(5), '2026-11-23T08:05-05:00'),
  row(
    'half a minute before the close',
    office,
    '2026-11-20T17:59:30-05:00',
    minutes(5),
    '2026-11-23T08:04:30-05:00',
  ),
  row('over the lunch break', lunch, '2026-11-23T11:30-05:00', minutes(60), '2026-11-23T13:30-05:00'),
  row('24 h of office time', office, '2026-11-20T16:00-05:00', minutes(1440), '2026-11-25T10:00-05:00'),
  row('clock forward on a weekend', office, '2026-03-06T17:00-05:00', minutes(120), '2026-03-09T09:00-04:00'),
  row('clock back on a weekend', office, '2026-10-30T17:00-04:00', minutes(120), '2026-11-02T09:00-05:00'),
  row('clock forward within hours', always, '2026-03-08T00:30-05:00', minutes(180), '2026-03-08T04:30-04:00'),
  row('clock back within hours', always, '2026-11-01T00:30-04:00', minutes(180), '2026-11-01T02:30-05:00'),
  row('half-hour clock change', lordHowe, '2026-10-04T00:00+10:30', minutes(690), '2026-10-04T12:00+11:00'),
  row('open until 24:00', always, '2026-11-23T23:00-05:00', minutes(120), '2026-11-24T01:00-05:00'),
  row(
    'another zone than the process',
    berlin,
    '2026-11-20T17:00+01:00',
    minutes(120),
    '2026-11-23T09:00+01:00',
  ),
  row('14 business days', office, '2026-11-09T10:00-05:00', days(14), '2026-11-30T10:00-05:00'),
  row(
    '14 business days from a Saturday',
    office,
    '2026-11-07T10:00-05:00',
    days(14),
    '2026-11-30T08:00-05:00',
  ),
];
