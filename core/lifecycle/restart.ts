/** Commitments that begin anew with every fact of a kind, like the silence of an opportunity (policy book §12). */
import { calendarOf, nextOpening } from '../calendar/index.ts';
import type { Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { CommitmentRow } from '../policy/schema/commitments.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry } from '../ladder/facts.ts';
import { withClock } from '../ladder/next.ts';
import { reckon } from '../ladder/open-clock.ts';
import { wakeInTime } from '../ladder/pause.ts';
import type { World } from '../ladder/tell.ts';
import type { EpochMs } from '../time.ts';
import { iso, storedMs } from '../time.ts';

/** Whether the fact that starts a commitment stops it, too. */
export function restarts({ start, stop }: Pick<CommitmentRow, 'start' | 'stop'>): boolean {
  return stop.includes(start);
}

/**
 * Lets the open clocks that this fact both stops and starts begin anew where they are: a deal has one clock of its
 * silence, not one for each call. One that has climbed a rung is left to be met, and another one to be opened.
 */
export function restartClocks(world: World, lead: Lead, fact: string, at: EpochMs): Decision {
  const rows = world.policy.commitments.filter((row) => row.start === fact && restarts(row));
  return lead.clocks
    .filter((clock) => isOpen(clock) && clock.startedAt < iso(at) && isUntouched(clock))
    .reduce<Decision>(
      (sum, clock) => {
        const row = rows.find(({ id }) => id === clock.commitment);
        return row === undefined ? sum : and(sum, restart(world, sum.lead, row, clock, at));
      },
      { lead, effects: [] },
    );
}

/** Whether none of its rungs was climbed, or should have been by the instant at which it is looked at. */
function isUntouched({ rungs }: Clock): boolean {
  return rungs.every(({ outcome }) => outcome !== 'done');
}

function restart(world: World, lead: Lead, row: CommitmentRow, clock: Clock, at: EpochMs): Decision {
  if (storedMs(clock.dueAt) < at) return { lead, effects: [] };
  const startedAt = iso(at);
  const countsFrom = iso(nextOpening(calendarOf(world.policy, clock.calendar), at));
  const anew = reckon(world.policy, row, { ...clock, startedAt, countsFrom }, lead.tier, world.now);
  const why = `It begins anew with ${row.start} and is due ${anew.dueAt}.`;
  const noted: Decision = {
    lead: withClock(lead, anew),
    effects: [entry(world.now, 'clock_restarted', why, { clock, key: startedAt })],
  };
  return and(noted, wakeInTime(world.policy, noted.lead, anew, world.now));
}
