/** Diagnosis before blame: what happens soon after a launch is looked at and held against nobody (policy book §13, 001). */
import { Temporal } from 'temporal-polyfill';
import { plusCivil } from '../calendar/civil.ts';
import type { Policy } from '../policy/schema.ts';
import type { EpochMs } from '../time.ts';

/**
 * Whether a breach belongs to a diagnostic time: no launch of its commitment had been by then, or one less than
 * `diagnosticFor` ago. A launch that names no commitments is one of all; days are those of the home zone.
 * @param commitment null for a breach that no clock has brought about
 */
export function isDiagnostic(
  { consequences, home }: Pick<Policy, 'consequences' | 'home'>,
  commitment: string | null,
  at: EpochMs,
): boolean {
  const begun = consequences.launches
    .filter(({ of }) => of === undefined || (commitment !== null && of.includes(commitment)))
    .map(({ on }) => Temporal.PlainDate.from(on).toZonedDateTime(home.timeZone).epochMilliseconds)
    .filter((launched) => launched <= at);
  return (
    begun.length === 0 ||
    begun.some((launched) => at < plusCivil(launched, consequences.diagnosticFor, home.timeZone))
  );
}
