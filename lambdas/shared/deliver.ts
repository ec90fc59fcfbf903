/**
 * Delivers one notice: claim, render, send, record.
 *
 * SES knows no idempotency token, so mail and record cannot be one act. The claim is written before the mail and the
 * mark after it. Who dies between the two leaves a claim that expires after the policy's lease; the notice is then
 * sent again. Of the two things that may remain in that gap, a duplicate is possible and a loss is not
 * (docs/adr/0006-notices-at-least-once-in-the-gap.md).
 */
import { answerable } from '../../core/ladder/owes.ts';
import { renderNotice, renderTicketNotice } from '../../core/messages/index.ts';
import type { Message } from '../../core/messages/index.ts';
import type { Effect } from '../../core/model/effects.ts';
import type { Lead } from '../../core/model/lead.ts';
import type { Person } from '../../core/model/person.ts';
import type { Subject } from '../../core/model/subject.ts';
import { isTicket, subjectIdOf } from '../../core/model/subject.ts';
import type { Ticket } from '../../core/model/ticket.ts';
import { addressee, callFirst } from './addressee.ts';
import { MailRejected } from './errors.ts';
import { errorText } from './redact.ts';
import type { Services } from './services.ts';
import { aboutOf, storeOf } from './subjects.ts';

type Notice = Extract<Effect, { kind: 'notice' }>;
type Recipient = Parameters<typeof renderNotice>[0]['recipient'];

/**
 * `sent` now; `already` sent or given up earlier; `busy`: somebody else holds the claim; `retry_later`: the
 * reconciler tries again; `given_up`: refused for good, or tried as often as the policy allows.
 */
export type Delivery = 'sent' | 'already' | 'busy' | 'retry_later' | 'given_up';

/**
 * Delivers a notice at most once per id, apart from the gap told above.
 * Trouble with the mail never throws, so that the ladder goes on: it is recorded, and when it is final it is in the
 * timeline and told to the operator (`NotificationFailed`, an error in the log).
 * @throws the stores' and the event bus's errors; the caller's retry finds the claim and leaves the rest to the reconciler
 */
export async function deliverNotice(services: Services, subject: Subject, notice: Notice): Promise<Delivery> {
  const id = subjectIdOf(subject);
  const { clock, notices, mailer, log } = services;
  const claim = await notices.claim(id, notice.id, clock.now());
  if (claim.state === 'done') return 'already';
  if (claim.state === 'busy') return 'busy';

  const to = addressee(subject, await services.roster.load(), notice.recipient);
  if ('missing' in to) return giveUp(services, subject, notice, to.missing, claim.attempts);
  let messageId: string;
  try {
    const message = await render(services, subject, notice, to.recipient);
    messageId = await mailer.send({
      to: to.recipient.email,
      noticeId: notice.id,
      about: aboutOf(subject),
      ...message,
    });
  } catch (error) {
    const reason = errorText(error);
    if (error instanceof MailRejected || claim.attempts >= services.policy.notifications.attempts) {
      return giveUp(services, subject, notice, reason, claim.attempts);
    }
    await notices.markFailed(id, notice.id, clock.now(), reason, false);
    log.warn('A notice could not be sent and is tried again later', {
      ...about(subject, notice),
      error: reason,
    });
    return 'retry_later';
  }
  await notices.markSent(id, notice.id, clock.now(), messageId);
  return 'sent';
}

/** @throws TypeError for a message about a ticket to a prospect: it has none */
async function render(
  services: Services,
  subject: Subject,
  notice: Notice,
  recipient: Recipient,
): Promise<Message> {
  if (!isTicket(subject)) return renderOfLead(services, subject, notice, recipient);
  if ('prospect' in recipient) throw new TypeError('nobody but staff is told of a ticket');
  return renderOfTicket(services, subject, notice, recipient);
}

async function renderOfTicket(
  services: Services,
  ticket: Ticket,
  { notice, clockId }: Notice,
  recipient: Person,
): Promise<Message> {
  const { people } = await services.roster.load();
  const clock = ticket.clocks.find((candidate) => candidate.clockId === clockId) ?? null;
  const owner = people.find(({ personId }) => personId === ticket.ownerId) ?? null;
  const { policy } = services;
  return renderTicketNotice({ notice, ticket, clock, recipient, owner, policy, now: services.clock.now() });
}

async function renderOfLead(
  services: Services,
  lead: Lead,
  notice: Notice,
  recipient: Recipient,
): Promise<Message> {
  const roster = await services.roster.load();
  const find = (personId: string | undefined) =>
    roster.people.find((person) => person.personId === personId) ?? null;
  const clock = lead.clocks.find((candidate) => candidate.clockId === notice.clockId) ?? null;
  const owner = find(answerable(services.policy, lead, clock) ?? undefined);
  return renderNotice({
    notice: notice.notice,
    lead,
    clock,
    recipient,
    owner,
    previousOwner: find(lead.previousOwners.at(-1)?.personId),
    callFirst: callFirst(roster, notice, owner),
    policy: services.policy,
    now: services.clock.now(),
  });
}

/** Tells first and closes last: who dies in between tells again under the same ids instead of never. */
async function giveUp(
  services: Services,
  subject: Subject,
  notice: Notice,
  reason: string,
  attempts: number,
): Promise<Delivery> {
  const { clock, events, notices, log } = services;
  const subjectId = subjectIdOf(subject);
  const facts = { ...about(subject, notice), attempts, error: reason };
  await storeOf(services, subject).putTimeline(subjectId, {
    entryId: `notice_failed/${notice.id}`,
    at: notice.at,
    what: 'notice_failed',
    who: 'system',
    why: `The ${notice.notice} notice to ${notice.recipient} was given up at try ${attempts}: ${reason}.`,
    clockId: notice.clockId ?? undefined,
    rung: notice.rung ?? undefined,
  });
  const id = `NotificationFailed/${notice.id}`;
  const failed = { kind: 'event' as const, id, detailType: 'NotificationFailed', at: notice.at };
  const data = isTicket(subject) ? facts : { ...facts, cycle: subject.cycle };
  await events.publish([{ ...failed, data }], subjectId);
  await notices.markFailed(subjectId, notice.id, clock.now(), reason, true);
  log.error('A notice was given up', facts);
  return 'given_up';
}

function about(subject: Subject, notice: Notice): Record<string, unknown> {
  const { id: noticeId, notice: kind, recipient, clockId, rung } = notice;
  return { ...aboutOf(subject), noticeId, notice: kind, recipient, clockId, rung };
}
