/** A running commitment. One is open per commitment and number; it lives inside its lead's item. */
import type { RungName } from '../policy/schema/commitments.ts';
import type { Iso } from '../time.ts';

export type ClockStatus =
  'within_sla' | 'at_risk' | 'breached' | 'escalated' | 'paused' | 'met' | 'missed' | 'cancelled';

/** Which calendar a clock runs on, resolved when it was opened: enough to rebuild it from the policy. */
export interface CalendarRef {
  /** A calendar row of the policy. */
  id: string;
  timeZone: string;
  /** Key of the public holidays that apply, `BR` or `BR-SP`; null for none. */
  holidays: string | null;
}

/** A rung of one clock, with what became of it. */
export interface Rung {
  rung: RungName;
  at: Iso;
  doneAt: Iso | null;
  /** `done`, or `passed_over` with the reason. */
  outcome: 'done' | 'passed_over' | null;
  reason: string | null;
  /** How often it was taken back after it had been done, because the deadline had moved past it. */
  takenBack?: number | undefined;
}

/** Time that does not count. `to` is null while the clock is paused. */
export interface Pause {
  from: Iso;
  to: Iso | null;
  /** When it ends by itself, or null: until somebody resumes. */
  until: Iso | null;
  /** One of the policy's reasons. */
  reason: string;
  /** What somebody typed besides; it may name the prospect, so that it is shown and never put on the bus. */
  note?: string | undefined;
  by: string;
  /** The status to which the clock returns. */
  statusBefore: ClockStatus;
}

/** The reason of a pause as people read it. */
export function pauseReason({ reason, note }: Pick<Pause, 'reason' | 'note'>): string {
  return note === undefined ? reason : `${reason} (${note})`;
}

export interface Extension {
  at: Iso;
  /** Added business time, ISO 8601. */
  added: string;
  reason: string;
  by: string;
}

/** One judgement of the clock; the history keeps all, the last one counts. */
export interface Verdict {
  at: Iso;
  verdict: 'met' | 'missed';
  /** The instant that was judged: of the attempt, or the deadline that passed. */
  of: Iso;
  because: string;
}

export interface Clock {
  /** `<commitment>-<n>`, e.g. `mql.respond-1`; unique within a lead. */
  clockId: string;
  commitment: string;
  /** The touch of the cadence that it is, for a clock of one. */
  touch?: number | undefined;
  /** The meeting that it is about, for a commitment whose subject is one. */
  about?: string | undefined;
  /** The instant that was agreed on, where the target counts to it or from it. */
  appointed?: { at: Iso; side: 'before' | 'after' } | undefined;
  /** The first instant of attempts that can meet it, where that is not its start. */
  listensFrom?: Iso | undefined;
  n: number;
  cycle: number;
  status: ClockStatus;
  /** Events that meet it, as the policy said when it was opened. */
  stop: string[];
  /** Who owes now: a person's id, or null while nobody is assigned or a role owes. */
  owes: string | null;
  calendar: CalendarRef;
  /** Business time allowed, ISO 8601, and the row it comes from, e.g. `source demo_request`. */
  target: string;
  targetFrom: string;
  /** Instant of the start event. */
  startedAt: Iso;
  /** Instant from which business time is counted: the start event or the next opening after it. */
  countsFrom: Iso;
  dueAt: Iso;
  metAt: Iso | null;
  /** The activity that met it. */
  metBy: string | null;
  verdicts: Verdict[];
  pauses: Pause[];
  extensions: Extension[];
  rungs: Rung[];
  /** The execution that waits for it: counts up when another one takes over. */
  run: number;
  /** The instant for which the current execution waits; null when none does. */
  wakeAt: Iso | null;
  explanation: string;
}

/** Whether a clock still waits for its stop event (it may have been breached already). */
export function isOpen(clock: Clock): boolean {
  return (
    clock.metAt === null &&
    clock.status !== 'cancelled' &&
    clock.status !== 'met' &&
    clock.status !== 'missed'
  );
}
