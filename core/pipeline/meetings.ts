/** Meetings with the prospect: booking them, moving them, and what became of them (policy book §12). */
import type { Effect } from '../model/effects.ts';
import type { Lead, LeadStatus } from '../model/lead.ts';
import type { Meeting, MeetingKind } from '../model/pipeline.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import type { Asked, Outcome } from '../lifecycle/commands/command.ts';
import { withLife } from '../lifecycle/commands/command.ts';
import { isStrategic } from '../lifecycle/strategic.ts';
import { refusedFor } from '../lifecycle/commands/table.ts';
import type { EpochMs } from '../time.ts';
import { iso } from '../time.ts';
import { meetingIdOf } from './ids.ts';
import { makeHappenTo } from './meeting-facts.ts';

/** Statuses in which somebody talks with the prospect. */
const IN_TALKS: readonly LeadStatus[] = ['assigned', 'contacted', 'sal', 'sql', 'opportunity'];

export interface Booking extends Asked {
  kind: MeetingKind;
  startsAt: EpochMs;
}

/**
 * A meeting is booked. One of the same kind that is booked for the same instant is the same one.
 */
export function bookMeeting(world: World, lead: Lead, { kind, startsAt, by }: Booking): Outcome {
  if (bookedAs(lead, { kind, startsAt }) !== undefined) return { lead, effects: [] };
  if (lead.erasedAt !== null || lead.life.closedAt !== null || !IN_TALKS.includes(lead.status)) {
    const detail = `Nobody meets a lead in status ${lead.status}; a meeting takes ${IN_TALKS.join(', ')}.`;
    return refusedFor(lead, { refused: 'not-allowed', detail, missing: [] });
  }
  if (startsAt <= world.now) return refusedFor(lead, passed(world, startsAt));
  const meeting = newMeeting(world, lead, { kind, startsAt, by });
  const isFirst = kind === 'discovery' && !lead.life.meetings.some((other) => other.kind === kind);
  const booked = withMeeting(lead, meeting);
  const facts = [
    'meeting_booked',
    ...(isFirst && isStrategic(world.policy, lead) ? ['strategic_meeting_booked'] : []),
  ];
  return and(told(world, booked, meeting, 'booked', by), makeHappenTo(world, booked, meeting, facts));
}

/** The meeting of this kind that is booked for this instant, if there is one. */
export function bookedAs({ life }: Lead, { kind, startsAt }: Omit<Booking, 'by'>): Meeting | undefined {
  return life.meetings.find(
    (other) => other.state === 'booked' && other.kind === kind && other.startsAt === iso(startsAt),
  );
}

function newMeeting(world: World, lead: Lead, { kind, startsAt, by }: Booking): Meeting {
  const n = lead.life.meetings.length + 1;
  const booked = { at: iso(world.now), by };
  const state = 'booked' as const;
  return {
    ...{
      meetingId: meetingIdOf(lead.leadId, lead.cycle, n),
      n,
      kind,
      startsAt: iso(startsAt),
      state,
      booked,
    },
    ...{ invited: null, researched: null, debriefed: null, notes: null },
    history: [{ ...booked, state, startsAt: iso(startsAt) }],
  };
}

/** Why an instant cannot be that of a meeting to come. */
export function passed({ now }: World, startsAt: EpochMs) {
  const message = `${iso(startsAt)} has passed: it is ${iso(now)} now. A meeting is booked for an instant to come.`;
  return { refused: 'meeting-time', detail: message, missing: [{ path: 'startsAt', message }] };
}

/** The lead with a meeting replaced by another state of it, or added. */
export function withMeeting(lead: Lead, meeting: Meeting): Lead {
  const { meetings } = lead.life;
  const isKnown = meetings.some(({ meetingId }) => meetingId === meeting.meetingId);
  const next = meetings.map((other) => (other.meetingId === meeting.meetingId ? meeting : other));
  return withLife(lead, { meetings: isKnown ? next : [...meetings, meeting] });
}

const TOLD = {
  booked: ['meeting_booked', 'MeetingBooked', 'Booked for'],
  moved: ['meeting_moved', 'MeetingMoved', 'Moved to'],
  held: ['meeting_held', 'MeetingHeld', 'Held; it was to start at'],
  no_show: ['meeting_no_show', 'MeetingMissed', 'The prospect did not come; it was to start at'],
  cancelled: ['meeting_cancelled', 'MeetingCancelled', 'Cancelled; it was to start at'],
} as const;

/** What is told of a change of a meeting's state or time. */
export function told(
  world: World,
  lead: Lead,
  meeting: Meeting,
  what: keyof typeof TOLD,
  by: string,
): Decision {
  const [fact, detailType, words] = TOLD[what];
  const { meetingId, kind, startsAt, history } = meeting;
  const key = `${meetingId}/${history.length}`;
  const effects: Effect[] = [
    entry(world.now, fact, `${words} ${startsAt} (${kind.replaceAll('_', ' ')}).`, { key }, `person:${by}`),
    event(lead, detailType, world.now, { key }, { meetingId, kind, startsAt, by }),
  ];
  return { lead, effects };
}
