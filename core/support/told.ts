/**
 * What a change of a ticket leaves to be told and done: the difference between how its clocks stood and how they stand.
 * Every id is made of what it is about, so that telling twice is telling once.
 */
import { record, and, entry, event, onceMore, startRun } from '../ladder/facts.ts';
import type { Decision } from '../ladder/facts.ts';
import { dropHeldOf } from '../ladder/held.ts';
import { nextStep } from '../ladder/next.ts';
import type { World } from '../ladder/tell.ts';
import { metEffects } from '../lifecycle/clocks.ts';
import type { Clock, Pause } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { Ticket } from '../model/ticket.ts';
import type { EpochMs } from '../time.ts';
import { iso, storedMs } from '../time.ts';

type Telling = Pick<World, 'policy' | 'now'>;

/**
 * The ticket as a change leaves it, with an execution for every clock that needs one.
 * @param by whom the history names for it
 */
export function tellChange(
  world: Telling,
  before: Pick<Ticket, 'clocks'>,
  after: Ticket,
  by = 'system',
): Decision<Ticket> {
  return after.clocks.reduce<Decision<Ticket>>(
    (decision, clock) => {
      const old = before.clocks.find(({ clockId }) => clockId === clock.clockId);
      const told = { lead: decision.lead, effects: tellClock(world.now, after, old, clock, by) };
      const left = dropped(world, told.lead, clock);
      return [told, left, waitedFor(world, left.lead, clock)].reduce(and, decision);
    },
    { lead: after, effects: [] },
  );
}

function tellClock(now: EpochMs, ticket: Ticket, old: Clock | undefined, clock: Clock, by: string): Effect[] {
  const cancelled = clock.status === 'cancelled' && old?.status !== 'cancelled';
  return [
    ...(old === undefined ? [entry(now, 'clock_started', clock.explanation, { clock })] : []),
    ...clock.pauses.flatMap((pause) => tellPause(now, ticket, old, clock, pause, by)),
    ...(clock.metAt !== null && (old?.metAt ?? null) === null ? metEffects(ticket, clock, now) : []),
    ...(old === undefined ? [] : turned(now, ticket, old, clock)),
    ...(cancelled
      ? [
          entry(now, 'clock_cancelled', 'Another row holds for the ticket now.', { clock }),
          event(ticket, 'ClockCancelled', now, { clock }),
        ]
      : []),
  ];
}

function tellPause(
  now: EpochMs,
  ticket: Ticket,
  old: Clock | undefined,
  clock: Clock,
  pause: Pause,
  by: string,
): Effect[] {
  const { from, to, until, reason } = pause;
  const known = old?.pauses.find((other) => other.reason === reason && other.from === from);
  const key = `${reason}/${from}`;
  const end = until === null ? 'until somebody ends it' : `until ${until}`;
  const starts = [
    entry(now, 'clock_paused', `Does not count from ${from} ${end}: ${reason}.`, { clock, key }, by),
    event(ticket, 'ClockPaused', now, { clock, key }, { reason, from, until }),
  ];
  const ends = [
    entry(now, 'clock_resumed', `Counts again from ${to ?? ''}, now due ${clock.dueAt}.`, { clock, key }, by),
    event(ticket, 'ClockResumed', now, { clock, key }, { at: to }),
  ];
  return [
    ...(known === undefined ? starts : []),
    ...(to !== null && (known?.to ?? null) === null ? ends : []),
  ];
}

/** A verdict that is another one now, or a miss that is none yet: the breach that had been logged no longer counts. */
function turned(now: EpochMs, ticket: Ticket, old: Clock, clock: Clock): Effect[] {
  const [was, is] = [old.verdicts.at(-1)?.verdict, clock.verdicts.at(-1)?.verdict];
  const back = takenBack(clock) > takenBack(old);
  if (!back && (was === undefined || was === is)) return [];
  const key = `${clock.verdicts.length}-${takenBack(clock)}`;
  const why = `Due ${clock.dueAt} now, not ${old.dueAt}: ${back ? 'it can still be met' : `${is ?? ''}, not ${was ?? ''}`}.`;
  const fact = event(ticket, 'SlaVerdictTurned', now, { clock, key }, { verdict: is, metAt: clock.metAt });
  return [
    entry(now, back ? 'breach_taken_back' : 'verdict_turned', why, { clock, key }),
    ...(back ? [] : [fact]),
    ...(back || is === 'met' ? overturned(ticket, old) : []),
  ];
}

function overturned({ ticketId }: Ticket, old: Clock): Effect[] {
  const breach = old.rungs.find(({ rung, outcome }) => rung === 'breach' && outcome === 'done');
  if (breach?.doneAt == null) return [];
  const title = `Missed ${old.commitment} of ticket ${ticketId}: overturned`;
  const on = { clock: old, rung: 'breach' as const, key: onceMore(old, 'breach') };
  const text = { title, assignee: null, personId: old.owes, state: 'overturned' as const };
  return [record(storedMs(breach.doneAt), 'breach', on, text)];
}

function takenBack({ rungs }: Clock): number {
  return rungs.find(({ rung }) => rung === 'breach')?.takenBack ?? 0;
}

/** Messages that wait with a clock that has ended have lost their point. */
function dropped(world: Telling, ticket: Ticket, clock: Clock): Decision<Ticket> {
  return isOpen(clock) ? { lead: ticket, effects: [] } : dropHeldOf(world, ticket, clock);
}

/** An open clock has an execution that wakes in time: its first, or one that takes over. */
function waitedFor({ policy, now }: Telling, ticket: Ticket, clock: Clock): Decision<Ticket> {
  const nothing = { lead: ticket, effects: [] };
  if (!isOpen(clock)) return nothing;
  const { outcome, next } = nextStep(policy, ticket, clock.clockId, clock.run, now);
  if (outcome !== 'climb' && outcome !== 'paused') return nothing;
  const asleep = clock.wakeAt === null || (outcome === 'climb' && iso(storedMs(next.at)) < clock.wakeAt);
  return asleep ? startRun(policy, ticket, clock.clockId, now) : nothing;
}
