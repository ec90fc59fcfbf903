/**
 * What happens to a ticket, decided on the same clocks as a lead's (policy book §16). What the engine needs to run them
 * is in docs/adr/0027.
 */
import { describeSpan } from '../calendar/index.ts';
import { openClock } from '../ladder/open-clock.ts';
import { metClock } from '../lifecycle/clocks.ts';
import type { Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Ticket } from '../model/ticket.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import type { Exclusion } from './pauses.ts';
import { clockAt, excluded, included, running } from './pauses.ts';
import type { TicketTarget } from './targets.ts';
import { resolutionTarget, responseTarget } from './targets.ts';

/** Stop events of the policy's support commitments. */
const ANSWERED = 'first_response';
const RESOLVED = 'ticket_resolved';

type TicketFacts = Pick<Ticket, 'ticketId' | 'customer' | 'severity' | 'service' | 'zone' | 'ownerId'>;

/** A new ticket with a clock for the response and one for the resolution, as far as the policy enforces any. */
export function openTicket(policy: CompiledPolicy, facts: TicketFacts, at: EpochMs): Ticket {
  const ticket: Ticket = {
    ...facts,
    openedAt: iso(at),
    state: 'open',
    firstResponseAt: null,
    resolvedAt: null,
    contacts: 0,
    reopened: 0,
    clocks: [],
  };
  const answered = withClock(policy, ticket, responseTarget(policy, ticket, at), at);
  return withClock(policy, answered, resolutionTarget(policy, ticket, at), at);
}

/** Somebody has answered the customer; the first time meets the response. */
export function answerTicket(policy: CompiledPolicy, ticket: Ticket, at: EpochMs): Ticket {
  const met = happened(policy, ticket, [ANSWERED], at);
  const state = ticket.state === 'open' ? 'answered' : ticket.state;
  return {
    ...met,
    state,
    firstResponseAt: ticket.firstResponseAt ?? iso(at),
    contacts: ticket.contacts + 1,
  };
}

/**
 * The ticket as resolved; doing it again changes nothing.
 * @param told whether the customer was told by it, which answers a ticket that nobody had answered
 */
export function resolveTicket(policy: CompiledPolicy, ticket: Ticket, at: EpochMs, told = true): Ticket {
  if (ticket.state === 'resolved') return ticket;
  const answered = told ? answerTicket(policy, ticket, at) : ticket;
  return { ...happened(policy, answered, [RESOLVED], at), state: 'resolved', resolvedAt: iso(at) };
}

/** The customer has come back with it: it is to be resolved anew, counted from then. */
export function reopenTicket(policy: CompiledPolicy, ticket: Ticket, at: EpochMs): Ticket {
  if (ticket.state !== 'resolved') return ticket;
  const state = ticket.firstResponseAt === null ? 'open' : 'answered';
  const again: Ticket = { ...ticket, state, resolvedAt: null, reopened: ticket.reopened + 1 };
  return withClock(policy, again, resolutionTarget(policy, ticket, at), at);
}

/**
 * Time that does not count for any of its clocks.
 * @throws RangeError if the policy has no such exclusion or it does not pause
 */
export function excludeTicket(policy: CompiledPolicy, ticket: Ticket, ask: Exclusion, now: EpochMs): Ticket {
  if (policy.exclusions.find(({ id }) => id === ask.exclusion)?.pauses !== true) {
    const known = policy.exclusions.flatMap(({ id, pauses }) => (pauses ? [id] : []));
    throw new RangeError(`"${ask.exclusion}" is no exclusion that pauses; ${known.join(', ')} are`);
  }
  return onEach(ticket, (clock) => rejudged(excluded(policy, clock, ask, now), now));
}

/** Ends an exclusion that has no end yet. */
export function includeTicket(
  policy: CompiledPolicy,
  ticket: Ticket,
  exclusion: string,
  at: EpochMs,
): Ticket {
  return onEach(ticket, (clock) => included(policy, clock, exclusion, at));
}

/** The ticket as it stands at an instant: exclusions ended, deadlines that have passed judged. */
export function lookAtTicket(policy: CompiledPolicy, ticket: Ticket, now: EpochMs): Ticket {
  return onEach(ticket, (clock) => rejudged(clockAt(policy, clock, now), now));
}

/**
 * How a clock stands at an instant, by its deadline alone; null while it can still be met. Exclusions that are found
 * later turn it, and the clock's history keeps both.
 */
export function standing(clock: Clock, now: EpochMs): 'met' | 'missed' | null {
  if (clock.metAt !== null) return clock.metAt <= clock.dueAt ? 'met' : 'missed';
  if (clock.status === 'cancelled') return null;
  return storedMs(clock.dueAt) < now ? 'missed' : null;
}

/** Meets every open clock that one of the facts stops: up to and including its deadline in time. */
function happened(policy: CompiledPolicy, ticket: Ticket, facts: readonly string[], at: EpochMs): Ticket {
  return onEach(ticket, (clock) => {
    const fact = facts.find((one) => clock.stop.includes(one));
    if (fact === undefined || !isOpen(clock)) return clock;
    return metClock(running(policy, clock, at), at, null, at, `${fact} at ${iso(at)}.`);
  });
}

function rejudged(clock: Clock, now: EpochMs): Clock {
  const verdict = standing(clock, now);
  if (verdict === null || verdict === clock.verdicts.at(-1)?.verdict) return clock;
  const of = clock.metAt ?? clock.dueAt;
  const because = `${of} against a deadline of ${clock.dueAt}.`;
  const status = clock.metAt === null ? clock.status : verdict;
  return { ...clock, status, verdicts: [...clock.verdicts, { at: iso(now), verdict, of, because }] };
}

function withClock(policy: CompiledPolicy, ticket: Ticket, terms: TicketTarget | null, at: EpochMs): Ticket {
  if (terms === null) return ticket;
  const { row, target, targetFrom, calendar } = terms;
  const countsFrom = iso(terms.countsFrom);
  const n = ticket.clocks.filter(({ commitment }) => commitment === row.id).length + 1;
  const hours = `calendar ${calendar.id} in ${calendar.timeZone}`;
  const explanation = `${row.title}: ${describeSpan(target)} (${targetFrom}), counted from ${countsFrom} on ${hours}.`;
  const owes = row.owes === 'owner' ? ticket.ownerId : null;
  const clock = openClock(policy, row, {
    ...{ n, cycle: 1, owes, tier: 3, calendar, target, targetFrom },
    ...{ startedAt: iso(at), countsFrom, explanation },
  });
  return { ...ticket, clocks: [...ticket.clocks, clock] };
}

function onEach(ticket: Ticket, change: (clock: Clock) => Clock): Ticket {
  const clocks = ticket.clocks.map(change);
  return clocks.every((clock, i) => clock === ticket.clocks[i]) ? ticket : { ...ticket, clocks };
}
