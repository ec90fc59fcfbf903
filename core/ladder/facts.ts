/** Small builders of effects, so that ids are made in one place and in one way. */
import type { Clock } from '../model/clock.ts';
import type { Effect, NoticeKind, RecordItem, TimelineEntry } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { Subject } from '../model/subject.ts';
import { isTicket, subjectIdOf } from '../model/subject.ts';
import type { Ticket } from '../model/ticket.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { RungName } from '../policy/schema/commitments.ts';
import type { EpochMs } from '../time.ts';
import { iso } from '../time.ts';
import { clockOf, goOn, withClock } from './next.ts';

/** What a decision changes, and what it leaves to be done. */
export interface Decision<S extends Subject = Lead> {
  /** The subject as it is then: a lead, unless the decision is about a ticket. */
  lead: S;
  effects: Effect[];
}

/** One decision after another: the subject as the second leaves it, and the effects of both in order. */
export function and<S extends Subject>(first: Decision<S>, second: Decision<S>): Decision<S> {
  return { lead: second.lead, effects: [...first.effects, ...second.effects] };
}

type Occasion = { clock?: Clock | undefined; rung?: RungName | undefined; key?: string | undefined };

/** A timeline entry; `key` tells apart what happens more than once to a clock. */
export function entry(at: EpochMs, what: string, why: string, on: Occasion = {}, who = 'system'): Effect {
  const entryId = [what, on.clock?.clockId, on.rung, on.key].filter((part) => part !== undefined).join('/');
  const text: TimelineEntry = {
    entryId,
    at: iso(at),
    what,
    who,
    why,
    clockId: on.clock?.clockId,
    rung: on.rung,
  };
  return { kind: 'timeline', id: `timeline/${entryId}`, entry: text };
}

/** An event for the bus: a past-tense fact with identifiers and instants only. */
export function event(
  subject: Subject,
  detailType: string,
  at: EpochMs,
  on: Occasion = {},
  data: Record<string, unknown> = {},
): Effect {
  const whose = isTicket(subject) ? [subject.ticketId] : [subject.leadId, subject.cycle];
  const id = [...whose, detailType, on.clock?.clockId, on.rung, on.key]
    .filter((part) => part !== undefined)
    .join('/');
  return { kind: 'event', id, detailType, at: iso(at), data: { ...common(subject, on), ...data } };
}

function common(subject: Subject, on: Occasion): Record<string, unknown> {
  const facts = isTicket(subject) ? ticketFacts(subject) : leadFacts(subject);
  const clock = on.clock;
  if (clock === undefined) return facts;
  const { clockId, commitment, dueAt, target, targetFrom } = clock;
  return {
    ...facts,
    clockId,
    commitment,
    dueAt,
    target,
    targetFrom,
    ...(on.rung === undefined ? {} : { rung: on.rung }),
  };
}

function ticketFacts(ticket: Ticket): Record<string, unknown> {
  return {
    ticketId: ticket.ticketId,
    deskSystem: ticket.desk.system,
    deskRecordId: ticket.desk.recordId,
    customerId: ticket.customer.id,
    customerKind: ticket.customer.kind,
    severity: ticket.severity,
    service: ticket.service,
    ownerId: ticket.ownerId,
    status: ticket.state,
  };
}

function leadFacts(lead: Lead): Record<string, unknown> {
  return {
    leadId: lead.leadId,
    cycle: lead.cycle,
    crmSystem: lead.crm.system,
    // Empty once the personal data was removed.
    ...(lead.crm.recordId !== '' && { crmRecordId: lead.crm.recordId }),
    ownerId: lead.owner?.personId ?? null,
    poolId: lead.poolId,
    status: lead.status,
  };
}

/** A mail to one recipient on one occasion; the id is the key of exactly-once. */
export function notice(
  at: EpochMs,
  kind: NoticeKind,
  recipient: string,
  on: { clock: Clock | null; rung: RungName | null; key?: string | undefined },
): Extract<Effect, { kind: 'notice' }> {
  const occasion = on.key ?? on.rung ?? kind;
  const id = `${on.clock?.clockId ?? 'lead'}/${occasion}/${recipient}`;
  return {
    kind: 'notice',
    id,
    notice: kind,
    clockId: on.clock?.clockId ?? null,
    rung: on.rung,
    recipient,
    at: iso(at),
  };
}

/** Something that people work on or that reports count. */
export function record(
  at: EpochMs,
  type: RecordItem['type'],
  on: { clock: Clock; rung: RungName; key?: string | undefined },
  text: { title: string; assignee: string | null; personId: string | null; state?: RecordItem['state'] },
): Effect {
  const recordId = [on.clock.clockId, on.rung, on.key].filter((part) => part !== undefined).join('/');
  return {
    kind: 'record',
    id: `record/${type}/${recordId}/${text.state ?? 'open'}`,
    record: {
      recordId,
      type,
      at: iso(at),
      clockId: on.clock.clockId,
      rung: on.rung,
      ...text,
      state: text.state ?? 'open',
    },
  };
}

/** Something for somebody to do that no clock has brought about. */
export function task(
  at: EpochMs,
  recordId: string,
  title: string,
  assignee: string | null,
  dueAt?: EpochMs,
): Effect {
  const common = { type: 'task', at: iso(at), title, assignee, personId: null, state: 'open' } as const;
  const due = dueAt === undefined ? {} : { dueAt: iso(dueAt) };
  return {
    kind: 'record',
    id: `record/task/${recordId}/open`,
    record: { recordId, clockId: null, rung: null, ...common, ...due },
  };
}

/**
 * What tells a rung that was taken back and is climbed again from the first time: nothing, the first time.
 */
export function onceMore({ rungs }: Pick<Clock, 'rungs'>, rung: RungName): string | undefined {
  const times = rungs.find((candidate) => candidate.rung === rung)?.takenBack ?? 0;
  return times === 0 ? undefined : String(times + 1);
}

/**
 * Gives a clock an execution of its own that waits for it: the subject with the clock's next run noted, and the start
 * that is owed. Name and input are deterministic, so that starting twice is starting once.
 */
export function startRun<S extends Subject>(
  policy: CompiledPolicy,
  subject: S,
  clockId: string,
  now: EpochMs,
): Decision<S> {
  const clock = clockOf(subject, clockId);
  const row = policy.commitments.find((candidate) => candidate.id === clock?.commitment);
  if (clock === undefined || row === undefined || row.machine === 'none')
    return { lead: subject, effects: [] };
  const next: Clock = { ...clock, run: clock.run + 1 };
  const { lead: noted, state } = goOn(policy, withClock(subject, next), clockId, next.run, now);
  // The response machine begins with the assignment, so it is awake at once whatever its first rung is.
  const started = row.machine === 'mql-response' ? withClock(noted, { ...next, wakeAt: iso(now) }) : noted;
  const name = executionName(subject, next, row.machine);
  return {
    lead: started,
    effects: [{ kind: 'start', id: `start/${name}`, machine: row.machine, name, input: state }],
  };
}

/**
 * `<leadId>-<cycle>` for the response of a lead, `<subjectId>-<commitment>-<n>` for every other clock; a run that takes
 * over from another adds `-r<run>`. At most 80 characters of `[0-9A-Za-z_-]`.
 */
export function executionName(
  subject: Subject,
  clock: Clock,
  machine: 'mql-response' | 'commitment-clock',
): string {
  const commitment = clock.commitment.replaceAll(/[^0-9A-Za-z_-]/g, '-');
  const id = subjectIdOf(subject);
  const base = machine === 'mql-response' ? `${id}-${clock.cycle}` : `${id}-${commitment}-${clock.n}`;
  return clock.run <= 1 ? base : `${base}-r${clock.run}`;
}
