/** When each touch of a lead is due (policy book §9): on its business day, until the close of that day. */
import {
  businessDay,
  businessDaysBetween,
  calendarOf,
  elapsed,
  formatSpan,
  wallMs,
} from '../calendar/index.ts';
import type { Calendar } from '../calendar/index.ts';
import { responseClock } from '../ladder/assign.ts';
import { dueAt } from '../ladder/rungs.ts';
import type { World } from '../ladder/tell.ts';
import type { CalendarRef, Clock } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { EpochMs } from '../time.ts';
import { storedMs } from '../time.ts';

import { calendarOfTouches, pausesOf, standstills, TOUCH } from './standstill.ts';
import type { Stretch } from './standstill.ts';
import { touchesOf } from './touches.ts';
import type { Touch } from './touches.ts';

export interface PlannedTouch extends Touch {
  /** From then on an attempt over its channel may be this touch: the first instant of its local day. */
  beginsAt: EpochMs;
  /** What its clock counts with. */
  calendar: CalendarRef;
  countsFrom: EpochMs;
  target: string;
  dueAt: EpochMs;
}

/**
 * The touches of a lead in its present cycle, soonest first. Day 1 is the business day on which the response clock
 * begins to count. No touch but the first is due before the day of the response is over; time for which the cadence
 * stands still moves what is due after its beginning by as many business days.
 * @returns none for a lead whose response clock has not begun
 */
export function planOf(world: World, lead: Lead): PlannedTouch[] {
  const response = responseClock(lead);
  const ref = calendarOfTouches(world, lead);
  if (response === undefined || ref === null) return [];
  const { policy } = world;
  const calendar = calendarOf(policy, ref);
  const start = storedMs(response.countsFrom);
  const responded = storedMs(lead.firstAttemptAt ?? response.dueAt);
  const earliest = 1 + businessDaysBetween(calendar, start, responded);
  const still = standstills(world, lead);
  return touchesOf(policy, lead, calendar, start)
    .map((touch): PlannedTouch => {
      if (touch.atOnce) return responseItself(touch, response);
      const n = moved(calendar, start, Math.max(touch.day, earliest), still);
      return onDay(world, lead, touch, { ref, calendar, start, n });
    })
    .toSorted((a, b) => a.dueAt - b.dueAt || a.touch - b.touch);
}

/** The touch at once is due when the response is, on its calendar and by its row. */
function responseItself(
  touch: Touch,
  { calendar, countsFrom, startedAt, target, dueAt: due }: Clock,
): PlannedTouch {
  return {
    ...touch,
    beginsAt: storedMs(startedAt),
    calendar,
    countsFrom: storedMs(countsFrom),
    target,
    dueAt: storedMs(due),
  };
}

/** The number of the business day to which a touch is moved by the time for which the cadence stands still. */
function moved(calendar: Calendar, start: EpochMs, day: number, still: readonly Stretch[]): number {
  return still.reduce(
    (n, { from, to }) =>
      from < businessDay(calendar, start, n).closes ? n + businessDaysBetween(calendar, from, to) : n,
    day,
  );
}

function onDay(
  { policy, now }: World,
  lead: Lead,
  touch: Touch,
  on: { ref: CalendarRef; calendar: Calendar; start: EpochMs; n: number },
): PlannedTouch {
  const { starts, opens, closes } = businessDay(on.calendar, on.start, on.n);
  const countsFrom = Math.max(opens, on.start);
  const target = formatSpan(elapsed(on.calendar, countsFrom, closes));
  const addedMs = lead.clocks
    .filter(
      (clock) => clock.commitment === TOUCH && clock.cycle === lead.cycle && clock.touch === touch.touch,
    )
    .flatMap(({ extensions }) => extensions)
    .reduce((sum, { added }) => sum + wallMs(added), 0);
  const reckoning = {
    tier: lead.tier,
    calendar: on.ref,
    countsFrom,
    target,
    addedMs,
    pauses: pausesOf(lead, now),
  };
  // On the first day it may be made as soon as the lead is there, before the hours of that day.
  const beginsAt = on.n === 1 ? Math.min(starts, on.start) : starts;
  return { ...touch, beginsAt, calendar: on.ref, countsFrom, target, dueAt: dueAt(policy, reckoning) };
}
