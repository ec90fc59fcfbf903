/** The lead that a path names. */
import type { Lead } from '../../core/model/lead.ts';
import { Problem } from './errors.ts';
import type { Services } from './services.ts';

/** @throws Problem 404 if there is no such lead */
export async function leadOr404(services: Services, leadId: string): Promise<Lead> {
  const lead = await services.leads.get(leadId);
  if (lead === undefined) {
    throw new Problem(
      404,
      'not-found',
      'No such lead',
      `There is no lead ${leadId}; leadId is in the answer of POST /leads.`,
    );
  }
  return lead;
}
