/** When the reconciler should look at a lead: what was accepted is finished even if a process died half-way. */
import { wallMs } from '../calendar/index.ts';
import { isOpen, type Clock } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import { storedMs, type EpochMs } from '../time.ts';

/**
 * The earliest instant at which somebody should look whether the lead is stuck, or null if nothing can be:
 * effects still owed some time after this save, an execution that should have woken, or a clock whose execution is
 * started only if it still runs after a while.
 * @param now the instant of the save
 */
export function attentionAt(lead: Lead, policy: CompiledPolicy, now: EpochMs): EpochMs | null {
  const instants: EpochMs[] = lead.owed.length > 0 ? [now + wallMs(policy.reconciler.owedAfter)] : [];
  for (const clock of lead.clocks.filter(isOpen)) {
    if (clock.wakeAt !== null) instants.push(storedMs(clock.wakeAt) + wallMs(policy.reconciler.overdueAfter));
    const start = startOfExecution(clock, policy);
    if (start !== null) instants.push(start);
  }
  return instants.length === 0 ? null : Math.min(...instants);
}

/** When the execution of a clock that has none yet is to be started by the reconciler; null if that is not its way. */
function startOfExecution(clock: Clock, policy: CompiledPolicy): EpochMs | null {
  if (clock.run > 0) return null;
  const row = policy.commitments.find((candidate) => candidate.id === clock.commitment);
  if (row?.startExecutionAfter === undefined || row.machine === 'none') return null;
  return storedMs(clock.startedAt) + wallMs(row.startExecutionAfter);
}
