/** Pausing, resuming and extending clocks (policy book §4): deadlines move by business time, and every open rung with them. */
import type { Clock } from '../model/clock.ts';
import { isOpen, pauseReason } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import type { Decision } from './facts.ts';
import { and, entry, event, startRun } from './facts.ts';
import { nextStep, withClock } from './next.ts';
import { reckon } from './open-clock.ts';

export interface Ask {
  reason: string;
  by: string;
  now: EpochMs;
}

/** Whether at least one clock of the lead stands still. */
export function isPaused(lead: Lead): boolean {
  return lead.clocks.some((clock) => isOpen(clock) && openPause(clock) !== undefined);
}

/**
 * Stops every open clock of the lead, until `until` or until somebody resumes. The reason is one of the policy's; what
 * somebody typed besides is kept in the history and never put on the bus, as it may name the prospect.
 */
export function pauseLead(
  lead: Lead,
  ask: Ask & { until: EpochMs | null; note?: string | undefined },
): Decision {
  let changed = lead;
  const effects: Effect[] = [];
  for (const clock of lead.clocks.filter(
    (candidate) => isOpen(candidate) && openPause(candidate) === undefined,
  )) {
    const until = ask.until === null ? null : iso(ask.until);
    const pause = {
      from: iso(ask.now),
      to: null,
      until,
      reason: ask.reason,
      note: ask.note,
      by: ask.by,
      statusBefore: clock.status,
    };
    const paused: Clock = { ...clock, status: 'paused', pauses: [...clock.pauses, pause] };
    changed = withClock(changed, paused);
    const key = iso(ask.now);
    const end = until === null ? 'until somebody resumes it' : `until ${until}`;
    effects.push(
      entry(ask.now, 'clock_paused', `Paused ${end}: ${pauseReason(ask)}.`, { clock, key }, ask.by),
      event(changed, 'ClockPaused', ask.now, { clock: paused, key }, { reason: ask.reason, until }),
    );
  }
  return { lead: changed, effects };
}

/** While the lead is paused, a clock that is opened stands still as another does, until the same end. */
export function pauseAlike(lead: Lead, other: Clock, now: EpochMs): Decision {
  const pause = openPause(other);
  if (pause === undefined) return { lead, effects: [] };
  const { reason, note, by } = pause;
  const until = pause.until === null ? null : storedMs(pause.until);
  // Its end has come and nobody has looked yet: what is opened now runs.
  if (until !== null && until <= now) return { lead, effects: [] };
  return pauseLead(lead, { reason, note, by, until, now });
}

/** Lets every paused clock of the lead run on, with its deadline and open rungs moved by the business time it stood. */
export function resumeLead(policy: CompiledPolicy, lead: Lead, ask: Ask): Decision {
  return lead.clocks
    .filter((clock) => isOpen(clock) && openPause(clock) !== undefined)
    .reduce<Decision>((decision, clock) => and(decision, resumeClock(policy, decision.lead, clock, ask)), {
      lead,
      effects: [],
    });
}

/** Ends the pauses whose own end has come: the first thing that every look at a lead does. */
export function endDuePauses(policy: CompiledPolicy, lead: Lead, now: EpochMs): Decision {
  let decision: Decision = { lead, effects: [] };
  for (const clock of lead.clocks) {
    const pause = openPause(clock);
    if (!isOpen(clock) || pause === undefined || pause.until === null || storedMs(pause.until) > now)
      continue;
    const ask = { reason: 'the pause has ended', by: 'system', now: storedMs(pause.until) };
    decision = and(decision, resumeClock(policy, decision.lead, clock, ask));
  }
  return decision;
}

/**
 * Adds business time to the clocks that can be extended (see {@link extensible}).
 * @param duration ISO 8601, e.g. `PT30M`
 */
export function extendLead(policy: CompiledPolicy, lead: Lead, ask: Ask & { duration: string }): Decision {
  let decision: Decision = { lead, effects: [] };
  for (const clock of extensible(lead, ask.now)) {
    const extension = { at: iso(ask.now), added: ask.duration, reason: ask.reason, by: ask.by };
    const longer = { ...clock, extensions: [...clock.extensions, extension] };
    const moved = reckon(policy, rowOf(policy, clock), longer, lead.tier, ask.now);
    const key = iso(ask.now);
    const why = `Extended by ${ask.duration}, now due ${moved.dueAt}: ${ask.reason}.`;
    decision = and(decision, {
      lead: withClock(decision.lead, moved),
      effects: [
        entry(ask.now, 'clock_extended', why, { clock, key }, ask.by),
        event(lead, 'ClockExtended', ask.now, { clock: moved, key }, { added: ask.duration }),
      ],
    });
  }
  return decision;
}

/**
 * The clocks that an extension is about: until the first attempt those that wait for it, then all that are open. One
 * that has run out is not extended, and no other is in its place.
 */
export function extensible({ clocks }: Lead, now: EpochMs): Clock[] {
  const open = clocks.filter(isOpen);
  const response = open.filter(({ stop }) => stop.includes('first_attempt'));
  return (response.length > 0 ? response : open).filter((clock) => isExtensible(clock, now));
}

/** Whether an extension can still help: the deadline of an open clock lies ahead, or the clock stands still. */
function isExtensible(clock: Clock, now: EpochMs): boolean {
  const breached = clock.rungs.some((rung) => rung.rung === 'breach' && rung.doneAt !== null);
  return isOpen(clock) && !breached && (storedMs(clock.dueAt) > now || openPause(clock) !== undefined);
}

function resumeClock(policy: CompiledPolicy, lead: Lead, clock: Clock, ask: Ask): Decision {
  const pauses = clock.pauses.map((pause) => (pause.to === null ? { ...pause, to: iso(ask.now) } : pause));
  const status = openPause(clock)?.statusBefore ?? clock.status;
  const running = reckon(policy, rowOf(policy, clock), { ...clock, status, pauses }, lead.tier, ask.now);
  const key = iso(ask.now);
  const resumed: Decision = {
    lead: withClock(lead, running),
    effects: [
      entry(
        ask.now,
        'clock_resumed',
        `Runs on, now due ${running.dueAt}: ${ask.reason}.`,
        { clock, key },
        ask.by,
      ),
      event(lead, 'ClockResumed', ask.now, { clock: running, key }),
    ],
  };
  return and(resumed, wakeInTime(policy, resumed.lead, running, ask.now));
}

/** Another run takes over when the execution would sleep beyond the clock's next step (it may wait out a long pause). */
export function wakeInTime(policy: CompiledPolicy, lead: Lead, clock: Clock, now: EpochMs): Decision {
  const { outcome, next } = nextStep(policy, lead, clock.clockId, clock.run, now);
  const sleepsOn = clock.wakeAt !== null && storedMs(clock.wakeAt) > storedMs(next.at);
  if (clock.run === 0 || outcome !== 'climb' || !sleepsOn) return { lead, effects: [] };
  return startRun(policy, lead, clock.clockId, now);
}

function openPause(clock: Clock): Clock['pauses'][number] | undefined {
  return clock.pauses.find((pause) => pause.to === null);
}

function rowOf(policy: CompiledPolicy, clock: Clock): CompiledPolicy['commitments'][number] | undefined {
  return policy.commitments.find((row) => row.id === clock.commitment);
}
