/**
 * Which commitments a ticket has (policy book §16): by severity, by customer, by service, or by several of them. Of the
 * rows that apply the strictest holds and is named, as for leads.
 */
import { calendarOf, nextOpening } from '../calendar/index.ts';
import type { CalendarRef } from '../model/clock.ts';
import type { Ticket } from '../model/ticket.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { CommitmentRow } from '../policy/schema/commitments.ts';
import { calendarIn } from '../qualification/calendar.ts';
import { strictest } from '../qualification/target.ts';
import type { EpochMs } from '../time.ts';

/** The service row that is of every service. */
const ANY_SERVICE = 'any';

export interface TicketTarget {
  row: CommitmentRow;
  target: string;
  /** E.g. `severity critical`, `customer enterprise`, `service any`. */
  targetFrom: string;
  calendar: CalendarRef;
  countsFrom: EpochMs;
}

type Traits = Pick<Ticket, 'severity' | 'customer' | 'service' | 'zone'>;

/** The strictest enforced row for the first response, counted from an instant; null if none is enforced for it. */
export function responseTarget(policy: CompiledPolicy, ticket: Traits, at: EpochMs): TicketTarget | null {
  const { severities, customers, services } = policy.support;
  const severity = severities.find(({ id }) => id === ticket.severity);
  const customer = customers.find(({ id }) => id === ticket.customer.kind);
  const named = [
    ...(severity === undefined ? [] : [{ of: severity.response, from: `severity ${severity.id}` }]),
    ...(customer === undefined ? [] : [{ of: customer.response, from: `customer ${customer.id}` }]),
    ...services
      .filter(({ id }) => id === ANY_SERVICE || id === ticket.service)
      .map(({ id, response }) => ({ of: response, from: `service ${id}` })),
  ];
  return strictestOf(policy, ticket, named, at);
}

/** The row for the resolution, which the severity alone gives; null if none is enforced for it. */
export function resolutionTarget(policy: CompiledPolicy, ticket: Traits, at: EpochMs): TicketTarget | null {
  const severity = policy.support.severities.find(({ id }) => id === ticket.severity);
  const named = severity === undefined ? [] : [{ of: severity.resolution, from: `severity ${severity.id}` }];
  return strictestOf(policy, ticket, named, at);
}

function strictestOf(
  policy: CompiledPolicy,
  ticket: Traits,
  named: readonly { of: string; from: string }[],
  at: EpochMs,
): TicketTarget | null {
  const candidates = named.flatMap(({ of, from }) => targetOf(policy, ticket, of, from, at) ?? []);
  // Rows may count on calendars of their own: what is used up first is the strictest.
  const ends = candidates.map((one) => ({
    one,
    dueAt: strictest(calendarOf(policy, one.calendar), one.countsFrom, [one]).dueAt,
  }));
  return (
    ends.reduce<(typeof ends)[number] | null>(
      (best, next) => (best === null || next.dueAt < best.dueAt ? next : best),
      null,
    )?.one ?? null
  );
}

function targetOf(
  policy: CompiledPolicy,
  { zone }: Traits,
  commitment: string,
  targetFrom: string,
  at: EpochMs,
): TicketTarget | null {
  const row = policy.commitments.find(({ id }) => id === commitment);
  if (row?.enforced !== true || row.subject !== 'ticket') return null;
  const zones = { prospect: zone, pool: policy.home.timeZone, owner: null };
  const calendar = calendarIn(policy, row.calendar, zones);
  const countsFrom = nextOpening(calendarOf(policy, calendar), at);
  const target = row.target === 'at_once' ? 'PT0S' : row.target;
  return { row, target, targetFrom, calendar, countsFrom };
}
