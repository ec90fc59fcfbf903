/** Who a suppression is looked up by, in the spelling in which it is kept (policy book §13). */
import type { Company, Contact } from '../model/lead.ts';
import type { SuppressionSubject, Suspects } from '../model/suppression.ts';
import { parseAddress } from './gate/address.ts';
import { domainOf } from './gate/domain.ts';
import { wordsOf } from './gate/title-words.ts';

/** Labels of the shortest domain that is looked up: `example.com`. */
const FEWEST_LABELS = 2;

/**
 * The address, the domains of the address and of the company with all above them down to two labels, and the name of
 * the company. What is no address, no domain or no name is left out.
 */
export function suspectsOf({ contact, company }: { contact: Contact; company: Company }): Suspects {
  const address = parseAddress(contact.email ?? '');
  const domains = [address?.domain, domainOf(company.domain)].flatMap((domain) => withParents(domain ?? ''));
  const name = company.name === undefined ? '' : plainName(company.name);
  return {
    ...(address === null ? {} : { email: plainAddress(contact.email ?? '') }),
    domains: [...new Set(domains)],
    ...(name === '' ? {} : { company: name }),
  };
}

/**
 * One spelling for all spellings of a subject; its own normal form is itself. Addresses and domains: lower case,
 * domain in ASCII. Names of companies: without case, accents, punctuation and superfluous blanks; legal forms stay, so
 * that `Example Inc.` and `Example` are two companies. Empty if nothing is left.
 */
export function normalSubject({ kind, value }: SuppressionSubject): string {
  if (kind === 'person') return plainAddress(value);
  return kind === 'domain' ? (domainOf(value) ?? '') : plainName(value);
}

function plainAddress(email: string): string {
  const address = parseAddress(email);
  return address === null
    ? email.trim().toLowerCase()
    : `${address.local.toLowerCase().normalize('NFC')}@${address.domain}`;
}

/** `McDonald's` is `mcdonalds`: a genitive is part of the name. */
function plainName(name: string): string {
  return wordsOf(name).join(' ').replaceAll(" '", '');
}

function withParents(domain: string): string[] {
  const labels = domain.split('.');
  return labels
    .slice(0, Math.max(0, labels.length - FEWEST_LABELS + 1))
    .map((_, n) => labels.slice(n).join('.'));
}
