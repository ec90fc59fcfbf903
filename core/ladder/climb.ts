/**
 * One rung of a ladder (policy book §5): look whether the commitment is met, and if not, do what the rung promises.
 * Looking and acting are one decision, saved in one conditional write, so that a contact that arrives in between
 * makes the save fail and the decision is taken anew.
 */
import { calendarOf, describeSpan } from '../calendar/index.ts';
import type { Clock, Rung } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Effect, WorkflowState } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { RungName, RungRow } from '../policy/schema/commitments.ts';
import { iso, storedMs } from '../time.ts';
import { EVENT_OF_RUNG, applyActions } from './actions.ts';
import type { Draw } from './assign.ts';
import { hadAFairChance, reassign } from './assign.ts';
import type { Decision } from './facts.ts';
import { and, entry, event } from './facts.ts';
import { happen } from '../lifecycle/happen.ts';
import { clockOf, goOn, withClock } from './next.ts';
import { endDuePauses } from './pause.ts';
import { tellRung } from './tell.ts';
import type { World } from './tell.ts';

export interface Step extends Decision {
  state: WorkflowState;
}

/** The clock of the machine may be ahead of the function's by this much: a rung is not put off for it. */
const CLOCK_SKEW_MS = 2000;

/** Whether the rung would be climbed now and takes the lead away from its owner: then a draw is needed first. */
export function wantsNewOwner(
  world: World,
  lead: Lead,
  clockId: string,
  run: number,
  rung: RungName,
): boolean {
  const { lead: current } = endDuePauses(world.policy, lead, world.now);
  const due = dueRung(world, current, clockId, run, rung);
  return (
    due !== null &&
    rowOf(world, due.clock, rung)?.actions.includes('reassign') === true &&
    hadAFairChance(current, due.clock)
  );
}

/**
 * Looks, and climbs one rung if it is due and the commitment is not met.
 * @param draw who takes over if the rung reassigns (see {@link wantsNewOwner}); null when nobody is available
 */
export function climb(
  world: World,
  before: Lead,
  on: { clockId: string; run: number; rung: RungName },
  draw: Draw | null,
): Step {
  const ended = endDuePauses(world.policy, before, world.now);
  const due = dueRung(world, ended.lead, on.clockId, on.run, on.rung);
  if (due === null) return andGoOn(world, ended, on);
  const row = rowOf(world, due.clock, on.rung);
  const late = arrivedLate(ended.lead, due.rung);
  if (row === undefined || late) {
    const why = late
      ? `The lead arrived at ${ended.lead.receivedAt}, after this rung was due.`
      : `Policy ${world.policy.policyVersion} no longer has this rung.`;
    return andGoOn(world, and(ended, passOver(world, ended.lead, due.clock, due.rung, why)), on);
  }
  const at = Math.max(world.now, storedMs(due.rung.at));
  return andGoOn(world, and(ended, climbed({ ...world, now: at }, ended.lead, due.clock, row, draw)), on);
}

/** Looks again without a rung: after a pause, or when an execution has just been started. */
export function lookAgain(world: World, before: Lead, on: { clockId: string; run: number }): Step {
  return andGoOn(world, endDuePauses(world.policy, before, world.now), on);
}

function climbed(world: World, lead: Lead, clock: Clock, row: RungRow, draw: Draw | null): Decision {
  const effects: Effect[] = [];
  const done = markRung(clock, row.rung, { doneAt: iso(world.now), outcome: 'done', reason: null });
  let current = withClock(lead, done);
  const takesAway = row.actions.includes('reassign') && hadAFairChance(lead, clock);
  const acted = applyActions(world, current, done, row);
  current = acted.lead;
  effects.push(...acted.effects);
  if (takesAway) {
    const passed = reassign(world, current, clock, draw);
    current = passed.lead;
    effects.push(...passed.effects);
  }
  const climbedClock = clockOf(current, clock.clockId) ?? done;
  const previousOwner =
    current.owner?.personId === lead.owner?.personId ? null : (lead.owner?.personId ?? null);
  const told = tellRung(world, current, climbedClock, row, previousOwner);
  current = { ...current, held: [...current.held, ...told.held] };
  effects.push(
    entry(world.now, `rung_${row.rung}`, reasonOf(world, current, climbedClock, row), {
      clock,
      rung: row.rung,
    }),
    event(
      current,
      EVENT_OF_RUNG[row.rung],
      world.now,
      { clock: climbedClock, rung: row.rung },
      { previousOwnerId: previousOwner },
    ),
    ...told.effects,
  );
  const { happens } = row;
  if (happens === undefined) return { lead: current, effects };
  return and({ lead: current, effects }, happen(world, current, happens));
}

function reasonOf(world: World, lead: Lead, clock: Clock, row: RungRow): string {
  const calendar = calendarOf(world.policy, clock.calendar);
  const due = `Due ${clock.dueAt} (${describeSpan(clock.target)}, ${clock.targetFrom}, hours of ${calendar.timeZone})`;
  const told = row.tell.length === 0 ? '' : ` Told: ${row.tell.join(', ')}.`;
  return `${due}; ${missing(lead, clock)}.${told}`;
}

/** Stop events of commitments that wait for outreach. */
const OUTREACH = ['first_attempt', 'first_contact'];

/** What has not come to pass: outreach, or whatever else the commitment waits for. */
function missing({ attempts }: Lead, { stop }: Clock): string {
  if (!stop.some((event) => OUTREACH.includes(event))) return 'it has not been met';
  return attempts === 0 ? 'no attempt has been logged' : `${attempts} attempts, none that meets it`;
}

function passOver(world: World, lead: Lead, clock: Clock, rung: Rung, why: string): Decision {
  const passed = markRung(clock, rung.rung, { doneAt: iso(world.now), outcome: 'passed_over', reason: why });
  return {
    lead: withClock(lead, passed),
    effects: [entry(world.now, 'rung_passed_over', why, { clock, rung: rung.rung })],
  };
}

/** The rung with its clock if it is open, due, and the run is the one that the clock listens to. */
function dueRung(
  world: World,
  lead: Lead,
  clockId: string,
  run: number,
  name: RungName,
): { clock: Clock; rung: Rung } | null {
  const clock = clockOf(lead, clockId);
  if (clock === undefined || clock.run !== run || !isOpen(clock) || clock.status === 'paused') return null;
  const rung = clock.rungs.find((candidate) => candidate.rung === name);
  if (rung === undefined || rung.doneAt !== null || storedMs(rung.at) > world.now + CLOCK_SKEW_MS)
    return null;
  return { clock, rung };
}

/** A reminder or warning that was due before the lead had even arrived reminds nobody of anything. */
function arrivedLate(lead: Lead, rung: Rung): boolean {
  return (rung.rung === 'remind' || rung.rung === 'warn') && storedMs(lead.receivedAt) > storedMs(rung.at);
}

function markRung(clock: Clock, name: RungName, mark: Pick<Rung, 'doneAt' | 'outcome' | 'reason'>): Clock {
  return { ...clock, rungs: clock.rungs.map((rung) => (rung.rung === name ? { ...rung, ...mark } : rung)) };
}

function rowOf(world: World, clock: Clock, name: RungName): RungRow | undefined {
  const commitment = world.policy.commitments.find((row) => row.id === clock.commitment);
  return commitment?.rungs.find((row) => row.rung === name);
}

function andGoOn(world: World, decision: Decision, on: { clockId: string; run: number }): Step {
  const { lead, state } = goOn(world.policy, decision.lead, on.clockId, on.run, world.now);
  return { lead, effects: decision.effects, state };
}
