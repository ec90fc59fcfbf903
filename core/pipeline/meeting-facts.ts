/** What happens to a meeting, to the clocks of it alone, and to those of its lead and opportunity. */
import type { Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { Meeting } from '../model/pipeline.ts';
import type { Decision } from '../ladder/facts.ts';
import { and } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { cancelClocks } from '../lifecycle/cancel.ts';
import { withLife } from '../lifecycle/commands/command.ts';
import { happen } from '../lifecycle/happen.ts';
import type { EpochMs } from '../time.ts';
import { isActivity, workedOn } from './activity.ts';

/**
 * Makes facts happen about a meeting, with what the kind of the meeting adds to them. Of a lead on which nobody works
 * any more nothing is owed: what became of its meetings is only noted.
 */
export function makeHappenTo(
  world: World,
  lead: Lead,
  meeting: Meeting,
  facts: readonly string[],
  { at = world.now, done = [] }: { at?: EpochMs; done?: readonly string[] } = {},
): Decision {
  if (lead.life.closedAt !== null) return { lead, effects: [] };
  const all = facts.flatMap((fact) => [fact, ...ofKind(meeting, fact)]);
  const noted = all.includes('economic_buyer_meeting_booked') ? withBuyer(lead, meeting) : lead;
  const about = { meetingId: meeting.meetingId, appointed: meeting.startsAt, done };
  const happened = happen(world, noted, all, at, about);
  return isActivity(world.policy, all) ? and(happened, workedOn(world, happened.lead, at)) : happened;
}

function ofKind({ kind }: Meeting, fact: string): string[] {
  if (kind === 'discovery' && fact === 'meeting_held') return ['discovery_meeting_held'];
  return kind === 'economic_buyer' && fact === 'meeting_booked' ? ['economic_buyer_meeting_booked'] : [];
}

function withBuyer(lead: Lead, { booked }: Meeting): Lead {
  const { opportunity } = lead.life;
  if (opportunity === null || opportunity.economicBuyerMeeting !== null) return lead;
  const flags = opportunity.flags.filter((flag) => !flag.endsWith('economic_buyer_meeting'));
  return withLife(lead, { opportunity: { ...opportunity, economicBuyerMeeting: booked, flags } });
}

/** The open clocks of a meeting. */
export function clocksOf(lead: Lead, { meetingId }: Pick<Meeting, 'meetingId'>): Clock[] {
  return lead.clocks.filter((clock) => isOpen(clock) && clock.about === meetingId);
}

/** Cancels those of the clocks that are still open. */
export function cancelThose(world: World, lead: Lead, clocks: readonly Clock[], why: string): Decision {
  const ids = clocks.map(({ clockId }) => clockId);
  return cancelClocks(world, lead, ({ clockId }) => ids.includes(clockId), why);
}
