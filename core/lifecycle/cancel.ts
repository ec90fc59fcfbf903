/** Clocks that nobody has to meet any more. */
import type { Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { Decision } from '../ladder/facts.ts';
import { entry, event } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';

/** Cancels the open clocks that are meant, and drops the messages that wait with them. Their executions end by themselves. */
export function cancelClocks(
  world: Pick<World, 'now'>,
  lead: Lead,
  meant: (clock: Clock) => boolean,
  why: string,
): Decision {
  const effects: Effect[] = [];
  const gone = new Set<string>();
  const clocks = lead.clocks.map((clock) => {
    if (!isOpen(clock) || !meant(clock)) return clock;
    const cancelled: Clock = { ...clock, status: 'cancelled' };
    gone.add(clock.clockId);
    effects.push(
      entry(world.now, 'clock_cancelled', why, { clock }),
      event(lead, 'ClockCancelled', world.now, { clock: cancelled }),
    );
    return cancelled;
  });
  if (gone.size === 0) return { lead, effects };
  const held = lead.held.filter(({ notice }) => notice.clockId === null || !gone.has(notice.clockId));
  return { lead: { ...lead, clocks, held }, effects };
}
