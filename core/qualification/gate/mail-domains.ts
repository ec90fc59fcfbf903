/**
 * Which domains give free or disposable mailboxes: lists that others keep, pinned by the version of their package, with
 * the policy's own entries before them (policy book §6).
 */
import { disposableEmailBlocklistSet } from 'disposable-email-domains-js';
import disposablePackage from 'disposable-email-domains-js/package.json' with { type: 'json' };
import providers from 'email-providers/all.json' with { type: 'json' };
import providersPackage from 'email-providers/package.json' with { type: 'json' };
import type { Policy } from '../../policy/schema.ts';
import { asciiDomain } from './address.ts';

export type MailClass = 'free_mail' | 'disposable';
type Rules = Policy['mqlGate']['email'];

interface List {
  /** Package and version. */
  name: string;
  domains: () => ReadonlySet<string>;
  /**
   * Whether what lies under a listed domain is listed with it. Disposable domains are listed as somebody registers
   * them; the list of free mail has domains under which companies have their own, like those of a city.
   */
  withSubdomains: boolean;
}

const LISTS: Record<MailClass, List> = {
  free_mail: {
    name: `${providersPackage.name} ${providersPackage.version}`,
    domains: once(() => new Set(providers.map(asciiDomain))),
    withSubdomains: false,
  },
  disposable: {
    name: `${disposablePackage.name} ${disposablePackage.version}`,
    domains: once(disposableEmailBlocklistSet),
    withSubdomains: true,
  },
};

/**
 * Who says that a domain is of this class, `the policy` or a list with its version; null if nobody does. Entries of the
 * policy hold for subdomains too, and the entry nearest to the domain decides.
 * @param domain lower case, in ASCII
 */
export function listedBy(rules: Rules, mailClass: MailClass, domain: string): string | null {
  const { allow, refuse } = overrides(rules, mailClass);
  const list = LISTS[mailClass];
  const labels = domain.split('.');
  for (let i = 0; i < labels.length - 1; i += 1) {
    const name = labels.slice(i).join('.');
    if (allow.has(name)) return null;
    if (refuse.has(name)) return 'the policy';
    if ((i === 0 || list.withSubdomains) && list.domains().has(name)) return list.name;
  }
  return null;
}

interface Overrides {
  allow: ReadonlySet<string>;
  refuse: ReadonlySet<string>;
}

const known = new WeakMap<object, Overrides>();

function overrides(rules: Rules, mailClass: MailClass): Overrides {
  const rows = mailClass === 'free_mail' ? rules.freeMail : rules.disposable;
  let found = known.get(rows);
  if (!found) {
    found = { allow: new Set(rows.allow.map(asciiDomain)), refuse: new Set(rows.refuse.map(asciiDomain)) };
    known.set(rows, found);
  }
  return found;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
