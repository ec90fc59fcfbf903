/** From when on something counts that is told later than it was (policy book §5). */
import { wallMs } from '../calendar/index.ts';
import { isOpen } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { World } from '../ladder/tell.ts';
import type { EpochMs } from '../time.ts';
import { storedMs } from '../time.ts';

/** Whether a system of record stamped it, or somebody typed it in. */
export type RecordedBy = 'system' | 'manual';

/**
 * What a system stamped counts from when it was. What is typed in long after, or after a deadline that it would have
 * met, counts from now: it turns no verdict.
 * @param at when it was
 * @param about the meeting that the fact is about
 */
export function countsFrom(
  { policy, now }: World,
  { clocks }: Pick<Lead, 'clocks'>,
  fact: string,
  at: EpochMs,
  recordedBy: RecordedBy,
  about?: string,
): EpochMs {
  if (recordedBy === 'system') return Math.min(at, now);
  const isLate = now - at > wallMs(policy.activities.backDatedAfter);
  const wouldTurn = clocks.some(
    (clock) =>
      isOpen(clock) &&
      clock.stop.includes(fact) &&
      (about === undefined || clock.about === undefined || clock.about === about) &&
      at <= storedMs(clock.dueAt) &&
      now > storedMs(clock.dueAt),
  );
  return isLate || wouldTurn ? now : Math.min(at, now);
}
