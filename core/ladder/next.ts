/** What the execution of a clock does next. */
import { wallMs } from '../calendar/index.ts';
import type { Clock, Rung } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Next, Outcome, RunState, TicketState, WorkflowState } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { Subject } from '../model/subject.ts';
import { isTicket } from '../model/subject.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs } from '../time.ts';
import { iso, storedMs, wholeSecond } from '../time.ts';

/** The commitment whose execution assigns owners and climbs the response ladder. */
export const RESPONSE = 'mql.respond';

/** The clock of this id, or undefined. */
export function clockOf({ clocks }: Pick<Subject, 'clocks'>, clockId: string): Clock | undefined {
  return clocks.find((clock) => clock.clockId === clockId);
}

/** The subject with one of its clocks replaced by another state of it. */
export function withClock<S extends Subject>(subject: S, clock: Clock): S {
  const clocks = subject.clocks.map((other) => (other.clockId === clock.clockId ? clock : other));
  return { ...subject, clocks };
}

/**
 * What a run of a clock has to do next: end (met, superseded, nothing left), wait out a pause, or wait for the soonest
 * of its open rungs, its held messages and the next attempt to find an owner.
 */
export function nextStep(
  policy: CompiledPolicy,
  subject: Subject,
  clockId: string,
  run: number,
  now: EpochMs,
): { outcome: Outcome; next: Next } {
  const clock = clockOf(subject, clockId);
  const nothing: Next = { rung: 'none', at: iso(wholeSecond(now)) };
  if (clock === undefined || clock.run !== run || clock.status === 'cancelled') {
    return { outcome: 'handed_over', next: nothing };
  }
  if (!isOpen(clock)) {
    return { outcome: clock.status === 'met' ? 'met_in_time' : 'met_late', next: nothing };
  }
  // One that is known beforehand has not begun yet: what is due until then is waited for.
  const pause = clock.pauses.find((candidate) => candidate.to === null);
  if (pause !== undefined && clock.status === 'paused') {
    const lookAgain = now + wallMs(policy.pauses.lookAgain);
    const at = pause.until === null ? lookAgain : Math.min(lookAgain, storedMs(pause.until));
    return { outcome: 'paused', next: { rung: 'look', at: iso(wholeSecond(at)) } };
  }
  const soonest = candidates(subject, clock).sort((a, b) => a.at - b.at)[0];
  if (soonest === undefined) return { outcome: 'handed_over', next: nothing };
  return { outcome: 'climb', next: { rung: soonest.rung, at: iso(wholeSecond(Math.max(soonest.at, 0))) } };
}

function candidates(subject: Subject, clock: Clock): { rung: Next['rung']; at: EpochMs }[] {
  const steps: { rung: Next['rung']; at: EpochMs }[] = [];
  if (clock.commitment === RESPONSE && !isTicket(subject)) steps.push(...nextDraw(subject));
  for (const held of subject.held) {
    if (held.notice.clockId === clock.clockId) steps.push({ rung: 'tell', at: storedMs(held.until) });
  }
  for (const rung of clock.rungs) {
    if (rung.doneAt === null) steps.push({ rung: rung.rung, at: lookedAt(clock, rung) });
  }
  return steps;
}

/** The next attempt to find an owner, while nobody owns the lead. */
function nextDraw({ owner, retryAssignAt }: Lead): { rung: 'assign'; at: EpochMs }[] {
  return owner === null && retryAssignAt !== null ? [{ rung: 'assign', at: storedMs(retryAssignAt) }] : [];
}

/**
 * When a rung is looked at: at its instant. Where no time is allowed, what comes at that very instant is in time, so
 * that a miss is not looked for before it is over.
 */
function lookedAt({ dueAt, countsFrom }: Clock, { rung, at }: Rung): EpochMs {
  const tellsOfMiss = rung !== 'remind' && rung !== 'warn';
  const isAtOnce = tellsOfMiss && at === dueAt && dueAt === countsFrom;
  return storedMs(at) + (isAtOnce ? 1 : 0);
}

/** The subject with the waiting instant of a run noted, and the state that the machine goes on with. */
export function goOn<S extends Subject>(
  policy: CompiledPolicy,
  subject: S,
  clockId: string,
  run: number,
  now: EpochMs,
): { lead: S; state: RunState } {
  const { outcome, next } = nextStep(policy, subject, clockId, run, now);
  const clock = clockOf(subject, clockId);
  const waits = outcome === 'climb' || outcome === 'paused';
  const noted =
    clock === undefined || clock.run !== run
      ? subject
      : withClock(subject, { ...clock, wakeAt: waits ? next.at : null });
  return { lead: noted, state: { ...identityOf(subject), clockId, run, outcome, next } };
}

function identityOf(
  subject: Subject,
): Pick<WorkflowState, 'leadId' | 'cycle'> | Pick<TicketState, 'ticketId'> {
  return isTicket(subject)
    ? { ticketId: subject.ticketId }
    : { leadId: subject.leadId, cycle: subject.cycle };
}

/** The lead with a run of a clock noted as awake: its next step is due now, whatever it waits for after that. */
export function awake(lead: Lead, clockId: string, run: number, now: EpochMs): Lead {
  const clock = clockOf(lead, clockId);
  return clock?.run === run ? withClock(lead, { ...clock, wakeAt: iso(now) }) : lead;
}
