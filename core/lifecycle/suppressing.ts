/** Keeping somebody out because of what became of their lead: what is owed, and of whom it speaks (policy book §8, §13). */
import type { Effect } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { SuppressionKind, SuppressionSubject } from '../model/suppression.ts';
import { parseAddress } from '../qualification/gate/address.ts';
import { domainOf } from '../qualification/gate/domain.ts';
import { suspectsOf } from '../qualification/suspects.ts';

export type SuppressEffect = Extract<Effect, { kind: 'suppress' }>;
type Known = Pick<Lead, 'contact' | 'company'>;

/** Whether the lead says who that would be. */
export function isKnown(lead: Known, subject: SuppressEffect['subject'], of?: SuppressEffect['of']): boolean {
  return subjectOf(lead, { subject, of }) !== null;
}

/** Who is meant by a suppression that is owed; null if the lead no longer says so: its personal data was removed. */
export function subjectOf(
  lead: Known,
  { subject, of }: Pick<SuppressEffect, 'subject' | 'of'>,
): SuppressionSubject | null {
  const value = valueOf(lead, subject, of);
  return value === undefined || value === null || value === '' ? null : { kind: subject, value };
}

function valueOf(lead: Known, kind: SuppressionKind, of: SuppressEffect['of']): string | null | undefined {
  const { email, company } = suspectsOf(lead);
  switch (kind) {
    case 'person':
      return email;
    case 'company':
      return company === undefined ? undefined : lead.company.name;
    case 'domain':
      return of === 'company'
        ? domainOf(lead.company.domain)
        : parseAddress(lead.contact.email ?? '')?.domain;
  }
}
