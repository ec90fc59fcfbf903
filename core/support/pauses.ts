/** One clock that stands still for an exclusion (policy book §4, §16): its deadline moves by business time, as a lead's does. */
import { reckon } from '../ladder/open-clock.ts';
import type { Clock, Pause } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs } from '../time.ts';
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
  const row = policy.commitments.find(({ id }) => id === clock.commitment);
  // The tier matters to targets of leads alone.
  const moved = reckon(policy, row, { ...clock, pauses }, 3, now);
  return { ...moved, status: statusAt(moved, now) };
}

/** The clock with an exclusion; one that it knows, and one after it was met, change nothing. */
export function excluded(policy: CompiledPolicy, clock: Clock, ask: Exclusion, now: EpochMs): Clock {
  const from = iso(Math.max(ask.from, storedMs(clock.startedAt)));
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
  return clockAt(policy, { ...clock, pauses: [...clock.pauses, closed] }, now);
}

/** The clock with every exclusion of this name ended at an instant. */
export function included(policy: CompiledPolicy, clock: Clock, exclusion: string, at: EpochMs): Clock {
  const ends = (pause: Pause): boolean => pause.to === null && pause.reason === exclusion;
  if (!clock.pauses.some(ends)) return clock;
  const to = (pause: Pause): string => (iso(at) < pause.from ? pause.from : iso(at));
  const pauses = clock.pauses.map((pause) => (ends(pause) ? { ...pause, to: to(pause) } : pause));
  return clockAt(policy, { ...clock, pauses }, at);
}

/** The clock with every exclusion that still lasts ended: it was met then. */
export function running(policy: CompiledPolicy, clock: Clock, at: EpochMs): Clock {
  const names = clock.pauses.flatMap(({ to, reason }) => (to === null ? [reason] : []));
  return names.reduce((current, name) => included(policy, current, name, at), clockAt(policy, clock, at));
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
