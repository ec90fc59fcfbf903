/** Once a person's data was removed, nothing personal may come back. */
import type { Lead } from '../../core/model/lead.ts';
import { Problem } from './errors.ts';
import type { Services } from './services.ts';

/** @throws Problem 409 `erased` if the personal data of the lead was removed */
export function refuseErased({ leadId, erasedAt }: Pick<Lead, 'leadId' | 'erasedAt'>): void {
  if (erasedAt === null) return;
  const title = 'The personal data was removed';
  const detail = `The personal data of ${leadId} was removed at ${erasedAt}; nothing about it is taken in any more.`;
  throw new Problem(409, 'erased', title, detail, { erasedAt });
}

/**
 * As {@link refuseErased}, for a request that may have written something beside the lead already (a signal, an
 * activity): if the erasure was quicker, that goes as well.
 * @throws Problem 409 `erased`, and the store's errors
 */
export async function forgetIfErased(services: Pick<Services, 'leads'>, lead: Lead): Promise<void> {
  if (lead.erasedAt !== null) await services.leads.forget(lead.leadId);
  refuseErased(lead);
}
