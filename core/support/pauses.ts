/** One clock that stands still for an exclusion (policy book §4, §16): its deadline moves by business time, as a lead's does. */
import { reckon } from '../ladder/open-clock.ts';
import type { Clock, Pause, Rung } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso, storedMs } from '../time.ts';

export interface Exclusion {
  /** A row of the policy's exclusions that pauses. */
  exclusion: string;
  /** May lie in the past: what caused a miss is often found out later. */
  from: EpochMs;
  /** Null: until somebody ends it. */
  until: EpochMs | null;
  by: string;
}

/**
 * The clock as it stands at an instant: pauses whose end has come are over, deadline and open rungs lie where the
 * pauses put them.
 */
export function clockAt(policy: CompiledPolicy, clock: Clock, now: EpochMs): Clock {
  const pauses = clock.pauses.map((pause) => (isOver(pause, now) ? { ...pause, to: pause.until } : pause));
  const moved = moveTo(policy, { ...clock, pauses }, now);
  return { ...moved, status: statusAt(moved, now) };
}

/** The clock with an exclusion; one that it knows, and one after it was met, change nothing. */
export function excluded(policy: CompiledPolicy, clock: Clock, ask: Exclusion, now: EpochMs): Clock {
  const from = beginOn(clock, ask.from);
  const known = clock.pauses.some((pause) => pause.reason === ask.exclusion && pause.from === from);
  const tooLate = clock.metAt !== null && from >= clock.metAt;
  const empty = ask.until !== null && iso(ask.until) <= from;
  if (known || tooLate || empty || clock.status === 'cancelled') return clock;
  const pause: Pause = {
    from,
    to: null,
    until: ask.until === null ? null : iso(ask.until),
    reason: ask.exclusion,
    by: ask.by,
    statusBefore: clock.status,
  };
  // A clock that was met no longer stands still: the exclusion ends with it at the latest.
  const end =
    clock.metAt !== null && (pause.until === null || pause.until > clock.metAt) ? clock.metAt : null;
  const closed = end === null ? pause : { ...pause, to: end };
  const standing = clockAt(policy, { ...clock, pauses: [...clock.pauses, closed] }, now);
  return takenBack(policy, clock, standing, now);
}

/** The clock with an exclusion ended that has had no end yet, at an instant that may lie ahead or be long past. */
export function included(
  policy: CompiledPolicy,
  clock: Clock,
  { exclusion, from, until }: Omit<Exclusion, 'by' | 'until'> & { until: EpochMs },
  now: EpochMs,
): Clock {
  const begin = beginOn(clock, from);
  const isMeant = (pause: Pause): boolean => pause.reason === exclusion && pause.from === begin;
  if (!clock.pauses.some(isMeant)) return clock;
  const end = iso(until) < begin ? begin : iso(until);
  const pauses = clock.pauses.map((pause) => {
    if (!isMeant(pause)) return pause;
    // Of a clock that was met it had ended with it.
    return { ...pause, until: end, to: pause.to === null || pause.to < end ? pause.to : end };
  });
  return clockAt(policy, { ...clock, pauses }, now);
}

/** The clock with every exclusion that still lasts ended: it was met then. */
export function running(policy: CompiledPolicy, clock: Clock, at: EpochMs): Clock {
  const current = clockAt(policy, clock, at);
  const to = (pause: Pause): Iso => (iso(at) < pause.from ? pause.from : iso(at));
  const pauses = current.pauses.map((pause) => (pause.to === null ? { ...pause, to: to(pause) } : pause));
  return clockAt(policy, { ...current, pauses }, at);
}

/** Where an exclusion begins on a clock: with the clock itself at the earliest. */
function beginOn(clock: Clock, from: EpochMs): Iso {
  return iso(Math.max(from, storedMs(clock.startedAt)));
}

function moveTo(policy: CompiledPolicy, clock: Clock, now: EpochMs): Clock {
  const row = policy.commitments.find(({ id }) => id === clock.commitment);
  return reckon(policy, row, clock, undefined, now);
}

/**
 * The clock with the rungs open again that had been climbed for a deadline that lies ahead now: whoever misses that one,
 * too, is told of it.
 */
function takenBack(policy: CompiledPolicy, before: Clock, moved: Clock, now: EpochMs): Clock {
  if (!isOpen(moved) || storedMs(moved.dueAt) <= now) return moved;
  const reopened = moveTo(
    policy,
    { ...moved, rungs: moved.rungs.map((rung) => ({ ...rung, doneAt: null })) },
    now,
  );
  const open = (rung: Rung): Rung => {
    const old = before.rungs.find((other) => other.rung === rung.rung);
    const instant = reopened.rungs.find((other) => other.rung === rung.rung)?.at ?? rung.at;
    const back = old?.outcome === 'done' && instant > old.at && storedMs(instant) > now;
    if (!back) return rung;
    const takenBack = (rung.takenBack ?? 0) + 1;
    return { ...rung, at: instant, doneAt: null, outcome: null, reason: null, takenBack };
  };
  return { ...moved, rungs: moved.rungs.map(open) };
}

function isOver({ to, until }: Pause, now: EpochMs): boolean {
  return to === null && until !== null && storedMs(until) <= now;
}

function statusAt(clock: Clock, now: EpochMs): Clock['status'] {
  if (!isOpen(clock)) return clock.status;
  const paused = clock.pauses.some(({ from, to }) => to === null && storedMs(from) <= now);
  if (paused) return 'paused';
  return storedMs(clock.dueAt) < now ? 'breached' : 'within_sla';
}
