/** What a lead has to bring before somebody can work on it (policy book §6). */
import type { Policy } from '../../policy/schema.ts';
import { phoneOf } from './phone.ts';
import type { Criterion, InquiryFacts } from './types.ts';

type Rules = Policy['mqlGate']['completeness'];
type Field = Rules['fields'][number];
type Facts = Pick<InquiryFacts, 'contact' | 'company'>;
interface Fault {
  valueClass: string;
  note?: string;
}

const FIELDS: Record<Field, { field: string; wouldPass: string }> = {
  name: { field: 'contact.lastName', wouldPass: 'a last name' },
  company: { field: 'company.name', wouldPass: 'the name of the company' },
  email: { field: 'contact.email', wouldPass: 'an e-mail address' },
  phone: {
    field: 'contact.phone',
    wouldPass: "a telephone number with its country code, or as written in the contact's country",
  },
  title: { field: 'contact.title', wouldPass: 'a job title' },
};

/**
 * One criterion for each field that the policy asks for. Blanks and the policy's placeholders count as nothing; whether
 * an e-mail address is a good one is asked by `emailOf`.
 */
export function completenessOf(policy: Pick<Policy, 'mqlGate'>, facts: Facts): Criterion[] {
  const rules = policy.mqlGate.completeness;
  return rules.fields.map((name) => {
    const fault = faultOf(rules, name, facts);
    return {
      criterion: `completeness.${name}`,
      met: fault === null,
      field: FIELDS[name].field,
      ...(fault === null ? {} : { valueClass: fault.valueClass }),
      wouldPass: FIELDS[name].wouldPass,
      ...(fault?.note === undefined ? {} : { note: fault.note }),
    };
  });
}

function faultOf(rules: Rules, name: Field, { contact, company }: Facts): Fault | null {
  switch (name) {
    case 'name':
      // With a first name alone nobody can be asked for at a company.
      return /\p{L}/u.test(contact.firstName ?? '') && isBlank(contact.lastName)
        ? { valueClass: 'first_name_only' }
        : textFault(rules, contact.lastName);
    case 'company':
      return textFault(rules, company.name);
    case 'email':
      return textFault(rules, contact.email);
    case 'title':
      return textFault(rules, contact.title);
    case 'phone': {
      const missing = textFault(rules, contact.phone);
      if (missing !== null || contact.phone === undefined || rules.phone === 'given') return missing;
      const { valueClass, because } = phoneOf(contact.phone, contact.country);
      return valueClass === null ? null : { valueClass, note: because };
    }
  }
}

/** Why a text says nothing: without letters and digits, or one of the policy's placeholders (`n/a`, Salesforce's `[not provided]`). */
export function textFault(rules: Rules, value: string | undefined): Fault | null {
  if (value === undefined || isBlank(value)) return { valueClass: 'missing' };
  const text = value.trim().toLowerCase();
  const stands = rules.placeholders.some((placeholder) => placeholder.toLowerCase() === text);
  return stands || !/[\p{L}\p{N}]/u.test(text) ? { valueClass: 'placeholder' } : null;
}

function isBlank(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}
