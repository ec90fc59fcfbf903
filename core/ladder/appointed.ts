/** Commitments that count to or from an instant that was agreed on: the start of a meeting, the date of a next step. */
import { wallMs } from '../calendar/index.ts';
import type { Clock, Rung } from '../model/clock.ts';
import type { CommitmentRow } from '../policy/schema/commitments.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso, storedMs } from '../time.ts';

/** The fact by which it is agreed, as a lead leaves Sales, when somebody looks in on it again. */
export const CHECK_IN = 'check_in_agreed';

/** What a fact is about, besides its lead. */
export interface About {
  /** The meeting whose clocks are meant: clocks of other meetings neither start nor stop. */
  meetingId?: string | undefined;
  /** The instant that was agreed on. */
  appointed?: Iso | undefined;
  /** The first instant of attempts that can meet what they start; left out: that of the facts. */
  listensFrom?: Iso | undefined;
  /** Facts that are known to have come to pass: what one of them would stop need not start. */
  done?: readonly string[] | undefined;
}

/** The parts of a target like `before:PT24H`, or null for a target that counts from its start. */
export function appointedTarget(target: string): { side: 'before' | 'after'; span: string } | null {
  const [side, span] = target.split(':');
  return span !== undefined && (side === 'before' || side === 'after') ? { side, span } : null;
}

/**
 * How long before the appointed instant it is due. At shorter notice than the row asks for, nobody can be in time any
 * more: then it is the next of the row's own instants that lies ahead, the appointed one at the latest.
 */
export function spanBefore(row: CommitmentRow, span: string, from: EpochMs, appointed: EpochMs): string {
  const others = row.rungs.flatMap(({ at }) => ('beforeAppointed' in at ? [at.beforeAppointed] : []));
  const shorter = others
    .filter((other) => wallMs(other) < wallMs(span))
    .sort((a, b) => wallMs(b) - wallMs(a));
  return [span, ...shorter].find((candidate) => appointed - wallMs(candidate) > from) ?? 'PT0S';
}

/** The clock without reminders whose instant had passed when it was opened or moved, and with those that lie ahead. */
export function passingOver(clock: Clock, now: EpochMs): Clock {
  if (clock.appointed === undefined) return clock;
  const reason = 'It was agreed on later than this.';
  const pass = (rung: Rung): Rung =>
    (rung.rung === 'remind' || rung.rung === 'warn') && rung.doneAt === null && storedMs(rung.at) < now
      ? { ...rung, doneAt: iso(now), outcome: 'passed_over', reason }
      : rung;
  return { ...clock, rungs: clock.rungs.map(pass) };
}
