/** When the rungs of a clock are due (policy book §5): always in business time of the clock's own calendar. */
import { calendarOf, deadline, elapsed, parseSpan, wallMs } from '../calendar/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { CalendarRef } from '../model/clock.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { CommitmentRow, RungName, RungRow } from '../policy/schema/commitments.ts';
import type { EpochMs } from '../time.ts';

/** What the instants of a clock are computed from. */
export interface Reckoning {
  /** Of a lead; nothing else has one. */
  tier?: 1 | 2 | 3 | undefined;
  calendar: CalendarRef;
  /** Instant from which business time counts. */
  countsFrom: EpochMs;
  /** Time allowed, ISO 8601. */
  target: string;
  pauses: readonly { from: EpochMs; to: EpochMs }[];
  /** Business time added by extensions, in milliseconds. */
  addedMs: number;
  /** The instant that was agreed on; `before`: the target counts to it, whatever was paused. */
  appointed?: { at: EpochMs; side: 'before' | 'after' } | undefined;
}

export interface RungInstant {
  rung: RungName;
  at: EpochMs;
}

/** The instant at which the target is used up, extensions and pauses included. */
export function dueAt(policy: CompiledPolicy, c: Reckoning): EpochMs {
  return due(calendarOf(policy, c.calendar), c);
}

/**
 * The rungs of a commitment with their instants, soonest first; rungs of the same instant keep the policy's order.
 * A breach threshold never comes before the deadline itself.
 */
export function rungInstants(policy: CompiledPolicy, row: CommitmentRow, c: Reckoning): RungInstant[] {
  const calendar = calendarOf(policy, c.calendar);
  const dueInstant = due(calendar, c);
  return row.rungs
    .map((rung) => ({ rung: rung.rung, at: rungInstant(policy, calendar, rung, c, dueInstant) }))
    .sort((a, b) => a.at - b.at);
}

function rungInstant(
  policy: CompiledPolicy,
  calendar: Calendar,
  rung: RungRow,
  c: Reckoning,
  dueInstant: EpochMs,
): EpochMs {
  if ('percent' in rung.at) {
    if (rung.at.percent === 100) return dueInstant;
    return deadline(calendar, c.countsFrom, (allowedMs(calendar, c) * rung.at.percent) / 100, c.pauses);
  }
  if ('afterBreach' in rung.at)
    return deadline(calendar, dueInstant, parseSpan(rung.at.afterBreach), c.pauses);
  if ('beforeAppointed' in rung.at) return beforeAppointed(rung, rung.at.beforeAppointed, c, dueInstant);
  const span = 'afterStart' in rung.at ? rung.at.afterStart : tierThreshold(policy, c.tier);
  const at = later(calendar, c, span);
  return rung.rung === 'threshold' ? Math.max(dueInstant, at) : at;
}

/** A reminder comes when it is said to; what tells of a miss never comes before the deadline. */
function beforeAppointed(
  { rung }: RungRow,
  span: string,
  { appointed }: Reckoning,
  dueInstant: EpochMs,
): EpochMs {
  if (appointed === undefined) return dueInstant;
  const at = appointed.at - wallMs(span);
  return rung === 'remind' || rung === 'warn' ? at : Math.max(dueInstant, at);
}

function tierThreshold(policy: CompiledPolicy, tier: 1 | 2 | 3 | undefined): string {
  const row = policy.tiers.find((candidate) => candidate.tier === tier);
  if (row === undefined) throw new RangeError(`the policy has no row for tier ${String(tier)}`);
  return row.breachThreshold;
}

function due(calendar: Calendar, c: Reckoning): EpochMs {
  if (c.appointed?.side === 'before') return c.appointed.at - wallMs(c.target) + c.addedMs;
  return later(calendar, c, c.target);
}

function later(calendar: Calendar, c: Reckoning, span: string): EpochMs {
  const first = deadline(calendar, c.countsFrom, parseSpan(span), c.pauses);
  return c.addedMs === 0 ? first : deadline(calendar, first, c.addedMs, c.pauses);
}

/** Business time allowed in all, in milliseconds, extensions included, pauses left out. */
function allowedMs(calendar: Calendar, c: Reckoning): number {
  const span = parseSpan(c.target);
  const ms =
    span.kind === 'time' ? span.ms : elapsed(calendar, c.countsFrom, deadline(calendar, c.countsFrom, span));
  return ms + c.addedMs;
}
