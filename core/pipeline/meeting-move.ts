/** A meeting is at another time: clocks that count to it or from it go with it (policy book §12). */
import { calendarOf, nextOpening } from '../calendar/index.ts';
import type { Clock } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { Meeting } from '../model/pipeline.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry } from '../ladder/facts.ts';
import { appointedTarget, passingOver, spanBefore } from '../ladder/appointed.ts';
import { withClock } from '../ladder/next.ts';
import { reckon } from '../ladder/open-clock.ts';
import { wakeInTime } from '../ladder/pause.ts';
import type { World } from '../ladder/tell.ts';
import { iso, storedMs } from '../time.ts';
import { cancelThose, clocksOf, makeHappenTo } from './meeting-facts.ts';

/**
 * Moves every open clock of the meeting that is reckoned by its start. One of which a rung is done is replaced: who was
 * reminded of the old time has to be reminded of the new one.
 * @param isAnew the meeting was missed: its clocks begin anew
 */
export function moveClocks(world: World, lead: Lead, meeting: Meeting, isAnew: boolean): Decision {
  const reckoned = clocksOf(lead, meeting).filter(({ appointed }) => appointed !== undefined);
  const begun = reckoned.filter((clock) => clock.rungs.some(({ outcome }) => outcome === 'done'));
  const moved = reckoned
    .filter((clock) => !begun.includes(clock))
    .reduce<Decision>((sum, clock) => and(sum, moveOne(world, sum.lead, clock, meeting)), {
      lead,
      effects: [],
    });
  const cancelled = and(moved, cancelThose(world, moved.lead, begun, 'The meeting is at another time.'));
  const starts = begun.flatMap((clock) => startOf(world, clock));
  const facts = isAnew ? ['meeting_moved', 'meeting_booked'] : ['meeting_moved', ...new Set(starts)];
  return and(cancelled, makeHappenTo(world, cancelled.lead, meeting, facts, { done: doneAlready(meeting) }));
}

function moveOne(world: World, lead: Lead, clock: Clock, { startsAt }: Meeting): Decision {
  const row = world.policy.commitments.find(({ id }) => id === clock.commitment);
  if (row === undefined || clock.appointed === undefined) return { lead, effects: [] };
  const { side } = clock.appointed;
  const span = appointedTarget(row.target)?.span ?? clock.target;
  const at = storedMs(startsAt);
  const opening = nextOpening(calendarOf(world.policy, clock.calendar), at);
  const other: Clock = {
    ...clock,
    appointed: { at: startsAt, side },
    target: side === 'before' ? spanBefore(row, span, world.now, at) : span,
    targetFrom: `commitment ${row.id}, ${side} ${startsAt}`,
    countsFrom: side === 'before' ? clock.countsFrom : iso(opening),
    rungs: clock.rungs.map((rung) => ({ ...rung, doneAt: null, outcome: null, reason: null })),
  };
  const moved = passingOver(reckon(world.policy, row, other, lead.tier, world.now), world.now);
  const why = `The meeting is at ${startsAt} now: due ${moved.dueAt}.`;
  const noted: Decision = {
    lead: withClock(lead, moved),
    effects: [entry(world.now, 'clock_moved', why, { clock, key: startsAt })],
  };
  return and(noted, wakeInTime(world.policy, noted.lead, moved, world.now));
}

function startOf({ policy }: World, { commitment }: Clock): string[] {
  const row = policy.commitments.find(({ id }) => id === commitment);
  return row === undefined ? [] : [row.start];
}

/** What was done for the old time holds for the new one. */
function doneAlready({ invited, researched, debriefed }: Meeting): string[] {
  return [
    ...(invited === null ? [] : ['invitation_sent']),
    ...(researched === null ? [] : ['research_completed']),
    ...(debriefed === null ? [] : ['debrief_held']),
  ];
}
