/** A period of the calendar as the API shows it. */
import type { Period } from '../../../core/reporting/period.ts';
import { iso } from '../../../core/time.ts';

export function viewMonth({ name, from, to }: Period): { name: string; from: string; to: string } {
  return { name, from: iso(from), to: iso(to) };
}
