/**
 * What happens to a ticket, decided on the same clocks as a lead's (policy book §16). The decisions say what the ticket
 * is then; what is told of it is the difference (told.ts).
 */
import { describeSpan } from '../calendar/index.ts';
import { openClock } from '../ladder/open-clock.ts';
import { metClock } from '../lifecycle/clocks.ts';
import type { Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Ticket, TicketExclusion, TicketFacts } from '../model/ticket.ts';
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

/**
 * A new ticket with a clock for the response and one for the resolution, as far as the policy enforces any.
 * @param receivedAt when it was told of; the clocks count from its opening
 */
export function openTicket(
  policy: CompiledPolicy,
  facts: TicketFacts,
  at: EpochMs,
  receivedAt: EpochMs = at,
): Ticket {
  const ticket: Ticket = {
    ...facts,
    version: 1,
    openedAt: iso(at),
    receivedAt: iso(receivedAt),
    state: 'open',
    firstResponseAt: null,
    resolvedAt: null,
    contacts: 0,
    told: [],
    reopened: 0,
    exclusions: [],
    clocks: [],
    held: [],
    policyVersion: policy.policyVersion,
    owed: [],
  };
  const answered = withClock(policy, ticket, responseTarget(policy, ticket, at), at, receivedAt);
  return withClock(policy, answered, resolutionTarget(policy, ticket, at), at, receivedAt);
}

/**
 * Somebody has answered the customer; the first time meets the response, whatever the order in which answers are told.
 * The same answer again changes nothing.
 */
export function answerTicket(policy: CompiledPolicy, ticket: Ticket, at: EpochMs, now: EpochMs = at): Ticket {
  const told = fact('answered', at);
  if (ticket.told.includes(told)) return ticket;
  const met = happened(policy, ticket, [ANSWERED], at, now);
  const state = ticket.state === 'open' ? 'answered' : ticket.state;
  const first = ticket.firstResponseAt;
  return {
    ...met,
    state,
    firstResponseAt: first === null || iso(at) < first ? iso(at) : first,
    contacts: ticket.contacts + 1,
    told: [...ticket.told, told],
  };
}

/**
 * The ticket as resolved; doing it again changes nothing.
 * @param told whether the customer was told by it, which answers a ticket that nobody had answered
 */
export function resolveTicket(
  policy: CompiledPolicy,
  ticket: Ticket,
  at: EpochMs,
  told = true,
  now: EpochMs = at,
): Ticket {
  const known = fact('resolved', at);
  if (ticket.state === 'resolved' || ticket.told.includes(known)) return ticket;
  const answered = told ? answerTicket(policy, ticket, at, now) : ticket;
  const done = happened(policy, answered, [RESOLVED], at, now);
  return { ...done, state: 'resolved', resolvedAt: iso(at), told: [...answered.told, known] };
}

/** The customer has come back with it: it is to be resolved anew, counted from then. */
export function reopenTicket(policy: CompiledPolicy, ticket: Ticket, at: EpochMs, now: EpochMs = at): Ticket {
  const known = fact('reopened', at);
  if (ticket.state !== 'resolved' || ticket.told.includes(known)) return ticket;
  const state = ticket.firstResponseAt === null ? 'open' : 'answered';
  const again: Ticket = {
    ...ticket,
    state,
    resolvedAt: null,
    reopened: ticket.reopened + 1,
    told: [...ticket.told, known],
  };
  return withClock(policy, again, resolutionTarget(policy, ticket, at), at, now);
}

/** What the desk says anew of a ticket. */
export type TicketChanges = Partial<Pick<Ticket, 'severity' | 'service' | 'ownerId' | 'customer'>>;

/**
 * The ticket with what the desk says anew. An open clock whose row is another one now gives way to one of that row; a
 * verdict that is there stays. The first judgement of the severity counts from the opening, since the customer waits
 * from then on; a severity that changes counts from the change, since nobody could have worked to it before (decision
 * 0029).
 */
export function updateTicket(
  policy: CompiledPolicy,
  ticket: Ticket,
  changes: TicketChanges,
  now: EpochMs,
): Ticket {
  const changed: Ticket = { ...ticket, ...changes };
  const owned = onEach(changed, (clock) => owedBy(policy, clock, changed.ownerId));
  if (ticket.state === 'resolved') return owned;
  const from = ticket.severity === null ? storedMs(ticket.openedAt) : now;
  const responds = ticket.firstResponseAt === null;
  const answered = responds ? retargeted(policy, owned, ANSWERED, responseTarget, from, now) : owned;
  return retargeted(policy, answered, RESOLVED, resolutionTarget, from, now);
}

/**
 * Time that does not count for any of its clocks. One that is known changes nothing; one that is known without an end,
 * and is told with one, ends.
 * @throws RangeError if the policy has no such exclusion or it does not pause
 */
export function excludeTicket(policy: CompiledPolicy, ticket: Ticket, ask: Exclusion, now: EpochMs): Ticket {
  if (policy.exclusions.find(({ id }) => id === ask.exclusion)?.pauses !== true) {
    const known = policy.exclusions.flatMap(({ id, pauses }) => (pauses ? [id] : []));
    throw new RangeError(`"${ask.exclusion}" is no exclusion that pauses; ${known.join(', ')} are`);
  }
  const before = exclusionOf(ticket, ask);
  if (before !== undefined) {
    return before.to === null && ask.until !== null ? ended(policy, ticket, before, ask.until, now) : ticket;
  }
  const changed = onEach(ticket, (clock) => rejudged(excluded(policy, clock, ask, now), now));
  // Of time that is over and no clock knows of there is nothing to be kept.
  if (changed === ticket && ask.until !== null && ask.until <= now) return ticket;
  const entered: TicketExclusion = {
    exclusion: ask.exclusion,
    from: iso(ask.from),
    to: ask.until === null ? null : iso(ask.until),
    by: ask.by,
  };
  return { ...changed, exclusions: [...ticket.exclusions, entered] };
}

/** The exclusion of this name that began then, if the ticket knows it. */
export function exclusionOf(
  { exclusions }: Ticket,
  { exclusion, from }: Pick<Exclusion, 'exclusion' | 'from'>,
): TicketExclusion | undefined {
  return exclusions.find((one) => one.exclusion === exclusion && one.from === iso(from));
}

/** Ends every exclusion of this name that has no end yet. */
export function includeTicket(
  policy: CompiledPolicy,
  ticket: Ticket,
  exclusion: string,
  at: EpochMs,
): Ticket {
  return ticket.exclusions
    .filter((one) => one.exclusion === exclusion && one.to === null)
    .reduce((current, one) => ended(policy, current, one, at, at), ticket);
}

function ended(
  policy: CompiledPolicy,
  ticket: Ticket,
  one: TicketExclusion,
  until: EpochMs,
  now: EpochMs,
): Ticket {
  const ask = { exclusion: one.exclusion, from: storedMs(one.from), until };
  const changed = onEach(ticket, (clock) => rejudged(included(policy, clock, ask, now), now));
  const exclusions = ticket.exclusions.map((other) => (other === one ? { ...one, to: iso(until) } : other));
  return { ...changed, exclusions };
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

/** Whether this has been told of the ticket before: a repetition. */
export function wasTold({ told }: Ticket, what: 'answered' | 'resolved' | 'reopened', at: EpochMs): boolean {
  return told.includes(fact(what, at));
}

function fact(what: 'answered' | 'resolved' | 'reopened', at: EpochMs): string {
  return `${what}/${iso(at)}`;
}

/** Meets every clock that one of the facts stops, up to and including its deadline in time; the earliest fact counts. */
function happened(
  policy: CompiledPolicy,
  ticket: Ticket,
  facts: readonly string[],
  at: EpochMs,
  now: EpochMs,
): Ticket {
  return onEach(ticket, (clock) => {
    const stop = facts.find((one) => clock.stop.includes(one));
    const sooner = clock.metAt !== null && iso(at) < clock.metAt && iso(at) >= clock.startedAt;
    if (stop === undefined || !(isOpen(clock) || sooner)) return clock;
    return metClock(running(policy, clock, at), at, null, now, `${stop} at ${iso(at)}.`);
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

function withClock(
  policy: CompiledPolicy,
  ticket: Ticket,
  terms: TicketTarget | null,
  at: EpochMs,
  now: EpochMs,
): Ticket {
  if (terms === null) return ticket;
  const { row, target, targetFrom, calendar } = terms;
  const countsFrom = iso(terms.countsFrom);
  const n = ticket.clocks.filter(({ commitment }) => commitment === row.id).length + 1;
  const hours = `calendar ${calendar.id} in ${calendar.timeZone}`;
  const explanation = `${row.title}: ${describeSpan(target)} (${targetFrom}), counted from ${countsFrom} on ${hours}.`;
  const owes = row.owes === 'owner' ? ticket.ownerId : null;
  const clock = openClock(policy, row, {
    ...{ n, cycle: 1, owes, calendar, target, targetFrom },
    ...{ startedAt: iso(at), countsFrom, explanation },
  });
  return { ...ticket, clocks: [...ticket.clocks, standingStill(policy, ticket, clock, now)] };
}

/** What is excluded for the ticket is excluded for a clock that it gets while that lasts. */
function standingStill(policy: CompiledPolicy, ticket: Ticket, clock: Clock, now: EpochMs): Clock {
  return ticket.exclusions.reduce((current, { exclusion, from, to, by }) => {
    const until = to === null ? null : storedMs(to);
    return excluded(policy, current, { exclusion, from: storedMs(from), until, by }, now);
  }, clock);
}

/**
 * The open clock of a stop event gives way to one of the row that holds now, if that is another one. A miss stays one:
 * no change of the severity takes it away.
 */
function retargeted(
  policy: CompiledPolicy,
  ticket: Ticket,
  stop: string,
  targetOf: typeof responseTarget,
  from: EpochMs,
  now: EpochMs,
): Ticket {
  const open = ticket.clocks.find((clock) => isOpen(clock) && clock.stop.includes(stop));
  if (open !== undefined && standing(open, now) === 'missed') return ticket;
  const terms = targetOf(policy, ticket, from);
  if (terms?.row.id === open?.commitment && terms?.targetFrom === open?.targetFrom) return ticket;
  const clocks = ticket.clocks.map((clock): Clock =>
    clock === open ? { ...clock, status: 'cancelled' } : clock,
  );
  return withClock(policy, { ...ticket, clocks }, terms, from, now);
}

/** An open clock that is owed by the owner goes to the next one. */
function owedBy(policy: CompiledPolicy, clock: Clock, ownerId: string | null): Clock {
  const row = policy.commitments.find(({ id }) => id === clock.commitment);
  return isOpen(clock) && row?.owes === 'owner' && clock.owes !== ownerId
    ? { ...clock, owes: ownerId }
    : clock;
}

function onEach(ticket: Ticket, change: (clock: Clock) => Clock): Ticket {
  const clocks = ticket.clocks.map(change);
  return clocks.every((clock, i) => clock === ticket.clocks[i]) ? ticket : { ...ticket, clocks };
}
