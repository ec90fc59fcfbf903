/** Keeping somebody out, as a decision owes it: who that is, is read from the lead (policy book §8, §13). */
import { subjectOf } from '../../core/lifecycle/suppressing.ts';
import type { SuppressEffect } from '../../core/lifecycle/suppressing.ts';
import type { Lead } from '../../core/model/lead.ts';
import { suppresses, windowOf } from '../../core/qualification/suppression.ts';
import type { Services } from './services.ts';

/**
 * Writes the suppression; doing it again is doing it once. Of a lead that no longer says who that is, because its
 * personal data was removed, nobody can be suppressed: the log says so, and it is done.
 */
export async function suppress(services: Services, lead: Lead, effect: SuppressEffect): Promise<void> {
  const { policy, suppressions, log } = services;
  const { scenario, reason, by, from } = effect;
  const subject = subjectOf(lead, effect);
  const row = policy.recycling.find(({ id }) => id === scenario);
  // The policy may have said otherwise when the suppression was decided.
  if (subject === null || row === undefined || !suppresses(row)) {
    const why = subject === null ? 'the lead does not say who' : 'the policy suppresses nobody by it';
    log.warn('Nobody was suppressed', { leadId: lead.leadId, scenario, subject: effect.subject, why });
    return;
  }
  const suppressionId = `${await suppressions.idOf(subject)}-${scenario}`;
  const stored = await suppressions.get(suppressionId);
  // It may be performed late: what was decided after it holds.
  if (stored !== undefined && stored.from >= from) return;
  await suppressions.put({
    suppressionId,
    kind: subject.kind,
    value: subject.kind === 'person' ? null : subject.value,
    scenario,
    reason,
    from,
    until: windowOf(policy, scenario, from),
    origin: { by, leadId: lead.leadId },
  });
}

/**
 * Performs the suppressions that a lead still owes, before the address goes by which somebody is recognized: who asks
 * to be forgotten must not be called because nothing is left that says so (docs/adr/0020).
 */
export async function suppressOwed(services: Services, lead: Lead): Promise<void> {
  for (const effect of lead.owed) {
    if (effect.kind === 'suppress') await suppress(services, lead, effect);
  }
}
