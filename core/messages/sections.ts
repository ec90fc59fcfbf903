/** The parts that every message to staff shares, below its opening sentences. */
import { describeSpan } from '../calendar/index.ts';
import { storedMs } from '../time.ts';
import { afterTheTouch } from './cadence-templates.ts';
import { crmLink } from './crm-link.ts';
import { heading, list, paragraph, rows } from './document.ts';
import type { Block, Row } from './document.ts';
import { handoffReason } from './handoff-templates.ts';
import type { View } from './view.ts';
import {
  ACTION_WORDS,
  personWords,
  plain,
  recipientWords,
  roleWords,
  RUNG_WORDS,
  together,
} from './words.ts';

/** How many attempts are told one by one; the earlier ones are counted. */
const ATTEMPTS_SHOWN = 10;

const row = (label: string, value: string | undefined, href?: string): Row | null =>
  value === undefined ? null : { label, value, href };

const telephone = (phone: string | undefined): string | undefined =>
  phone !== undefined && /^\+?[\d ().-]{3,30}$/.test(phone)
    ? `tel:${phone.replace(/[^+\d]/g, '')}`
    : undefined;

const mailAddress = (email: string | undefined): string | undefined =>
  email !== undefined && /^[\w.+-]{1,64}@[\w.-]{1,190}$/.test(email) ? `mailto:${email}` : undefined;

/** Who the prospect is. Only those who call them get the title, the phone and the address. */
export function prospect(view: View): Block[] {
  const { contact } = view.lead;
  const name = row('Name', view.prospectName ?? undefined);
  const company = row('Company', view.company);
  if (view.sees === 'company') return [heading('The prospect'), rows(name, company)];
  const phone = row('Phone', contact.phone, telephone(contact.phone));
  const email = row('E-mail', contact.email, mailAddress(contact.email));
  return [heading('The prospect'), rows(name, row('Title', contact.title), company, phone, email)];
}

/** What kind of lead it is, the target with the row it comes from, and the time left. */
export function facts(view: View): Block[] {
  const { lead, clock, commitment } = view;
  const target =
    clock === null ? undefined : `${describeSpan(clock.target)}, from ${plain(clock.targetFrom)}`;
  const due =
    clock === null
      ? undefined
      : `${view.at(storedMs(clock.dueAt))}${view.left === '' ? '' : ` (${view.left})`}`;
  return [
    heading('The lead'),
    rows(
      row('Source', plain(lead.source)),
      row('Tier', String(lead.tier)),
      row('Segment', lead.segment === null ? undefined : plain(lead.segment)),
      row('Priority', lead.priority),
      row('Commitment', view.isResponse ? undefined : commitment?.title),
      row('Target', target),
      row('Due', due),
      row('Owner', ownerWords(view)),
      row('Previous owner', view.previousOwner?.name),
    ),
  ];
}

/** Before it is an MQL a lead cannot have an owner: that is not worth a line. */
function ownerWords({ owner, beforeSales }: View): string | undefined {
  if (owner !== null) return personWords(owner);
  return beforeSales ? undefined : 'nobody yet';
}

/** What was tried, oldest first, or that nothing was. */
export function attempts(view: View): Block[] {
  const { judged } = view.lead;
  const people = [view.owner, view.previousOwner, view.callFirst, view.recipient];
  const nameOf = (id: string): string => people.find((person) => person?.personId === id)?.name ?? id;
  const sorted = [...judged].sort((a, b) => storedMs(a.occurredAt) - storedMs(b.occurredAt));
  const items = sorted.slice(-ATTEMPTS_SHOWN).map((attempt) => {
    const by = attempt.personId === null ? '' : `, by ${nameOf(attempt.personId)}`;
    const late = attempt.backDated ? ', typed in afterwards' : '';
    return `${view.at(storedMs(attempt.occurredAt))}: ${plain(attempt.type)}, ${plain(attempt.outcome)}${by}${late}`;
  });
  const earlier = sorted.length - items.length;
  const more = earlier === 0 ? [] : [`and ${earlier} earlier`];
  return [
    heading('What was tried'),
    items.length === 0 ? paragraph('Nothing was tried so far.') : list([...more, ...items]),
  ];
}

/** Why this person is told, whom they call, and what the ladder does next. */
export function why(view: View): Block[] {
  const { recipient, lead, callFirst } = view;
  const theirPhone = view.sees === 'contact' ? lead.contact.phone : undefined;
  const them = [view.prospectName ?? 'the prospect', theirPhone]
    .filter((part) => part !== undefined)
    .join(', ');
  const call =
    callFirst === null || callFirst.personId === recipient.personId ? them : personWords(callFirst);
  const block = rows(
    row('Whom to call', call),
    row('Why you', reason(view)),
    row('What happens next', nextStep(view)),
  );
  return [heading('What to do'), block];
}

/** Why it is this person who is told. */
export function reason(view: View): string {
  const { recipient, lead, owner, previousOwner } = view;
  if (view.notice === 'breach_old_owner' && !view.isOwner)
    return 'You owned this lead when its target passed.';
  if (view.notice === 'moved_away' && !view.isOwner) return 'You owned this lead until now.';
  const handedOver = handoffReason(view);
  if (handedOver !== null) return handedOver;
  if (view.isOwner && lead.owner?.personId === recipient.personId) return lead.owner.reason;
  if (view.isOwner) return lead.life.handoff?.ae.reason ?? 'You answer for it.';
  const report = [owner, previousOwner].find((person) => person?.managerId === recipient.personId);
  if (report !== null && report !== undefined) return `You manage ${report.name}.`;
  return `The policy names you for this step as ${roleWords(recipient.role)}.`;
}

/** The next rung of the clock: when, what, and who is told. */
export function nextStep(view: View): string | undefined {
  const { clock, commitment, now } = view;
  if (clock === null) return undefined;
  if (clock.metAt !== null || clock.status === 'cancelled') return 'Nothing; this clock has ended.';
  if (clock.pauses.some((pause) => pause.to === null)) return 'Nothing until the clock is resumed.';
  const coming = clock.rungs.filter((rung) => rung.doneAt === null && storedMs(rung.at) > now);
  const next = coming.sort((a, b) => storedMs(a.at) - storedMs(b.at))[0];
  if (next === undefined) return afterTheTouch(view) ?? lastStep(view);
  const policyRow = commitment?.rungs.find((candidate) => candidate.rung === next.rung);
  const told =
    policyRow === undefined || policyRow.tell.length === 0
      ? ''
      : ` to ${together(policyRow.tell.map(recipientWords))}`;
  const actions = (policyRow?.actions ?? [])
    .map((action) => ACTION_WORDS[action])
    .filter((text) => text !== undefined);
  const also = actions.length === 0 ? '' : `; ${together(actions)}`;
  return `${view.at(storedMs(next.at))}: ${RUNG_WORDS[next.rung]}${told}${also}.`;
}

function lastStep({ marketing }: View): string {
  if (marketing === 'scoring') return 'This was the last step. The miss stays in the reports.';
  return marketing === 'enrichment'
    ? 'This was the last step. The lead stays held until nothing is missing.'
    : 'This was the last step. The lead stays on the escalated list until it is settled.';
}

/** The lead in its CRM: a link, or where to look. */
export function crm(view: View): Block {
  const { system, recordId } = view.lead.crm;
  const url = crmLink(view.lead.crm);
  return url === undefined
    ? paragraph(`In the CRM: ${system}, record ${recordId}.`)
    : { kind: 'link', label: `Open the lead in ${system}`, url };
}
