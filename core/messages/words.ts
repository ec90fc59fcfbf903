/** The policy's identifiers in words. */
import type { Person } from '../model/person.ts';
import type { Recipient, Role } from '../policy/schema/basics.ts';
import type { RungAction, RungName } from '../policy/schema/commitments.ts';

const ROLE_WORDS: Record<Role, string> = {
  sdr: 'SDR',
  ae: 'AE',
  sdr_manager: 'SDR manager',
  ae_manager: 'AE manager',
  sales_director: 'sales director',
  vp_sales: 'VP sales',
  executive: 'executive',
  marketing_ops: 'Marketing Ops',
  marketing_director: 'marketing director',
  revops: 'RevOps',
};

export const roleWords = (role: Role): string => ROLE_WORDS[role];

const RELATION_WORDS: Record<string, string> = {
  owner: 'the owner',
  'owner.manager': "the owner's manager",
  previous_owner: 'the previous owner',
  'previous_owner.manager': "the previous owner's manager",
  'pool.manager': "the pool's manager",
  'pool.backup': 'the backup pool',
};

/** A recipient of the policy: `role:vp_sales` is `VP sales`, `owner.manager` is `the owner's manager`. */
export function recipientWords(recipient: Recipient): string {
  const role = Object.entries(ROLE_WORDS).find(([id]) => recipient === `role:${id}`);
  return role?.[1] ?? RELATION_WORDS[recipient] ?? recipient.replace(/^person:/, '');
}

export const RUNG_WORDS: Record<RungName, string> = {
  remind: 'reminder',
  warn: 'warning',
  breach: 'breach',
  backup: 'backup queue',
  critical: 'critical escalation',
  incident: 'incident',
  threshold: 'breach threshold',
};

/** What a rung does that its name does not say already. */
export const ACTION_WORDS: Partial<Record<RungAction, string>> = {
  reassign: 'the lead is reassigned',
  manager_task: 'the manager gets a task',
  breach_review: 'the miss goes on the breach review list',
  process_review: 'a process review is opened',
};

/** An identifier as words: `demo_request` is `demo request`. */
export const plain = (id: string): string => id.replaceAll('_', ' ');

/** Fields that a criterion of the gate can be about, as people call them. */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  'contact.lastName': 'Name',
  'contact.email': 'E-mail',
  'contact.phone': 'Phone',
  'contact.title': 'Title',
  'company.name': 'Company',
};

/** Items as an English list: `a, b and c`. */
export function together(items: string[]): string {
  const last = items.at(-1) ?? '';
  return items.length <= 1 ? last : `${items.slice(0, -1).join(', ')} and ${last}`;
}

/** A colleague with the ways to reach them: `Sam Rep (SDR), +1 617 555 0100, sam@example.com`. */
export function personWords(person: Person): string {
  const reach = [person.phone, person.email].filter((part) => part !== undefined && part !== '');
  return [`${person.name} (${roleWords(person.role)})`, ...reach].join(', ');
}
