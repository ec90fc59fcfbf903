/** The fresh personal target of somebody who gets a lead after its own clock has run for a while (policy book §2). */
import { calendarOf, nextOpening } from '../calendar/index.ts';
import { cancelClocks } from '../lifecycle/cancel.ts';
import type { LeadTarget } from '../lifecycle/clocks.ts';
import { openClocks } from '../lifecycle/clocks.ts';
import type { Clock } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import { iso } from '../time.ts';
import type { Decision } from './facts.ts';
import { and } from './facts.ts';
import { PASSED_ON } from './owes.ts';
import { pauseAlike } from './pause.ts';
import type { World } from './tell.ts';

/**
 * Opens the owner's personal clock, and closes the one of whoever had the lead before.
 * @param response the lead's own clock, which is open
 */
export function openPersonalClock(world: World, lead: Lead, response: Clock): Decision {
  const why = 'The lead has gone to somebody else.';
  const cancelled = cancelClocks(world, lead, (clock) => isPersonal(world, clock), why);
  const counted = nextOpening(calendarOf(world.policy, response.calendar), world.now);
  const strictest: LeadTarget = {
    target: response.target,
    targetFrom: `${response.targetFrom}, counted anew for the new owner`,
    calendar: response.calendar,
    startedAt: iso(world.now),
    countsFrom: iso(counted),
  };
  const opened = openClocks(world, cancelled.lead, PASSED_ON, strictest);
  return and(and(cancelled, opened), pauseAlike(opened.lead, response, world.now));
}

function isPersonal(world: World, clock: Clock): boolean {
  return world.policy.commitments.some((row) => row.id === clock.commitment && row.start === PASSED_ON);
}
