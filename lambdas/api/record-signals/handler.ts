/** `POST /inquiries/{inquiryId}/signals`: what the contact did; the gate is evaluated anew (policy book §6). */
import { lookAtGate } from '../../../core/lifecycle/inquiry.ts';
import { apiHandler } from '../../shared/api.ts';
import { refuseErased } from '../../shared/erased.ts';
import { checkSignals, keepSignals } from '../../shared/known-signals.ts';
import { leadOr404 } from '../../shared/lead-or-404.ts';
import { changeWithGate } from '../../shared/look-at-gate.ts';
import { worldOf } from '../../shared/step.ts';
import { viewInquiry } from '../views/inquiry.ts';

export const handler = apiHandler('record-signals', async ({ path: { inquiryId }, body, services }) => {
  checkSignals(services, body.signals);
  refuseErased(await leadOr404(services, inquiryId));
  await keepSignals(services, inquiryId, body.signals);
  const { lead, known } = await changeWithGate(services, inquiryId, lookAtGate);
  return { status: 200, body: viewInquiry(services, await worldOf(services), lead, known) };
});
