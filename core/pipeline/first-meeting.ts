/** The meeting without which there is no SQL (policy book §10): the first one of AE and prospect, with its clocks (§12). */
import type { Lead } from '../model/lead.ts';
import type { Meeting } from '../model/pipeline.ts';
import type { Decision } from '../ladder/facts.ts';
import { and } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { isRefused } from '../lifecycle/commands/command.ts';
import type { Outcome } from '../lifecycle/commands/command.ts';
import type { Iso } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import { bookMeeting } from './meetings.ts';
import { updateMeeting } from './meeting-update.ts';

/**
 * The meeting of an SQL is one of the lead's. One that is booked for that instant is it; one that is booked for another
 * instant to come was moved. What the gate has let pass without a meeting, or with one that is over, books none.
 */
export function bookFirstMeeting(world: World, lead: Lead, startsAt: Iso | null, by: string): Decision {
  if (startsAt === null || startsAt <= iso(world.now)) return { lead, effects: [] };
  const ahead = firstMeetings(lead).filter((meeting) => meeting.startsAt > iso(world.now));
  const known = ahead.find((meeting) => meeting.startsAt === startsAt) ?? ahead.at(-1);
  const at = storedMs(startsAt);
  return taken(
    lead,
    known === undefined
      ? bookMeeting(world, lead, { kind: 'discovery', startsAt: at, by })
      : updateMeeting(world, lead, { meetingId: known.meetingId, startsAt: at, by }),
  );
}

/** The prospect has cancelled it (AE-REJ-04): nobody is reminded of it, and another one has to be booked. */
export function cancelFirstMeeting(world: World, lead: Lead, by: string): Decision {
  return firstMeetings(lead).reduce<Decision>(
    (sum, { meetingId }) =>
      and(sum, taken(sum.lead, updateMeeting(world, sum.lead, { meetingId, state: 'cancelled', by }))),
    { lead, effects: [] },
  );
}

function firstMeetings({ life }: Lead): Meeting[] {
  return life.meetings.filter(({ kind, state }) => kind === 'discovery' && state === 'booked');
}

/** What cannot be done about a meeting does not hold up what it belongs to. */
function taken(lead: Lead, outcome: Outcome): Decision {
  return isRefused(outcome) ? { lead, effects: [] } : outcome;
}
