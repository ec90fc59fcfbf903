/**
 * Delivers one notice: claim, render, send, record.
 *
 * SES knows no idempotency token, so mail and record cannot be one act. The claim is written before the mail and the
 * mark after it. Who dies between the two leaves a claim that expires after the policy's lease; the notice is then
 * sent again. Of the two things that may remain in that gap, a duplicate is possible and a loss is not
 * (docs/adr/0006-notices-at-least-once-in-the-gap.md).
 */
import { answerable } from '../../core/ladder/owes.ts';
import { renderNotice } from '../../core/messages/index.ts';
import type { Message } from '../../core/messages/index.ts';
import type { Effect } from '../../core/model/effects.ts';
import type { Lead } from '../../core/model/lead.ts';
import { addressee, callFirst } from './addressee.ts';
import { MailRejected } from './errors.ts';
import { errorText } from './redact.ts';
import type { Services } from './services.ts';

type Notice = Extract<Effect, { kind: 'notice' }>;

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
export async function deliverNotice(services: Services, lead: Lead, notice: Notice): Promise<Delivery> {
  const { clock, notices, mailer, log } = services;
  const claim = await notices.claim(lead.leadId, notice.id, clock.now());
  if (claim.state === 'done') return 'already';
  if (claim.state === 'busy') return 'busy';

  const to = addressee(lead, await services.roster.load(), notice.recipient);
  if ('missing' in to) return giveUp(services, lead, notice, to.missing, claim.attempts);
  let messageId: string;
  try {
    const message = await render(services, lead, notice, to.recipient);
    messageId = await mailer.send({
      to: to.recipient.email,
      noticeId: notice.id,
      leadId: lead.leadId,
      ...message,
    });
  } catch (error) {
    const reason = errorText(error);
    if (error instanceof MailRejected || claim.attempts >= services.policy.notifications.attempts) {
      return giveUp(services, lead, notice, reason, claim.attempts);
    }
    await notices.markFailed(lead.leadId, notice.id, clock.now(), reason, false);
    log.warn('A notice could not be sent and is tried again later', {
      ...about(lead, notice),
      error: reason,
    });
    return 'retry_later';
  }
  await notices.markSent(lead.leadId, notice.id, clock.now(), messageId);
  return 'sent';
}

async function render(
  services: Services,
  lead: Lead,
  notice: Notice,
  recipient: Parameters<typeof renderNotice>[0]['recipient'],
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
  lead: Lead,
  notice: Notice,
  reason: string,
  attempts: number,
): Promise<Delivery> {
  const { clock, leads, events, notices, log } = services;
  const { leadId, cycle } = lead;
  const facts = { ...about(lead, notice), attempts, error: reason };
  await leads.putTimeline(leadId, {
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
  await events.publish([{ ...failed, data: { ...facts, cycle } }], leadId);
  await notices.markFailed(leadId, notice.id, clock.now(), reason, true);
  log.error('A notice was given up', facts);
  return 'given_up';
}

function about(lead: Lead, notice: Notice): Record<string, unknown> {
  const { id: noticeId, notice: kind, recipient, clockId, rung } = notice;
  return { leadId: lead.leadId, noticeId, notice: kind, recipient, clockId, rung };
}
