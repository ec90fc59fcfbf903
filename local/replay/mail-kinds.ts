/** Which kind of notice a mail is, told from its subject: the mail box of the embedded system keeps nothing else. */
import type { NoticeKind } from '../../core/model/effects.ts';

const SUBJECTS: readonly (readonly [RegExp, NoticeKind])[] = [
  [/^New lead: /, 'assigned'],
  [/^Moved: /, 'moved_away'],
  [/^Thank you for your request/, 'acknowledgement'],
  [/^Nobody is available for /, 'nobody_available'],
  [/^Reminder: /, 'reminder'],
  [/^Urgent: /, 'warning'],
  [/^Target missed: /, 'breach_old_owner'],
  [/^Reassigned to you: /, 'breach_new_owner'],
  [/^Breach: /, 'breach_manager'],
  [/^Backup queue: /, 'backup'],
  [/^Critical: /, 'critical'],
  [/^Incident opened: /, 'incident'],
  [/^Breach threshold passed: /, 'threshold'],
  [/^Held for Marketing: /, 'held'],
  [/^For you to decide: /, 'review_offer'],
  [/^For the account team: /, 'account_team'],
  [/^Missed touch: /, 'touch_missed'],
  [/^Several touches missed: /, 'touches_missed'],
  [/^A disposition is required: /, 'disposition_required'],
  [/^A reminder of our meeting/, 'meeting_reminder'],
  [/^Meeting soon: /, 'meeting_near'],
  [/^SQL for you: /, 'handed_over'],
  [/^Given back by the AE: /, 'handed_back'],
];

/** The kind of notice with such a subject, or `other`. */
export function mailKind(subject: string): NoticeKind | 'other' {
  return SUBJECTS.find(([pattern]) => pattern.test(subject))?.[1] ?? 'other';
}
