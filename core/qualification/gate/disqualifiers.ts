/** What keeps an inquiry from becoming an MQL however well it scores (policy book §6, 001 and 004). */
import type { CompiledPolicy } from '../../policy/compiled.ts';
import { placeOf } from '../zone.ts';
import { domainOf, isWithin } from './domain.ts';
import { sameWords } from './title-words.ts';
import type { Criterion, InquiryFacts, Suppressed } from './types.ts';

/**
 * One criterion for each disqualifier that the policy names, in its order; `met` says that it does not apply. What is
 * not known disqualifies nobody.
 * @param suppressed what is stored against them, if it still holds
 */
export function disqualifiersOf(
  policy: CompiledPolicy,
  facts: InquiryFacts,
  suppressed: Suppressed | null = null,
): Criterion[] {
  return policy.mqlGate.disqualifiers.any.flatMap((kind): Criterion[] => {
    if (kind === 'customer') return [notRelated('not_customer', facts.relations?.customer)];
    if (kind === 'open_opportunity')
      return [notRelated('no_open_opportunity', facts.relations?.openOpportunity)];
    if (kind === 'competitor') return [notCompetitor(policy, facts)];
    if (kind === 'out_of_scope') return [inScope(policy, facts)];
    return [notSuppressed(suppressed)];
  });
}

const RELATIONS = {
  not_customer: {
    field: 'relations.customer',
    valueClass: 'customer',
    wouldPass: 'A company that is not a customer; customers go to the account team.',
  },
  no_open_opportunity: {
    field: 'relations.openOpportunity',
    valueClass: 'open_opportunity',
    wouldPass: 'A company without an open opportunity; others go to the account team.',
  },
} as const;

function notRelated(criterion: keyof typeof RELATIONS, related: boolean | undefined): Criterion {
  const { field, valueClass, wouldPass } = RELATIONS[criterion];
  if (related === undefined) {
    return { criterion, met: true, field, valueClass: 'not_known', wouldPass, note: 'The CRM did not tell.' };
  }
  return { criterion, met: !related, field, valueClass: related ? valueClass : 'none', wouldPass };
}

function notCompetitor(policy: CompiledPolicy, { contact, company }: InquiryFacts): Criterion {
  const { domains } = policy.mqlGate.disqualifiers.competitors;
  const theirs = domains.flatMap((one) => domainOf(one) ?? []);
  const criterion = 'not_competitor';
  const wouldPass = 'An e-mail address and a company outside the domains of competitors.';
  const fields = [
    { field: 'contact.email', domain: domainOf(contact.email) },
    { field: 'company.domain', domain: domainOf(company.domain) },
  ];
  const hit = fields.find(({ domain }) => domain !== null && theirs.some((one) => isWithin(domain, one)));
  if (hit) return { criterion, met: false, field: hit.field, valueClass: 'competitor_domain', wouldPass };
  const known = fields.find(({ domain }) => domain !== null);
  return known
    ? { criterion, met: true, field: known.field, valueClass: 'other_domain', wouldPass }
    : { criterion, met: true, field: 'contact.email', valueClass: 'not_known', wouldPass };
}

/** The country is the one given, else the one that the time zone tells. */
function inScope(policy: CompiledPolicy, { contact, company }: InquiryFacts): Criterion {
  const { countries, industries } = policy.mqlGate.disqualifiers.outOfScope;
  const criterion = 'in_scope';
  const given = contact.country?.trim().toUpperCase() ?? '';
  const country = given === '' ? placeOf(policy, contact).country : given;
  if (country !== null && countries.includes(country)) {
    const wouldPass = 'A contact in a country that is in scope.';
    return { criterion, met: false, field: 'contact.country', valueClass: 'country_out_of_scope', wouldPass };
  }
  const { industry } = company;
  if (industry !== undefined && industries.some((one) => sameWords(one, industry))) {
    const wouldPass = 'A company of an industry that is in scope.';
    return {
      criterion,
      met: false,
      field: 'company.industry',
      valueClass: 'industry_out_of_scope',
      wouldPass,
    };
  }
  return { criterion, met: true, wouldPass: 'A country and an industry that are in scope.' };
}

const FIELD_OF = { person: 'contact.email', domain: 'company.domain', company: 'company.name' } as const;

function notSuppressed(suppressed: Suppressed | null): Criterion {
  const criterion = 'not_suppressed';
  if (suppressed === null) return { criterion, met: true, wouldPass: 'Somebody who may be approached.' };
  const { kind, scenario, until, because } = suppressed;
  const wouldPass =
    until === null ? 'Somebody who may be approached.' : `Somebody who may be approached, as from ${until}.`;
  return { criterion, met: false, field: FIELD_OF[kind], valueClass: scenario, wouldPass, note: because };
}
