/** Judging one clock by one attempt: the earliest event wins whatever the order of arrival (policy book §5). */
import type { Clock } from '../model/clock.ts';
import type { JudgedAttempt, Lead } from '../model/lead.ts';
import type { EpochMs } from '../time.ts';
import { storedMs } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { dropHeldOf } from '../ladder/held.ts';
import { withClock } from '../ladder/next.ts';
import type { World } from '../ladder/tell.ts';
import { metClock, metEffects } from './clocks.ts';
import { isTurned, overturn } from './overturn.ts';

/** Stop events that outreach brings about, and which: any, that which reached a person, that which comes after the start. */
const BROUGHT_ABOUT: Record<string, (attempt: JudgedAttempt, clock: Clock) => boolean> = {
  first_attempt: () => true,
  attempt_made: () => true,
  first_contact: ({ contact }) => contact,
  follow_up_logged: ({ occurredAt }, { startedAt }) => occurredAt > startedAt,
  check_in_made: () => true,
};

/** Judges one clock by an attempt: the earliest event wins, so an earlier one replaces the verdict of a later one. */
export function judgeClock(
  world: World,
  lead: Lead,
  clock: Clock,
  attempt: JudgedAttempt,
  manual: boolean,
): Decision {
  const at = countsFor(clock, attempt, manual);
  if (clock.metAt !== null && storedMs(clock.metAt) <= at) return { lead, effects: [] };
  const because = `${attempt.type} (${attempt.outcome}) of ${attempt.occurredAt}, recorded ${manual ? 'by hand' : 'by a system'}.`;
  const met = metClock(clock, at, attempt.activityId, world.now, because);
  const turned = isTurned(clock, met);
  const { lead: current, effects: dropped } = dropHeldOf(world, withClock(lead, met), clock);
  const key = attempt.activityId;
  const why = `The verdict is turned: an attempt stamped ${met.metAt ?? ''} by a system of record arrived late.`;
  return {
    lead: current,
    effects: [
      ...(clock.metAt === null ? metEffects(current, met, world.now) : []),
      ...(turned ? overturn(world, current, met, key, why) : []),
      ...dropped,
    ],
  };
}

/** The instant at which an attempt counts for a clock: typed in after the deadline, it counts when it was typed in. */
function countsFor(clock: Clock, attempt: JudgedAttempt, manual: boolean): EpochMs {
  const typedAfter = manual && attempt.receivedAt > clock.dueAt;
  return storedMs(typedAfter ? attempt.receivedAt : attempt.occurredAt);
}

/** Whether an attempt can meet a clock at all. */
export function listensTo(clock: Clock, attempt: JudgedAttempt): boolean {
  if (clock.status === 'cancelled') return false;
  const meets = clock.stop.some((stop) => BROUGHT_ABOUT[stop]?.(attempt, clock) === true);
  return meets && attempt.occurredAt >= (clock.listensFrom ?? clock.startedAt);
}
