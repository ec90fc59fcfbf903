/** Strategic accounts: SDR and AE meet before the AE meets the prospect for the first time (policy book §11). */
import { wallMs } from '../calendar/index.ts';
import type { Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import { storedMs } from '../time.ts';
import type { EpochMs, Iso } from '../time.ts';

/** Whether the policy calls the lead's account strategic. */
export function isStrategic(
  { strategicAccounts }: Pick<CompiledPolicy, 'strategicAccounts'>,
  { segment }: Pick<Lead, 'segment'>,
): boolean {
  return segment !== null && strategicAccounts.segments.includes(segment);
}

/**
 * Until when SDR and AE have had their debrief; null where the account is not strategic, or the policy asks for none.
 * @param startsAt of the first meeting of the AE with the prospect
 */
export function debriefDueAt(
  policy: Pick<CompiledPolicy, 'strategicAccounts' | 'meetings'>,
  lead: Pick<Lead, 'segment'>,
  startsAt: Iso,
): EpochMs | null {
  const row = policy.meetings.find(({ only }) => only === 'first_ae_meeting_of_strategic_account');
  if (row === undefined || !isStrategic(policy, lead)) return null;
  return storedMs(startsAt) - wallMs(row.before);
}
