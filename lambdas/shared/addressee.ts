/** Who a notice goes to, and whom they call. */
import type { ProspectRecipient } from '../../core/messages/index.ts';
import { parseAddress } from '../../core/qualification/gate/address.ts';
import type { Effect } from '../../core/model/effects.ts';
import type { Subject } from '../../core/model/subject.ts';
import { isTicket } from '../../core/model/subject.ts';
import type { Person, Roster } from '../../core/model/person.ts';

type Notice = Extract<Effect, { kind: 'notice' }>;

/** The person or the prospect behind a recipient's id, or in words why there is nobody to write to. */
export function addressee(
  subject: Subject,
  roster: Roster,
  recipientId: string,
): { recipient: Person | ProspectRecipient } | { missing: string } {
  if (recipientId === 'prospect') {
    if (isTicket(subject)) return { missing: 'a ticket has no prospect' };
    const { email, firstName = '', lastName = '' } = subject.contact;
    if (email === undefined) return { missing: 'the prospect has no e-mail address' };
    // What was typed as an address may be none, or several.
    return parseAddress(email) === null
      ? { missing: 'what was given as the e-mail address of the prospect is none' }
      : { recipient: { prospect: true, email, name: `${firstName} ${lastName}`.trim() } };
  }
  return addresseeOnRoster(roster, recipientId);
}

/** The person of this id, or in words why nobody is written to. */
export function addresseeOnRoster(
  { people }: Pick<Roster, 'people'>,
  personId: string,
): { recipient: Person } | { missing: string } {
  const person = people.find((candidate) => candidate.personId === personId);
  if (person === undefined) return { missing: `${personId} is not on the roster` };
  return person.active ? { recipient: person } : { missing: `${personId} is no longer active` };
}

/**
 * Whom the recipient calls first; null for the prospect. The owner calls the prospect; who is above the owner calls
 * the owner; who is above the owner's manager calls that manager.
 */
export function callFirst(roster: Roster, notice: Notice, owner: Person | null): Person | null {
  if (owner === null || owner.personId === notice.recipient || notice.notice === 'backup') return null;
  const manager = roster.people.find((person) => person.personId === owner.managerId && person.active);
  const isHighUp = notice.notice === 'critical' || notice.notice === 'incident';
  return isHighUp && manager !== undefined && manager.personId !== notice.recipient ? manager : owner;
}
