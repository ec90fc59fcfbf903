/** Delivers one notice about a lead or a ticket, as every letter is delivered. */
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
import { deliverLetter } from './letter.ts';
import type { Delivery } from './letter.ts';
import type { Services } from './services.ts';
import { aboutOf, storeOf } from './subjects.ts';

type Notice = Extract<Effect, { kind: 'notice' }>;
type Recipient = Parameters<typeof renderNotice>[0]['recipient'];

/**
 * Delivers a notice at most once per id, apart from the gap that {@link deliverLetter} tells of.
 * Trouble with the mail never throws, so that the ladder goes on: it is recorded, and when it is final it is in the
 * timeline and told to the operator (`NotificationFailed`, an error in the log).
 * @throws the stores' and the event bus's errors; the caller's retry finds the claim and leaves the rest to the reconciler
 */
export function deliverNotice(services: Services, subject: Subject, notice: Notice): Promise<Delivery> {
  return deliverLetter(services, {
    notices: services.notices,
    subjectId: subjectIdOf(subject),
    noticeId: notice.id,
    about: aboutOf(subject),
    logged: about(subject, notice),
    to: async () => addressee(subject, await services.roster.load(), notice.recipient),
    render: (recipient) => render(services, subject, notice, recipient),
    failed: (reason, attempts) => tellFailure(services, subject, notice, reason, attempts),
  });
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

async function tellFailure(
  services: Services,
  subject: Subject,
  notice: Notice,
  reason: string,
  attempts: number,
): Promise<void> {
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
  await services.events.publish([{ ...failed, data }], subjectId);
}

function about(subject: Subject, notice: Notice): Record<string, unknown> {
  const { id: noticeId, notice: kind, recipient, clockId, rung } = notice;
  return { ...aboutOf(subject), noticeId, notice: kind, recipient, clockId, rung };
}
