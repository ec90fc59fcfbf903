/** What consequences are reckoned from: leads as they are stored, with their clocks and logged breaches. */
import { RESPONSE } from '../ladder/next.ts';
import type { Clock, Verdict } from '../model/clock.ts';
import type { RecordItem } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { Iso } from '../time.ts';

export interface JudgedLead extends Pick<
  Lead,
  'leadId' | 'poolId' | 'clocks' | 'owner' | 'previousOwners' | 'cycle' | 'cycleStartedAt'
> {
  /** All that is stored beside the lead; only breaches are looked at. */
  records: readonly RecordItem[];
}

/** The verdict that counts, or undefined while there is none. */
export function verdictOf(clock: Clock): Verdict['verdict'] | undefined {
  return clock.verdicts.at(-1)?.verdict;
}

/** The breach that was logged for a clock, if a timer has logged one. */
export function loggedBreach(lead: JudgedLead, clock: Clock): RecordItem | undefined {
  return lead.records.find(({ type, clockId }) => type === 'breach' && clockId === clock.clockId);
}

/**
 * Whose clock it was: the person whom the logged breach names, else who owed it. Null is nobody: a role owed it, there
 * was no owner, or the lead came to its owner too late (docs/adr/0007).
 */
export function whoseClock(lead: JudgedLead, clock: Clock): string | null {
  const logged = loggedBreach(lead, clock);
  if (logged !== undefined) return logged.personId;
  // Whoever met it has earned it, however late it came to them.
  if (clock.owes === null || clock.commitment !== RESPONSE || verdictOf(clock) !== 'missed')
    return clock.owes;
  return whoHadIt(lead, clock);
}

/** Who had the lead at the deadline, if they had it from before the first rung on. */
function whoHadIt(lead: JudgedLead, clock: Clock): string | null {
  const owners = lead.owner === null ? lead.previousOwners : [...lead.previousOwners, lead.owner];
  const since = cycleBegan(lead, clock);
  const holder = owners.findLast(
    ({ assignedAt }) => assignedAt < clock.dueAt && (since === null || assignedAt >= since),
  );
  const first = clock.rungs[0];
  if (holder === undefined || first === undefined || holder.assignedAt > first.at) return null;
  return holder.personId;
}

/** Owners of an earlier cycle owe nothing in a later one. */
function cycleBegan(lead: JudgedLead, clock: Clock): Iso | null {
  if (clock.cycle === 1) return null;
  return clock.cycle === lead.cycle && lead.cycleStartedAt !== null ? lead.cycleStartedAt : clock.startedAt;
}
