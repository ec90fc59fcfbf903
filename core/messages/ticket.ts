/** What staff are told of a support ticket (policy book §16): what is missing, whose it is, and where it lies. */
import { describeSpan } from '../calendar/index.ts';
import type { Clock } from '../model/clock.ts';
import type { NoticeKind } from '../model/effects.ts';
import type { Person } from '../model/person.ts';
import type { Ticket } from '../model/ticket.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs } from '../time.ts';
import { storedMs } from '../time.ts';
import { webAddress } from './crm-link.ts';
import { heading, paragraph, rows } from './document.ts';
import type { Block, Row } from './document.ts';
import { instantWords } from './times.ts';
import { timeLeft } from './view.ts';
import { personWords, plain, roleWords } from './words.ts';

export interface TicketNoticeInput {
  notice: NoticeKind;
  ticket: Ticket;
  /** The clock that the notice is about. */
  clock: Clock | null;
  recipient: Person;
  owner: Person | null;
  policy: CompiledPolicy;
  now: EpochMs;
}

/** What each kind of message begins its subject with; any other begins with `Ticket`. */
const BEGINS: Partial<Record<NoticeKind, string>> = {
  reminder: 'Reminder',
  warning: 'Urgent',
  breach_old_owner: 'Target missed',
  breach_manager: 'Breach',
  backup: 'Help needed',
  critical: 'Critical',
  incident: 'Incident opened',
  threshold: 'Breach threshold passed',
};

/** Subject and blocks of one message. */
export function ticketMessage(input: TicketNoticeInput): { subject: string; blocks: Block[] } {
  const { notice, ticket, clock, recipient, policy, now } = input;
  const commitment = policy.commitments.find(({ id }) => id === clock?.commitment);
  const left = clock === null ? '' : timeLeft(policy, clock, now);
  const what = commitment?.title ?? 'a commitment';
  const { system, recordId } = ticket.desk;
  return {
    subject: `${BEGINS[notice] ?? 'Ticket'}: ${system} ${recordId}, ${what}${left === '' ? '' : ` (${left})`}`,
    blocks: [
      paragraph(`Hello ${recipient.name},`),
      paragraph(`“${what}” is still open for ticket ${recordId} of customer ${ticket.customer.id}.`),
      desk(ticket),
      heading('The ticket'),
      rows(...facts(input, left)),
      heading('What to do'),
      rows({ label: 'Why you', value: reason(input) }),
    ],
  };
}

function facts({ ticket, clock, owner, recipient }: TicketNoticeInput, left: string): (Row | null)[] {
  const at = (instant: EpochMs): string => instantWords(instant, recipient.timeZone);
  const row = (label: string, value: string | null): Row | null => (value === null ? null : { label, value });
  const { customer, severity, service, openedAt } = ticket;
  return [
    row('Customer', customer.kind === null ? customer.id : `${customer.id}, ${plain(customer.kind)}`),
    row('Severity', severity === null ? 'not judged yet' : plain(severity)),
    row('Service', service),
    row('Opened', at(storedMs(openedAt))),
    row('Target', clock === null ? null : `${describeSpan(clock.target)}, from ${plain(clock.targetFrom)}`),
    row('Due', clock === null ? null : `${at(storedMs(clock.dueAt))}${left === '' ? '' : ` (${left})`}`),
    row('Owner', owner === null ? 'nobody yet' : personWords(owner)),
  ];
}

/** Why it is this person who is told. */
function reason({ ticket, recipient, owner }: TicketNoticeInput): string {
  if (ticket.ownerId === recipient.personId) return 'You own this ticket.';
  if (owner?.managerId === recipient.personId) return `You manage ${owner.name}.`;
  return `The policy names you for this step as ${roleWords(recipient.role)}.`;
}

/** The ticket at its service desk: a link, or where to look. */
function desk({ desk: { system, recordId, url } }: Ticket): Block {
  const address = url === undefined ? undefined : webAddress(url);
  return address === undefined
    ? paragraph(`At the service desk: ${system}, record ${recordId}.`)
    : { kind: 'link', label: `Open the ticket in ${system}`, url: address };
}
