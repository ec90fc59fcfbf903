/** Whom a rejection or a disposition keeps out, by which row of the policy's recycling (policy book §8, §13). */
import { iso } from '../../time.ts';
import type { Lead } from '../../model/lead.ts';
import { parseAddress } from '../../qualification/gate/address.ts';
import { domainOf } from '../../qualification/gate/domain.ts';
import { listedBy } from '../../qualification/gate/mail-domains.ts';
import type { CompiledPolicy } from '../../policy/compiled.ts';
import type { World } from '../../ladder/tell.ts';
import type { SuppressEffect } from '../suppressing.ts';
import { isKnown } from '../suppressing.ts';

type Row = CompiledPolicy['rejections'][number];
type Whom = Pick<SuppressEffect, 'subject' | 'of'>;

/** What a rejection suppresses: nothing if its row names no scenario. */
export function suppressionsBy(world: World, lead: Lead, row: Row, by: string): SuppressEffect[] {
  if (row.scenario === undefined) return [];
  const { scenario } = row;
  const reason = `${row.code}: ${row.reason}`;
  return whom(world.policy, lead, row.effect).map((one) =>
    suppression(world, lead, one, { scenario, reason, by }),
  );
}

/** The person of the lead, if it has an address by which they are recognized. */
export function personSuppressed(
  world: World,
  lead: Lead,
  why: Pick<SuppressEffect, 'scenario' | 'reason' | 'by'>,
): SuppressEffect[] {
  return known(lead, [{ subject: 'person' }]).map((one) => suppression(world, lead, one, why));
}

/**
 * A company is kept out by its name and its domain, a competitor by the domain for all who write from there. Where the
 * lead does not tell them, the next best: who writes from a free mailbox stands for nobody else.
 */
function whom(policy: CompiledPolicy, lead: Lead, effect: Row['effect']): Whom[] {
  const person = known(lead, [{ subject: 'person' }]);
  const company = known(lead, [{ subject: 'company' }]);
  const domain = companysDomain(policy, lead);
  const orPerson = (found: Whom[]): Whom[] => (found.length > 0 ? found : person);
  switch (effect) {
    case 'suppress_company':
      return orPerson([...company, ...domain]);
    case 'suppress_domain':
      return domain.length > 0 ? domain : orPerson([...company, ...person]);
    case 'do_not_route':
    case 'keep_suppressed':
      return person;
    case 'enrich_or_suppress':
    case 'to_account_team':
    case 'reroute_or_hold':
      return [];
  }
}

/** The domain of the address if it is the company's own, else the one that the lead gives for the company. */
function companysDomain({ mqlGate }: CompiledPolicy, { contact, company }: Lead): Whom[] {
  const isOwn = (domain: string | null | undefined): boolean =>
    typeof domain === 'string' &&
    listedBy(mqlGate.email, 'free_mail', domain) === null &&
    listedBy(mqlGate.email, 'disposable', domain) === null;
  if (isOwn(parseAddress(contact.email ?? '')?.domain)) return [{ subject: 'domain', of: 'address' }];
  return isOwn(domainOf(company.domain)) ? [{ subject: 'domain', of: 'company' }] : [];
}

function known(lead: Lead, all: Whom[]): Whom[] {
  return all.filter(({ subject, of }) => isKnown(lead, subject, of));
}

function suppression(
  { now }: World,
  lead: Lead,
  whoever: Whom,
  why: Pick<SuppressEffect, 'scenario' | 'reason' | 'by'>,
): SuppressEffect {
  const id = `suppress/${lead.cycle}/${why.scenario}/${whoever.subject}`;
  return { kind: 'suppress', id, ...whoever, ...why, from: iso(now) };
}
