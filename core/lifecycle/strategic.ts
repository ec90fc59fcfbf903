/** Strategic accounts: SDR and AE meet before the AE meets the prospect for the first time (policy book §11). */
import type { Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';

/** Whether the policy calls the lead's account strategic. */
export function isStrategic(
  { strategicAccounts }: Pick<CompiledPolicy, 'strategicAccounts'>,
  { segment }: Pick<Lead, 'segment'>,
): boolean {
  return segment !== null && strategicAccounts.segments.includes(segment);
}
