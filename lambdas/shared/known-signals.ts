/** Signals as they arrive: whether the policy knows their types, and whether there is room for them. */
import { signalTypes } from '../../core/qualification/gate/intent.ts';
import type { InquirySignal } from '../../core/qualification/gate/types.ts';
import { Problem } from './errors.ts';
import { futureFaults, refuseFaults } from './intake-faults.ts';
import type { Services } from './services.ts';

/** @throws Problem 400 that names each signal of an unknown type or of the future */
export function checkSignals(services: Services, signals: readonly InquirySignal[]): void {
  const types = signalTypes(services.policy);
  const message = `must be one of the policy's: ${types.join(', ')}`;
  refuseFaults(
    signals.flatMap(({ type, at }, n) => [
      ...(types.includes(type) ? [] : [{ path: `signals[${n}].type`, message }]),
      ...futureFaults(services, `signals[${n}].at`, at),
    ]),
  );
}

/**
 * Keeps new signals beside the lead.
 * @throws Problem 409 if there would be more than the policy keeps; none is kept then
 */
export async function keepSignals(
  { leads, policy }: Services,
  leadId: string,
  signals: readonly InquirySignal[],
): Promise<void> {
  if (signals.length === 0) return;
  const { mostSignals } = policy.marketing.inquiries;
  const before = await leads.signals(leadId);
  const ids = new Set([...before, ...signals].map(({ id }) => id));
  if (ids.size > mostSignals) {
    const detail = `${before.length} signals are kept; with these there would be more than ${mostSignals}, the most that the policy keeps of one inquiry.`;
    throw new Problem(409, 'too-many-signals', 'Too many signals', detail);
  }
  await leads.putSignals(leadId, signals);
}
