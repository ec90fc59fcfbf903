/** Which attempts belong to a lead's present cycle, over which channels, and which of them reached somebody (policy book §9, §13). */
import type { JudgedAttempt, Lead } from '../model/lead.ts';
import type { Channel } from '../policy/schema/cadence.ts';

const CHANNEL_OF: Readonly<Record<string, Channel>> = {
  call: 'phone',
  email: 'email',
  linkedin: 'linkedin',
  sms: 'sms',
};

/** The channel of an attempt; null for a meeting, which is none of the cadence's. */
export function channelOf({ type }: JudgedAttempt): Channel | null {
  return CHANNEL_OF[type] ?? null;
}

/** A meeting that took place or was agreed upon; one to which nobody came is an attempt. */
export function isMeeting({ type, outcome }: JudgedAttempt): boolean {
  return type === 'meeting' && outcome !== 'no_answer';
}

/** Whether somebody was reached: a meeting is a contact whatever its outcome is called. */
export function isContact(attempt: JudgedAttempt): boolean {
  return attempt.contact || isMeeting(attempt);
}

/**
 * The attempts since the present cycle began, by the instant that counts; of the same instant by their ids, so that the
 * order of arrival plays no part.
 */
export function attemptsOfCycle({ judged, cycleStartedAt }: Lead): JudgedAttempt[] {
  const mine = judged.filter(({ occurredAt }) => cycleStartedAt === null || occurredAt >= cycleStartedAt);
  const key = ({ countsAt, activityId }: JudgedAttempt): string => `${countsAt} ${activityId}`;
  return mine.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
