/** `GET /inquiries/{inquiryId}`: the inquiry with its score for now, and why (policy book §6). */
import { apiHandler } from '../../shared/api.ts';
import { knownOf, signalsOf } from '../../shared/known.ts';
import { leadOr404 } from '../../shared/lead-or-404.ts';
import { worldOf } from '../../shared/step.ts';
import { viewInquiry } from '../views/inquiry.ts';

export const handler = apiHandler('get-inquiry', async ({ path, services }) => {
  const [lead, world] = await Promise.all([leadOr404(services, path.inquiryId), worldOf(services)]);
  const known = await knownOf(services, lead, await signalsOf(services, lead));
  return { status: 200, body: viewInquiry(services, world, lead, known) };
});
