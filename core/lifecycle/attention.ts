/** When the reconciler should look at a lead: what was accepted is finished even if a process died half-way. */
import { wallMs } from '../calendar/index.ts';
import { isOpen, type Clock } from '../model/clock.ts';
import type { Subject } from '../model/subject.ts';
import { isTicket } from '../model/subject.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import { storedMs, type EpochMs } from '../time.ts';
import { needsAe } from './handoff.ts';

/**
 * The earliest instant at which somebody should look whether a subject is stuck, or null if nothing can be:
 * effects still owed some time after this save, an execution that should have woken, a clock whose execution is
 * started only if it still runs after a while, a message that waits for its recipient's hours by itself, or an SQL for
 * which there was no AE.
 * @param now the instant of the save
 */
export function attentionAt(subject: Subject, policy: CompiledPolicy, now: EpochMs): EpochMs | null {
  const instants: EpochMs[] = subject.owed.length > 0 ? [now + wallMs(policy.reconciler.owedAfter)] : [];
  for (const clock of subject.clocks.filter(isOpen)) {
    if (clock.wakeAt !== null) instants.push(storedMs(clock.wakeAt) + wallMs(policy.reconciler.overdueAfter));
    const start = startOfExecution(subject, clock, policy);
    if (start !== null) instants.push(start);
  }
  if (!isTicket(subject) && needsAe(subject)) instants.push(now + wallMs(policy.reconciler.owedAfter));
  for (const { notice, until } of subject.held) {
    if (!isCarried(subject, notice.clockId)) instants.push(storedMs(until));
  }
  return instants.length === 0 ? null : Math.min(...instants);
}

/** Whether an execution waits with a message that is held: with any other, the reconciler sends it. */
export function isCarried({ clocks }: Subject, clockId: string | null): boolean {
  return clocks.some((clock) => clock.clockId === clockId && isOpen(clock) && clock.wakeAt !== null);
}

/**
 * When the reconciler starts the execution of an open clock that has none yet: the policy's while after the clock's
 * start, or after the subject's arrival if it was delivered late; at the first rung that comes sooner, so that it is
 * climbed at its instant. Null if the clock has one, or never gets one.
 */
export function startOfExecution(
  { receivedAt }: Subject,
  clock: Clock,
  policy: CompiledPolicy,
): EpochMs | null {
  const row = policy.commitments.find((candidate) => candidate.id === clock.commitment);
  if (clock.run > 0 || !isOpen(clock) || row === undefined || row.machine === 'none') return null;
  const begin = Math.max(storedMs(clock.startedAt), storedMs(receivedAt));
  const rungs = clock.rungs.map(({ at }) => storedMs(at)).filter((at) => at > begin);
  return Math.min(begin + idleMs(policy, clock.commitment), ...rungs);
}

/** How long a clock of this commitment runs before an execution is started for it, in milliseconds (wall clock). */
export function idleMs(policy: CompiledPolicy, commitment: string): number {
  const after = policy.commitments.find((row) => row.id === commitment)?.startExecutionAfter;
  return after === undefined ? 0 : wallMs(after);
}
