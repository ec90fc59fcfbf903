/** Waits that would outlast the executions that wait (policy book §13: month 6 is far, a year is too far). */
import { parseSpan } from '../../calendar/index.ts';
import { appointedTarget, CHECK_IN } from '../../ladder/appointed.ts';
import type { IssuePath, PolicyIssue } from '../issue.ts';
import type { Policy } from '../schema.ts';
import type { CalendarRow } from '../schema/calendars.ts';
import type { CommitmentRow } from '../schema/commitments.ts';
import { wrong } from './finding.ts';

/**
 * An execution lasts 365 days at most, by the limit of Step Functions and by the state machine files. A month of them is
 * left for public holidays, pauses and messages that wait for somebody's hours.
 */
export const LONGEST_DAYS = 335;
const HOUR_MS = 3_600_000;
const LONGEST_MONTH_DAYS = 31;

export function checkWaits(policy: Policy): PolicyIssue[] {
  return [
    ...policy.commitments.flatMap((row, i) =>
      waitsOf(policy, row).flatMap(({ path, value, days }) =>
        tooLong(['commitments', i, ...path], value, days),
      ),
    ),
    ...checkIns(policy).flatMap(({ path, value, days }) => [
      ...tooLong(path, value, days + afterwards(policy)),
      ...nobodyOwes(policy, path, value),
    ]),
  ];
}

interface Wait {
  path: IssuePath;
  value: unknown;
  days: number;
}

/** What a commitment counts from its start, in days of the civil calendar. Of leads it is the threshold of their tier. */
function waitsOf(policy: Policy, row: CommitmentRow): Wait[] {
  const calendar = policy.calendars.find(({ id }) => id === row.calendar);
  const target = appointedTarget(row.target)?.span ?? row.target;
  if (calendar === undefined || row.machine === 'none') return [];
  const days = (span: string): number => (span.startsWith('P') ? civilDays(span, calendar) : 0);
  const until = (at: CommitmentRow['rungs'][number]['at']): number => {
    if ('percent' in at) return (days(target) * at.percent) / 100;
    if ('afterBreach' in at) return days(target) + days(at.afterBreach);
    return 'afterStart' in at ? days(at.afterStart) : 0;
  };
  const rungs = row.rungs.map(({ at }, i) => ({ path: ['rungs', i, 'at'], value: at, days: until(at) }));
  return [{ path: ['target'], value: row.target, days: days(target) }, ...rungs];
}

/** About how many days pass on the civil calendar until so much time of a calendar has, holidays left out. */
function civilDays(span: string, { weekly }: CalendarRow): number {
  const windows = Object.values(weekly);
  const openDays = windows.filter((day) => day.length > 0).length;
  const openMs = windows.flat().reduce((sum, [from, to]) => sum + hours(to) - hours(from), 0) * HOUR_MS;
  // Such a calendar is a finding of its own, or opens on some dates only.
  if (openMs === 0) return 0;
  const parsed = parseSpan(span);
  return parsed.kind === 'days' ? (parsed.days * 7) / openDays : (parsed.ms / openMs) * 7;
}

function hours(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour + minute / 60;
}

function checkIns({ recycling, aeRejections }: Policy): (Wait & { value: string })[] {
  const rows = [
    ...recycling.map(({ checkInAfter }, i) => ({ path: ['recycling', i, 'checkInAfter'], checkInAfter })),
    ...aeRejections.map(({ checkInAfter }, i) => ({
      path: ['aeRejections', i, 'checkInAfter'],
      checkInAfter,
    })),
  ];
  return rows.flatMap(({ path, checkInAfter: value }) => {
    if (value === undefined) return [];
    const n = Number(value.slice(1, -1));
    return [{ path, value, days: value.endsWith('M') ? n * LONGEST_MONTH_DAYS : n }];
  });
}

/** How long the commitment of the check-in waits after the instant that was agreed on. */
function afterwards(policy: Policy): number {
  const rows = policy.commitments.filter(({ start }) => start === CHECK_IN);
  return Math.max(0, ...rows.flatMap((row) => waitsOf(policy, row).map(({ days }) => days)));
}

function nobodyOwes({ commitments }: Policy, path: IssuePath, value: string): PolicyIssue[] {
  if (commitments.some(({ start }) => start === CHECK_IN)) return [];
  return [wrong(path, value, `no commitment starts with ${CHECK_IN}: nobody would be told`)];
}

function tooLong(path: IssuePath, value: unknown, days: number): PolicyIssue[] {
  if (days <= LONGEST_DAYS) return [];
  const about = `comes after about ${Math.round(days)} days; an execution waits for ${LONGEST_DAYS} at most`;
  return [wrong(path, value, about)];
}
