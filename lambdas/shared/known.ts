/** What the gate has to know besides the lead: what the contact did, name servers, suppression. Asked side by side. */
import { parseAddress } from '../../core/qualification/gate/address.ts';
import type { MxVerdict } from '../../core/qualification/gate/email.ts';
import type { InquirySignal } from '../../core/qualification/gate/types.ts';
import { returningOf, suppressedBy, suspectsOf } from '../../core/qualification/suppression.ts';
import type { Known } from '../../core/lifecycle/gate-state.ts';
import type { Lead, LeadFacts } from '../../core/model/lead.ts';
import type { Iso } from '../../core/time.ts';
import type { Services } from './services.ts';

/** Whom the gate is asked about; `source` with its instant where a CRM has said that somebody is an MQL by it. */
export interface Person extends Pick<LeadFacts, 'contact' | 'company'> {
  source?: string | undefined;
  qualifiedAt?: Iso | undefined;
}

/** @param signals all that the contact did */
export async function knownOf(
  services: Services,
  about: Person,
  signals: readonly InquirySignal[],
): Promise<Known> {
  const { policy, suppressions, clock } = services;
  const [mx, found] = await Promise.all([
    takesMail(services, about.contact.email),
    suppressions.find(suspectsOf(about)),
  ]);
  const suppressed =
    found.length === 0
      ? null
      : suppressedBy(policy, found, returningOf(policy, { ...about, signals }), clock.now());
  return { signals, mx, suppressed };
}

async function takesMail(services: Services, email: string | undefined): Promise<MxVerdict> {
  const address = email === undefined ? null : parseAddress(email);
  if (address === null) return 'unknown';
  // No answer is no failure (policy book §6), whatever the reason.
  return services.mx(address.domain).catch(() => 'unknown');
}

/** All that the contact did, as it is kept: beside the lead, and of one that a CRM has qualified in it. */
export async function signalsOf({ leads }: Services, lead: Lead): Promise<InquirySignal[]> {
  const kept = await leads.signals(lead.leadId);
  return lead.gate?.decides === 'gate' ? kept : [...signalsOfLead(lead), ...kept];
}

/** The signals of a lead that a CRM has qualified: those that it names, and the source as an act of its own. */
export function signalsOfLead({ source, qualifiedAt, signals }: LeadFacts): InquirySignal[] {
  const told = signals.map(({ type, at }) => ({ id: `${type}/${at}`, type, at }));
  if (told.some(({ type }) => type === source)) return told;
  return [...told, { id: `${source}/${qualifiedAt}`, type: source, at: qualifiedAt }];
}
