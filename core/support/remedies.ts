/** What is owed to a customer for a month (policy book §16): service credits and root cause analyses, from stored facts. */
import { calendarOf, deadline, parseSpan } from '../calendar/index.ts';
import type { Tally } from '../consequences/tally.ts';
import { isBelow, tallyOf } from '../consequences/tally.ts';
import type { Clock } from '../model/clock.ts';
import type { Ticket } from '../model/ticket.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import { calendarIn } from '../qualification/calendar.ts';
import { homeHolidays } from '../qualification/place.ts';
import { contains } from '../reporting/period.ts';
import type { Period } from '../reporting/period.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import type { Availability, ExcludedSpan, Outage } from './availability.ts';
import { availabilityOf } from './availability.ts';
import { lookAtTicket, standing } from './tickets.ts';

export interface CustomerFacts {
  customerId: string;
  /** A row of the policy's support customers. */
  kind: string;
  /** Services that the customer pays for. */
  services: readonly string[];
  outages: readonly Outage[];
  excluded: readonly ExcludedSpan[];
  /** The customer's tickets, of any time. */
  tickets: readonly Ticket[];
}

export interface Credit {
  percent: number;
  because: string;
}

export interface Analysis {
  /** `<customerId>/<service>/<month>/root_cause` or `<ticketId>/<clockId>/root_cause`. */
  analysisId: string;
  because: string;
  /** The instant from which it is owed. */
  from: Iso;
  dueAt: Iso;
}

export interface Remedies {
  customerId: string;
  month: Period;
  /** False while the month runs: nothing is final. */
  complete: boolean;
  availability: Availability[];
  /** Support clocks whose deadline lies in the month. */
  tickets: Tally;
  /** The exclusion that leaves this kind of customer out, or null. */
  leftOut: string | null;
  credits: Credit[];
  /** Of the monthly fee: all credits, up to the most that the policy allows. */
  creditPercent: number;
  analyses: Analysis[];
}

/** @param now the instant at which the facts were read */
export function remediesOf(
  policy: CompiledPolicy,
  facts: CustomerFacts,
  month: Period,
  now: EpochMs,
): Remedies {
  const customer = policy.support.customers.find(({ id }) => id === facts.kind);
  const percent = customer?.availabilityPercent;
  const availability =
    percent === undefined
      ? []
      : facts.services.map((service) => availabilityOf(policy, { service, percent }, facts, month, now));
  const clocks = judgedClocks(policy, facts.tickets, month, now);
  const tickets = tallyOf(clocks.map(({ verdict }) => verdict));
  const leftOut = policy.exclusions.find(({ customers }) => customers?.includes(facts.kind))?.id ?? null;
  const credits = leftOut === null ? creditsOf(policy, availability, tickets) : [];
  const most = creditRules(policy)?.atMostPercent ?? 0;
  return {
    customerId: facts.customerId,
    month,
    complete: month.to <= now,
    availability,
    tickets,
    leftOut,
    credits,
    creditPercent: Math.min(
      most,
      credits.reduce((sum, credit) => sum + credit.percent, 0),
    ),
    analyses: leftOut === null ? analysesOf(policy, facts, month, availability, clocks) : [],
  };
}

interface JudgedClock {
  ticket: Ticket;
  clock: Clock;
  verdict: 'met' | 'missed';
}

/** A clock belongs to the month in which its deadline lies, so that a verdict that turns stays in its month. */
function judgedClocks(
  policy: CompiledPolicy,
  tickets: readonly Ticket[],
  month: Period,
  now: EpochMs,
): JudgedClock[] {
  return tickets
    .flatMap((ticket) =>
      lookAtTicket(policy, ticket, now).clocks.flatMap((clock) => {
        const verdict = standing(clock, now);
        if (verdict === null || !contains(month, storedMs(clock.dueAt))) return [];
        return [{ ticket, clock, verdict }];
      }),
    )
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf({ ticket, clock }: JudgedClock): string {
  return `${clock.dueAt}/${ticket.ticketId}/${clock.clockId}`;
}

function creditRules(policy: CompiledPolicy) {
  return policy.remedies.find(({ credits }) => credits !== undefined)?.credits;
}

/** One credit for each service whose budget was used up, one for the tickets. */
function creditsOf(policy: CompiledPolicy, services: readonly Availability[], tickets: Tally): Credit[] {
  const rules = creditRules(policy);
  if (rules === undefined) return [];
  const down = services.flatMap(({ service, downtimeMs, budgetMs, promisedPercent }) => {
    const percent = most(rules.availability.filter((row) => downtimeMs > row.aboveTimes * budgetMs));
    const minutes = `${minutesOf(downtimeMs)} minutes down of ${minutesOf(budgetMs)} allowed`;
    return percent === 0 ? [] : [{ percent, because: `${service}: ${minutes} at ${promisedPercent} %.` }];
  });
  const percent = most(rules.tickets.filter((row) => isBelow(tickets, row.belowPercent)));
  const because = `${tickets.met} of ${tickets.judged} support commitments were met.`;
  return percent === 0 ? down : [...down, { percent, because }];
}

function most(rows: readonly { percent: number }[]): number {
  return Math.max(0, ...rows.map(({ percent }) => percent));
}

function minutesOf(ms: number): string {
  return String(Math.round(ms / 600) / 100);
}

/** For each service whose budget was used up, and each missed clock of a ticket of the policy's severities. */
function analysesOf(
  policy: CompiledPolicy,
  { customerId }: CustomerFacts,
  month: Period,
  services: readonly Availability[],
  clocks: readonly JudgedClock[],
): Analysis[] {
  const rules = policy.remedies.find(({ analysis }) => analysis !== undefined)?.analysis;
  if (rules === undefined) return [];
  const prospect = { timeZone: policy.home.timeZone, holidays: homeHolidays(policy) };
  const calendar = calendarOf(
    policy,
    calendarIn(policy, rules.calendar, { prospect, pool: policy.home.timeZone, owner: null }),
  );
  const owed = (analysisId: string, because: string, from: EpochMs): Analysis => {
    const dueAt = iso(deadline(calendar, from, parseSpan(rules.within)));
    return { analysisId, because, from: iso(from), dueAt };
  };
  return [
    ...services.flatMap(({ service, usedUpAt }) => {
      if (usedUpAt === null) return [];
      const because = `The budget of ${service} for ${month.name} was used up.`;
      return [owed(`${customerId}/${service}/${month.name}/root_cause`, because, usedUpAt)];
    }),
    ...clocks.flatMap(({ ticket, clock, verdict }) => {
      const asks = ticket.severity !== null && rules.severities.includes(ticket.severity);
      if (verdict !== 'missed' || !asks) return [];
      const id = `${ticket.ticketId}/${clock.clockId}/root_cause`;
      return [owed(id, `Ticket ${ticket.ticketId} missed ${clock.commitment}.`, storedMs(clock.dueAt))];
    }),
  ];
}
