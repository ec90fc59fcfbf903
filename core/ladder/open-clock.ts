/** Opening a clock, and moving its open rungs when something about it has changed. */
import { wallMs } from '../calendar/index.ts';
import type { CalendarRef, Clock } from '../model/clock.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { CommitmentRow } from '../policy/schema/commitments.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import { dueAt, rungInstants } from './rungs.ts';
import type { Reckoning } from './rungs.ts';

export interface Opening {
  n: number;
  cycle: number;
  owes: string | null;
  /** Of a lead; nothing else has one. */
  tier?: 1 | 2 | 3 | undefined;
  calendar: CalendarRef;
  target: string;
  targetFrom: string;
  startedAt: Iso;
  countsFrom: Iso;
  about?: Clock['about'];
  appointed?: Clock['appointed'];
  listensFrom?: Clock['listensFrom'];
  explanation: string;
}

/** A new clock of a commitment with all its instants; no execution waits for it yet (`run` 0). */
export function openClock(policy: CompiledPolicy, row: CommitmentRow, opening: Opening): Clock {
  const { tier, ...rest } = opening;
  const reckoning: Reckoning = {
    ...rest,
    tier,
    countsFrom: storedMs(opening.countsFrom),
    pauses: [],
    addedMs: 0,
    appointed: appointedMs(opening),
  };
  return {
    ...rest,
    clockId: `${row.id}-${opening.n}`,
    commitment: row.id,
    status: 'within_sla',
    stop: row.stop,
    dueAt: iso(dueAt(policy, reckoning)),
    metAt: null,
    metBy: null,
    verdicts: [],
    pauses: [],
    extensions: [],
    rungs: rungInstants(policy, row, reckoning).map(({ rung, at }) => ({
      rung,
      at: iso(at),
      doneAt: null,
      outcome: null,
      reason: null,
    })),
    run: 0,
    wakeAt: null,
  };
}

function appointedMs({ appointed }: Pick<Clock, 'appointed'>): Reckoning['appointed'] {
  return appointed === undefined ? undefined : { at: storedMs(appointed.at), side: appointed.side };
}

/**
 * The clock with its deadline and every rung that is not done computed anew from its pauses and extensions.
 * A pause that has not ended counts up to `now`. What is done stays as it was; a rung that the policy no longer has
 * keeps its instant.
 */
export function reckon(
  policy: CompiledPolicy,
  row: CommitmentRow | undefined,
  clock: Clock,
  tier: 1 | 2 | 3 | undefined,
  now: EpochMs,
): Clock {
  const reckoning: Reckoning = {
    tier,
    calendar: clock.calendar,
    countsFrom: storedMs(clock.countsFrom),
    target: clock.target,
    pauses: clock.pauses.map((pause) => ({
      from: storedMs(pause.from),
      to: pause.to === null ? Math.max(now, storedMs(pause.from)) : storedMs(pause.to),
    })),
    addedMs: clock.extensions.reduce((sum, extension) => sum + wallMs(extension.added), 0),
    appointed: appointedMs(clock),
  };
  const instants = row === undefined ? [] : rungInstants(policy, row, reckoning);
  const moved = clock.rungs.map((rung) => {
    const instant = instants.find((candidate) => candidate.rung === rung.rung);
    return rung.doneAt !== null || instant === undefined ? rung : { ...rung, at: iso(instant.at) };
  });
  return {
    ...clock,
    dueAt: iso(dueAt(policy, reckoning)),
    rungs: moved.sort((a, b) => storedMs(a.at) - storedMs(b.at)),
  };
}
