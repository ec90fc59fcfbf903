/**
 * One mail to one recipient, whatever it is about: claim, render, send, record.
 *
 * SES knows no idempotency token, so mail and record cannot be one act. The claim is written before the mail and the
 * mark after it. Who dies between the two leaves a claim that expires after the policy's lease; the notice is then
 * sent again. Of the two things that may remain in that gap, a duplicate is possible and a loss is not
 * (docs/adr/0006-notices-at-least-once-in-the-gap.md).
 */
import type { Message } from '../../core/messages/index.ts';
import { MailRejected } from './errors.ts';
import { errorText } from './redact.ts';
import type { Mail, NoticeStore, Services } from './services.ts';

/**
 * `sent` now; `already` sent or given up earlier; `busy`: somebody else holds the claim; `retry_later`: the
 * reconciler tries again; `given_up`: refused for good, or tried as often as the policy allows.
 */
export type Delivery = 'sent' | 'already' | 'busy' | 'retry_later' | 'given_up';

export interface Letter<R extends { email: string }> {
  /** Where the claim is written: the key within it, and the id of the notice. */
  notices: NoticeStore;
  subjectId: string;
  noticeId: string;
  /** What the mail is about, as its tag says. */
  about: Mail['about'];
  /** Identifiers for the log. */
  logged: Record<string, unknown>;
  to(): Promise<{ recipient: R } | { missing: string }>;
  render(recipient: R): Promise<Message>;
  /** Tells of it that it was given up; doing it again tells the same. */
  failed(reason: string, attempts: number): Promise<void>;
}

/**
 * Delivers at most once per id, apart from the gap told above.
 * Trouble with the mail never throws: it is recorded, and when it is final it is told to the operator.
 * @throws the stores' and the event bus's errors; the caller's retry finds the claim and leaves the rest to the schedule
 */
export async function deliverLetter<R extends { email: string }>(
  services: Pick<Services, 'clock' | 'mailer' | 'log' | 'policy'>,
  letter: Letter<R>,
): Promise<Delivery> {
  const { clock, mailer, log } = services;
  const { notices, subjectId, noticeId } = letter;
  const claim = await notices.claim(subjectId, noticeId, clock.now());
  if (claim.state === 'done') return 'already';
  if (claim.state === 'busy') return 'busy';

  const to = await letter.to();
  if ('missing' in to) return giveUp(services, letter, to.missing, claim.attempts);
  let messageId: string;
  try {
    const message = await letter.render(to.recipient);
    const { about } = letter;
    messageId = await mailer.send({ to: to.recipient.email, noticeId, about, ...message });
  } catch (error) {
    const reason = errorText(error);
    if (error instanceof MailRejected || claim.attempts >= services.policy.notifications.attempts) {
      return giveUp(services, letter, reason, claim.attempts);
    }
    await notices.markFailed(subjectId, noticeId, clock.now(), reason, false);
    log.warn('A notice could not be sent and is tried again later', { ...letter.logged, error: reason });
    return 'retry_later';
  }
  await notices.markSent(subjectId, noticeId, clock.now(), messageId);
  return 'sent';
}

/** Tells first and closes last: who dies in between tells again under the same ids instead of never. */
async function giveUp<R extends { email: string }>(
  { clock, log }: Pick<Services, 'clock' | 'log'>,
  letter: Letter<R>,
  reason: string,
  attempts: number,
): Promise<Delivery> {
  const { notices, subjectId, noticeId, logged } = letter;
  await letter.failed(reason, attempts);
  await notices.markFailed(subjectId, noticeId, clock.now(), reason, true);
  log.error('A notice was given up', { ...logged, attempts, error: reason });
  return 'given_up';
}
