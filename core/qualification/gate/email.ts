/** The criterion of the e-mail address (policy book §6). */
import type { Policy } from '../../policy/schema.ts';
import type { Address } from './address.ts';
import { parseAddress } from './address.ts';
import { listedBy } from './mail-domains.ts';
import type { Criterion } from './types.ts';

/** What name servers say of a domain; `unknown` if they do not say. */
export type MxVerdict = 'takes_mail' | 'takes_none' | 'unknown';

type Rules = Policy['mqlGate']['email'];
type Refused = Rules['refuse'][number];
interface Finding {
  met: boolean;
  note?: string;
}

const WOULD_PASS: Record<Refused, string> = {
  invalid: 'an address like ada@example.com',
  role_based: 'the address of a person, not of a function or a team',
  free_mail: "an address at the company's own domain",
  disposable: "a lasting address at the company's own domain",
  domain_without_mail: 'an address at a domain that takes mail',
};

/**
 * One criterion for each class of addresses that the policy refuses. Without an address there is nothing to judge:
 * whether there has to be one is a question of completeness. Of what is no address only that is said.
 * @param mx what name servers say of the domain that {@link parseAddress} gives; `unknown` is met, with a note
 */
export function emailOf(
  policy: Pick<Policy, 'mqlGate'>,
  email: string | undefined,
  mx: MxVerdict,
): Criterion[] {
  const rules = policy.mqlGate.email;
  if (email === undefined || email.trim() === '') return [];
  const address = parseAddress(email);
  if (address === null) {
    return rules.refuse.includes('invalid') ? [criterionOf('invalid', { met: false })] : [];
  }
  return rules.refuse.map((refused) => criterionOf(refused, judge(rules, refused, address, mx)));
}

function judge(rules: Rules, refused: Refused, address: Address, mx: MxVerdict): Finding {
  switch (refused) {
    case 'invalid':
      return { met: true };
    case 'role_based':
      return { met: !isRole(rules, address.local) };
    case 'free_mail':
    case 'disposable': {
      const by = listedBy(rules, refused, address.domain);
      return by === null ? { met: true } : { met: false, note: `the domain is listed by ${by}` };
    }
    case 'domain_without_mail':
      return mx === 'unknown'
        ? {
            met: true,
            note: 'Whether the domain takes mail is not known: its name servers were not asked or did not answer.',
          }
        : { met: mx === 'takes_mail' };
  }
}

/** Without regard to case, to a tag (`info+web`) and to dots, dashes and underscores (`no-reply`, `noreply`). */
function isRole(rules: Rules, local: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[._-]/g, '');
  const name = plain(local.replace(/\+.*$/, ''));
  return rules.roles.some((role) => plain(role) === name);
}

function criterionOf(refused: Refused, { met, note }: Finding): Criterion {
  return {
    criterion: `email.${refused}`,
    met,
    field: 'contact.email',
    ...(met ? {} : { valueClass: refused }),
    wouldPass: WOULD_PASS[refused],
    ...(note === undefined ? {} : { note }),
  };
}
