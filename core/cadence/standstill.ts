/** When a cadence stands still (policy book §4, §9): after a contact until the follow-up, and while the lead is paused. */
import { calendarOf, deadline, parseSpan } from '../calendar/index.ts';
import type { Calendar } from '../calendar/index.ts';
import { merge } from '../calendar/days.ts';
import type { World } from '../ladder/tell.ts';
import { calendarOfLead } from '../lifecycle/clocks.ts';
import type { Lead } from '../model/lead.ts';
import type { CalendarRef } from '../model/clock.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs } from '../time.ts';
import { storedMs } from '../time.ts';
import { attemptsOfCycle, isContact } from './attempts.ts';

export interface Stretch {
  from: EpochMs;
  to: EpochMs;
}

/** The commitment that each touch is. */
export const TOUCH = 'cadence.touch';

/** The commitment whose time a contact without conversion gives. */
const FOLLOW_UP = 'contact.follow_up';

/** From each contact to the next attempt, at most as long as the follow-up may take. */
function followUps(policy: CompiledPolicy, lead: Lead, calendar: Calendar): Stretch[] {
  const row = policy.commitments.find(({ id }) => id === FOLLOW_UP);
  if (row?.target.startsWith('P') !== true) return [];
  const span = parseSpan(row.target);
  const attempts = attemptsOfCycle(lead);
  return attempts.flatMap((attempt, i) => {
    if (!isContact(attempt)) return [];
    const from = storedMs(attempt.countsAt);
    const next = attempts.slice(i + 1).find(({ countsAt }) => countsAt > attempt.countsAt);
    const latest = deadline(calendar, from, span);
    return [{ from, to: next === undefined ? latest : Math.min(latest, storedMs(next.countsAt)) }];
  });
}

/** The pauses of the lead in its present cycle, each once; one that has not ended counts up to now. */
export function pausesOf(lead: Lead, now: EpochMs): Stretch[] {
  const pauses = lead.clocks.filter(({ cycle }) => cycle === lead.cycle).flatMap((clock) => clock.pauses);
  return merge(
    pauses.map(({ from, to }) => {
      const begin = storedMs(from);
      return { from: begin, to: to === null ? Math.max(now, begin) : storedMs(to) };
    }),
  );
}

/** Both, none touching another, on the calendar of the touches. */
export function standstills(world: World, lead: Lead): Stretch[] {
  const calendar = calendarOfTouches(world, lead);
  if (calendar === null) return [];
  const followed = followUps(world.policy, lead, calendarOf(world.policy, calendar));
  return merge([...followed, ...pausesOf(lead, world.now)]);
}

/** The calendar on which a lead's touches count; null if the policy has none. */
export function calendarOfTouches(world: World, lead: Lead): CalendarRef | null {
  const row = world.policy.commitments.find(({ id }) => id === TOUCH);
  return row === undefined ? null : calendarOfLead(world, lead, row.calendar);
}
