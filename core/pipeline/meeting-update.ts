/** What becomes of a meeting: prepared, moved, held, missed, cancelled, noted down (policy book §12). */
import type { Lead } from '../model/lead.ts';
import type { Meeting } from '../model/pipeline.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, task } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import type { Asked, Outcome } from '../lifecycle/commands/command.ts';
import { refusedFor } from '../lifecycle/commands/table.ts';
import type { RecordedBy } from '../lifecycle/typed-in.ts';
import { countsFrom } from '../lifecycle/typed-in.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso } from '../time.ts';
import { makeHappenTo, cancelThose, clocksOf } from './meeting-facts.ts';
import { moveClocks } from './meeting-move.ts';
import { passed, told, withMeeting } from './meetings.ts';

/** Fields that are left out stay as they are. Instants are when it was done, now or before. */
export interface MeetingChanges extends Asked {
  meetingId: string;
  /** Whether a system stamped the instants; left out: they were typed in. */
  recordedBy?: RecordedBy | undefined;
  /** Another time: of a meeting that is booked, or a new date for one that was missed. */
  startsAt?: EpochMs | undefined;
  state?: 'held' | 'no_show' | 'cancelled' | undefined;
  invitedAt?: EpochMs | undefined;
  researchedAt?: EpochMs | undefined;
  debriefedAt?: EpochMs | undefined;
  notes?: string | undefined;
}

const PREPARED = [
  ['invitedAt', 'invited', 'invitation_sent'],
  ['researchedAt', 'researched', 'research_completed'],
  ['debriefedAt', 'debriefed', 'debrief_held'],
] as const;

/** Takes in what the changes say anew of a meeting; what is known already changes nothing. */
export function updateMeeting(world: World, lead: Lead, changes: MeetingChanges): Outcome {
  const meeting = lead.life.meetings.find(({ meetingId }) => meetingId === changes.meetingId);
  if (meeting === undefined || lead.erasedAt !== null) {
    const detail = `The lead has no meeting ${changes.meetingId}.`;
    return refusedFor(lead, { refused: 'no-meeting', detail, missing: [] });
  }
  const refused = ofEnded(lead, meeting, changes) ?? whyNot(world, meeting, changes);
  if (refused !== null) return refusedFor(lead, refused);
  return [prepare, settle, move, takeNotes].reduce<Decision>(
    (sum, step) => and(sum, step(world, sum.lead, current(sum.lead, meeting), changes)),
    { lead, effects: [] },
  );
}

function current(lead: Lead, meeting: Meeting): Meeting {
  return lead.life.meetings.find(({ meetingId }) => meetingId === meeting.meetingId) ?? meeting;
}

function whyNot(world: World, meeting: Meeting, changes: MeetingChanges) {
  const { state, startsAt } = changes;
  const instants = PREPARED.map(([path]) => ({ path, at: changes[path] }));
  const wrong = instants.find(({ at }) => at !== undefined && at > world.now);
  if (wrong !== undefined) return passedNotYet(world, wrong.path);
  const isMove = startsAt !== undefined && iso(startsAt) !== meeting.startsAt;
  if (isMove && startsAt <= world.now) return passed(world, startsAt);
  if (isMove && (state === 'held' || state === 'cancelled')) return isOver(state);
  if (isMove && (meeting.state === 'held' || meeting.state === 'cancelled')) return isOver(meeting.state);
  if (changes.notes !== undefined && meeting.state !== 'held' && state !== 'held') {
    return said('meeting-state', 'notes', 'Notes are of a meeting that was held; send its state with them.');
  }
  if (state === undefined || state === meeting.state || wasMovedSince(meeting, state, startsAt)) return null;
  if (meeting.state !== 'booked') return isOver(meeting.state);
  if (state === 'cancelled' || meeting.startsAt <= iso(world.now)) return null;
  return said('meeting-state', 'state', `It starts at ${meeting.startsAt}, and it is ${iso(world.now)} now.`);
}

/** Nobody meets the prospect of a lead that has come to its end. */
function ofEnded({ status, life }: Lead, meeting: Meeting, { startsAt }: MeetingChanges) {
  if (life.closedAt === null || startsAt === undefined || iso(startsAt) === meeting.startsAt) return null;
  const detail = `Nobody works on the lead any more: it is ${status}. What became of the meeting can be noted, another time cannot.`;
  return { refused: 'not-allowed', detail, missing: [{ path: 'startsAt', message: detail }] };
}

function passedNotYet({ now }: World, path: string) {
  return said('not-in-its-time', path, `That lies in the future: it is ${iso(now)} now.`);
}

function isOver(state: Meeting['state']) {
  const message = `The meeting is ${state.replaceAll('_', ' ')}; book another one.`;
  return said('meeting-state', 'state', message);
}

function said(refused: string, path: string, message: string) {
  return { refused, detail: message, missing: [{ path, message }] };
}

/** A no-show with its new date, told again. */
function wasMovedSince(meeting: Meeting, state: Meeting['state'], startsAt: EpochMs | undefined): boolean {
  const isTheSame = startsAt !== undefined && iso(startsAt) === meeting.startsAt;
  return isTheSame && meeting.history.at(-2)?.state === state;
}

function prepare(world: World, lead: Lead, meeting: Meeting, changes: MeetingChanges): Decision {
  return PREPARED.reduce<Decision>(
    (sum, [path, field, fact]) => {
      const at = changes[path];
      const known = current(sum.lead, meeting);
      if (at === undefined || known[field] !== null) return sum;
      const done = { ...known, [field]: { at: iso(at), by: changes.by } };
      const key = `${meeting.meetingId}/${meeting.history.length}`;
      const why = `Done at ${iso(at)}.`;
      const effects = [entry(world.now, fact, why, { key }, `person:${changes.by}`)];
      const noted: Decision = { lead: withMeeting(sum.lead, done), effects };
      const { recordedBy = 'manual' } = changes;
      const countsAt = countsFrom(world, noted.lead, fact, at, recordedBy, meeting.meetingId);
      return and(sum, and(noted, makeHappenTo(world, noted.lead, done, [fact], { at: countsAt })));
    },
    { lead, effects: [] },
  );
}

function settle(
  world: World,
  lead: Lead,
  meeting: Meeting,
  { state, startsAt, by }: MeetingChanges,
): Decision {
  if (state === undefined || meeting.state === state || wasMovedSince(meeting, state, startsAt)) {
    return { lead, effects: [] };
  }
  const act = { at: iso(world.now), by };
  const history = [...meeting.history, { ...act, state, startsAt: meeting.startsAt }];
  const settled: Meeting = { ...meeting, state, history };
  const noted = told(world, withMeeting(lead, settled), settled, state, by);
  const open = clocksOf(lead, meeting);
  // A new date in the same request: nobody has to look for one.
  const fact =
    state === 'no_show' && startsAt !== undefined ? 'meeting_missed_and_moved' : `meeting_${state}`;
  const happened = and(noted, makeHappenTo(world, noted.lead, settled, [fact]));
  const why = `The meeting is ${state.replaceAll('_', ' ')}.`;
  const over = and(happened, cancelThose(world, happened.lead, open, why));
  const isMissed = fact === 'meeting_no_show' && lead.life.closedAt === null;
  return isMissed ? and(over, reEngage(world, over.lead, settled)) : over;
}

/** A no-show without a new date: the SDR looks for one (policy book §12). */
function reEngage(world: World, lead: Lead, { meetingId, history }: Meeting): Decision {
  const sdr = lead.owner?.personId ?? null;
  const title = `Re-engage the prospect of lead ${lead.leadId}: no show, and no new date`;
  return { lead, effects: [task(world.now, `re-engage-${meetingId}-${history.length}`, title, sdr)] };
}

function move(world: World, lead: Lead, meeting: Meeting, { startsAt, by }: MeetingChanges): Decision {
  if (startsAt === undefined || iso(startsAt) === meeting.startsAt) return { lead, effects: [] };
  const to: Iso = iso(startsAt);
  const isAnew = meeting.state === 'no_show';
  const history = [...meeting.history, { at: iso(world.now), by, state: 'booked' as const, startsAt: to }];
  // Whoever did not come has to be invited anew; what was found out about them stays.
  const moved: Meeting = {
    ...meeting,
    ...{ startsAt: to, state: 'booked', history, invited: isAnew ? null : meeting.invited },
  };
  const noted = told(world, withMeeting(lead, moved), moved, 'moved', by);
  return and(noted, moveClocks(world, noted.lead, moved, isAnew));
}

function takeNotes(world: World, lead: Lead, meeting: Meeting, { notes, by }: MeetingChanges): Decision {
  const text = notes?.trim();
  if (text === undefined || text === '' || meeting.notes?.text === text) return { lead, effects: [] };
  const noted: Meeting = { ...meeting, notes: { at: iso(world.now), by, text } };
  const key = `${meeting.meetingId}/${lead.version}`;
  const effects = [entry(world.now, 'notes_logged', 'Notes of the meeting.', { key }, `person:${by}`)];
  const taken: Decision = { lead: withMeeting(lead, noted), effects };
  return and(taken, makeHappenTo(world, taken.lead, noted, ['notes_logged']));
}
