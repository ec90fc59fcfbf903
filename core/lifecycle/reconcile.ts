/** What the reconciler decides about a lead or a ticket, which is which clocks need another run, and what it says of what it did. */
import { wallMs } from '../calendar/index.ts';
import { isOpen } from '../model/clock.ts';
import type { Clock } from '../model/clock.ts';
import type { Effect, TimelineEntry } from '../model/effects.ts';
import type { HeldNotice } from '../model/lead.ts';
import type { Subject } from '../model/subject.ts';
import type { EpochMs } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { entry, startRun } from '../ladder/facts.ts';
import { clockOf } from '../ladder/next.ts';
import type { World } from '../ladder/tell.ts';
import { isCarried, startOfExecution } from './attention.ts';

/**
 * The subject with its missing executions started again and the messages released with which no execution waits;
 * effects that were owed before are left to the caller to perform.
 */
export function reconcileSubject<S extends Subject>(world: World, subject: S): Decision<S> {
  const due = subject.held.filter((held) => isDue(world, subject, held));
  const effects: Effect[] = due.map((held) => held.notice);
  let current: S = { ...subject, held: subject.held.filter((held) => !due.includes(held)) };
  for (const { clockId } of subject.clocks) {
    const clock = clockOf(current, clockId);
    if (clock === undefined || !needsRun(world, subject, clock)) continue;
    const started = startRun(world.policy, current, clockId, world.now);
    if (started.effects.length === 0) continue;
    const why =
      clock.run === 0
        ? `${clock.commitment} is not met yet; an execution waits for it now.`
        : `Execution ${clock.run} did not wake for ${clock.wakeAt ?? ''}; another one takes over.`;
    effects.push(
      entry(world.now, clock.run === 0 ? 'execution_started' : 'execution_replaced', why, {
        clock,
        key: String(clock.run + 1),
      }),
      ...started.effects,
    );
    current = started.lead;
  }
  return { lead: current, effects };
}

/** A message whose time has come and with which no execution waits. */
function isDue(world: World, subject: Subject, { notice, until }: HeldNotice): boolean {
  return !isCarried(subject, notice.clockId) && storedMs(until) <= world.now;
}

/** What the history says of effects that had been owed and are done now. */
export function finishedEntry({ version }: Subject, done: Effect[], now: EpochMs): TimelineEntry {
  const what = 'finished_by_reconciler';
  const why = `What had been left undone was finished: ${done.map((effect) => effect.kind).join(', ')}.`;
  return { entryId: `${what}/${version}`, at: iso(now), what, who: 'system', why };
}

function needsRun(world: World, subject: Subject, clock: Clock): boolean {
  const start = startOfExecution(subject, clock, world.policy);
  if (start !== null) return world.now >= start;
  if (!isOpen(clock) || clock.wakeAt === null) return false;
  return world.now >= storedMs(clock.wakeAt) + wallMs(world.policy.reconciler.overdueAfter);
}
