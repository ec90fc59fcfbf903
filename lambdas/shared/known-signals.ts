/** Signals as they arrive: whether the policy knows their types, and whether there is room for them. */
import { wallMs } from '../../core/calendar/index.ts';
import { signalTypes } from '../../core/qualification/gate/intent.ts';
import type { InquirySignal } from '../../core/qualification/gate/types.ts';
import { iso, storedMs } from '../../core/time.ts';
import { Problem } from './errors.ts';
import { invalidRequest } from './problem.ts';
import type { Services } from './services.ts';

/** @throws Problem 400 that names each signal of an unknown type or of the future */
export function checkSignals({ policy, clock }: Services, signals: readonly InquirySignal[]): void {
  const types = signalTypes(policy);
  const latest = clock.now() + wallMs(policy.intake.futureTolerance);
  const errors = signals.flatMap(({ type, at }, n) => {
    const path = `signals[${n}]`;
    return [
      ...(types.includes(type)
        ? []
        : [{ path: `${path}.type`, message: `must be one of the policy's: ${types.join(', ')}` }]),
      ...(storedMs(at) <= latest
        ? []
        : [{ path: `${path}.at`, message: `must not lie in the future: it is ${iso(clock.now())} now` }]),
    ];
  });
  if (errors.length > 0) throw invalidRequest(errors);
}

/** @throws Problem 400 if the source is none of the policy's */
export function checkSource({ policy }: Services, source: string | undefined): void {
  const sources = policy.sources.map(({ id }) => id);
  if (source === undefined || sources.includes(source)) return;
  const message = `must be one of the policy's sources: ${sources.join(', ')}`;
  throw invalidRequest([{ path: 'source', message }]);
}

/**
 * Keeps new signals beside the lead.
 * @returns all that are kept now
 * @throws Problem 409 if there would be more than the policy keeps; none is kept then
 */
export async function keepSignals(
  { leads, policy }: Services,
  leadId: string,
  signals: readonly InquirySignal[],
): Promise<InquirySignal[]> {
  const { mostSignals } = policy.marketing.inquiries;
  const before = signals.length === 0 ? [] : await leads.signals(leadId);
  const ids = new Set([...before, ...signals].map(({ id }) => id));
  if (ids.size > mostSignals) {
    const detail = `${before.length} signals are kept; with these there would be more than ${mostSignals}, the most that the policy keeps of one inquiry.`;
    throw new Problem(409, 'too-many-signals', 'Too many signals', detail);
  }
  if (signals.length > 0) await leads.putSignals(leadId, signals);
  return leads.signals(leadId);
}
