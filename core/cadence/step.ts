/** Keeps the clocks of a cadence in line with its progress (policy book §9; docs/adr/0025-touches-have-clocks.md). */
import type { Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { CommitmentRow } from '../policy/schema/commitments.ts';
import { describeSpan } from '../calendar/index.ts';
import { iso } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry } from '../ladder/facts.ts';
import { withClock } from '../ladder/next.ts';
import { openClock, reckon } from '../ladder/open-clock.ts';
import { pauseAlike, wakeInTime } from '../ladder/pause.ts';
import { whoOwes } from '../ladder/owes.ts';
import type { World } from '../ladder/tell.ts';
import { cancelClocks } from '../lifecycle/cancel.ts';
import { isOwed } from '../lifecycle/clocks.ts';
import { judgeClock } from '../lifecycle/judge.ts';
import { startNow } from '../lifecycle/start-now.ts';
import { requireDisposition } from './missed.ts';
import { TOUCH } from './standstill.ts';
import { DISPOSE, dispositionClock, progressOf } from './progress.ts';
import type { Progress, TouchProgress } from './progress.ts';

/**
 * Does what is due about a lead's cadence now: touches that are made meet their clocks, whatever came first; clocks
 * that have moved are reckoned anew; what has ended is cancelled; and the touches that are due next have a clock each.
 * Taking the step again changes nothing. The cadence begins with the first attempt: until then the response is owed.
 */
export function cadenceStep(world: World, lead: Lead): Decision {
  const nothing: Decision = { lead, effects: [] };
  const row = world.policy.commitments.find(({ id }) => id === TOUCH);
  if (row === undefined || !isOwed(row, lead) || lead.erasedAt !== null) return nothing;
  if (lead.firstAttemptAt === null) return nothing;
  const progress = progressOf(world, lead);
  if (progress === null) return nothing;
  const judged = progress.touches.reduce((sum, touch) => and(sum, judge(world, sum.lead, touch)), nothing);
  if (progress.ended !== null) return and(judged, end(world, judged.lead, progress.ended.because));
  const revoked = and(judged, revoke(world, judged.lead, progress));
  const moved = progress.touches.reduce((sum, touch) => and(sum, move(world, sum.lead, row, touch)), revoked);
  const opened = dueNext(progress).reduce((sum, touch) => and(sum, open(world, sum.lead, row, touch)), moved);
  if (!progress.exhausted || !asksForEnd(world, lead)) return settled(world, lead, opened);
  const required = and(opened, requireDisposition(world, opened.lead, 'cadence_exhausted'));
  return and(required, end(world, required.lead, 'disposition_required'));
}

function asksForEnd({ policy }: World, lead: Lead): boolean {
  return policy.commitments.some((row) => row.id === DISPOSE && isOwed(row, lead));
}

/** The touches that are due next, which are all of the same deadline; and what was missed before it could have a clock. */
function dueNext({ next, touches }: Progress): TouchProgress[] {
  return touches.filter(({ state, dueAt, climbed }) =>
    state === 'awaited' ? dueAt === next?.dueAt : state === 'missed' && !climbed,
  );
}

function clocksOf(lead: Lead, { touch }: TouchProgress): Clock[] {
  return lead.clocks.filter(
    (clock) => clock.commitment === TOUCH && clock.cycle === lead.cycle && clock.touch === touch,
  );
}

/** The clock of a touch that is made: met, or turned if the attempt is told late. */
function judge(world: World, lead: Lead, touch: TouchProgress): Decision {
  const { made } = touch;
  const clock = clocksOf(lead, touch).at(-1);
  if (made === null || clock === undefined || clock.status === 'cancelled') return { lead, effects: [] };
  return judgeClock(world, lead, clock, made, made.backDated);
}

/** Open clocks count with what the plan says now: a contact moves what comes after it, a follow-up moves it back. */
function move(world: World, lead: Lead, row: CommitmentRow, touch: TouchProgress): Decision {
  return clocksOf(lead, touch)
    .filter((clock) => isOpen(clock) && clock.status !== 'paused' && isElsewhere(clock, touch))
    .reduce<Decision>(
      (sum, clock) => {
        const { target } = touch;
        const countsFrom = iso(touch.countsFrom);
        const moved = reckon(world.policy, row, { ...clock, target, countsFrom }, lead.tier, world.now);
        const why = `Touch ${touch.touch} is due ${moved.dueAt} now: the cadence waits for a follow-up, or goes on after it.`;
        const current: Decision = {
          lead: withClock(sum.lead, moved),
          effects: [entry(world.now, 'touch_moved', why, { clock, key: moved.dueAt })],
        };
        return and(and(sum, current), wakeInTime(world.policy, current.lead, moved, world.now));
      },
      { lead, effects: [] },
    );
}

/** A touch that is missed already keeps the deadline that it had. */
function isElsewhere(clock: Clock, touch: TouchProgress): boolean {
  const isDone = clock.rungs.some(({ doneAt }) => doneAt !== null);
  return !isDone && (clock.countsFrom !== iso(touch.countsFrom) || clock.target !== touch.target);
}

function open(world: World, lead: Lead, row: CommitmentRow, touch: TouchProgress): Decision {
  if (clocksOf(lead, touch).some(isOpen)) return { lead, effects: [] };
  const n = lead.clocks.filter(({ commitment }) => commitment === TOUCH).length + 1;
  const { target, calendar } = touch;
  const countsFrom = iso(touch.countsFrom);
  const said = `Touch ${touch.touch}, ${touch.channel}, day ${touch.day} (${touch.from})`;
  const hours = `calendar ${calendar.id} in ${calendar.timeZone}`;
  const fresh = openClock(world.policy, row, {
    ...{ n, cycle: lead.cycle, owes: whoOwes(lead, row), tier: lead.tier },
    ...{ calendar, target, countsFrom, startedAt: iso(world.now) },
    targetFrom: `touch ${touch.touch} of ${touch.from}`,
    explanation: `${said}: ${touch.purpose}. ${describeSpan(target)}, counted from ${countsFrom} on ${hours}.`,
  });
  const pauses = lead.clocks
    .filter(({ cycle }) => cycle === lead.cycle)
    .flatMap((clock) => clock.pauses)
    .filter(
      ({ to }, i, all) => to !== null && to > countsFrom && all.findIndex((one) => one.to === to) === i,
    );
  const clock = {
    ...reckon(world.policy, row, { ...fresh, pauses }, lead.tier, world.now),
    touch: touch.touch,
  };
  return {
    lead: { ...lead, clocks: [...lead.clocks, clock] },
    effects: [entry(world.now, 'clock_started', clock.explanation, { clock })],
  };
}

/** What was opened stands still while the lead does, and has its execution. */
function settled(world: World, before: Lead, decision: Decision): Decision {
  const { lead } = decision;
  const paused = lead.clocks.find((clock) => isOpen(clock) && clock.status === 'paused');
  const grown = lead.clocks.length > before.clocks.length;
  return startNow(
    world,
    grown && paused !== undefined ? and(decision, pauseAlike(lead, paused, world.now)) : decision,
  );
}

/** What was told late may show that a disposition is not required after all, or that it is not this touch's turn. */
function revoke(world: World, lead: Lead, { exhausted, touches, next }: Progress): Decision {
  const asked = exhausted ? undefined : dispositionClock(lead);
  const early = touches.filter(({ state, dueAt }) => state === 'awaited' && dueAt !== next?.dueAt);
  const gone = [...early.flatMap((touch) => clocksOf(lead, touch)), ...(asked === undefined ? [] : [asked])];
  const why = 'What was told late has moved the touches: the cadence goes on.';
  return cancelClocks(world, lead, ({ clockId }) => gone.some((clock) => clock.clockId === clockId), why);
}

/** Nobody has to make a touch any more; nor to give a disposition, once the prospect has answered. */
function end(world: World, lead: Lead, because: string): Decision {
  const answered = because === 'reply' || because === 'meeting';
  const isOver = ({ commitment }: Clock): boolean =>
    commitment === TOUCH || (answered && commitment === DISPOSE);
  return cancelClocks(world, lead, isOver, `The cadence has ended: ${because.replaceAll('_', ' ')}.`);
}
