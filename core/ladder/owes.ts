/** Who owes a commitment in person: the owner of the lead, or the AE to whom it was handed over (policy book §8 to §12). */
import type { Clock } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { CommitmentRow } from '../policy/schema/commitments.ts';

/** The event that opens an owner's personal clock: a lead that comes to them after its own clock has run for a while. */
export const PASSED_ON = 'lead_reassigned';

/** The id of the person who owes a commitment of this row now; null while nobody is, and for a role that nobody has in person. */
export function whoOwes(
  lead: Lead,
  { owes, subject }: Pick<CommitmentRow, 'owes' | 'subject'>,
): string | null {
  switch (owes) {
    case 'owner':
    case 'sdr':
      return lead.owner?.personId ?? null;
    case 'ae': {
      const { handoff } = lead.life;
      // Until the AE has accepted the lead, its meetings are the SDR's to see to.
      return subject === 'meeting' && handoff?.accepted == null ? null : (handoff?.ae.personId ?? null);
    }
    default:
      return null;
  }
}

/** Whether the clock is owed by whoever owns the lead at the time: it goes with the lead to its next owner. */
export function goesWithLead(policy: CompiledPolicy, clock: Clock): boolean {
  const row = rowOf(policy, clock);
  return row !== undefined && (row.owes === 'owner' || row.owes === 'sdr') && row.start !== PASSED_ON;
}

/**
 * Whom the recipient `owner` of a clock stands for: the AE who owes it, else the owner of the lead. A meeting may be on
 * the calendar before an AE has the lead, or after one has given it back: the SDR answers for it then.
 */
export function answerable(policy: CompiledPolicy, lead: Lead, clock: Clock | null): string | null {
  const isTheAes = clock !== null && rowOf(policy, clock)?.owes === 'ae';
  const owner = lead.owner?.personId ?? null;
  return isTheAes ? (clock.owes ?? owner) : owner;
}

function rowOf(policy: CompiledPolicy, clock: Clock): CommitmentRow | undefined {
  return policy.commitments.find((row) => row.id === clock.commitment);
}
