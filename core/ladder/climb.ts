/**
 * One rung of a ladder (policy book §5): look whether the commitment is met, and if not, do what the rung promises.
 * Looking and acting are one decision, saved in one conditional write, so that a contact that arrives in between
 * makes the save fail and the decision is taken anew.
 */
import { calendarOf, describeSpan } from '../calendar/index.ts';
import type { Clock, Rung } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { Subject } from '../model/subject.ts';
import { isTicket } from '../model/subject.ts';
import type { RungName, RungRow } from '../policy/schema/commitments.ts';
import { iso, storedMs } from '../time.ts';
import { EVENT_OF_RUNG, applyActions } from './actions.ts';
import type { Draw } from './assign.ts';
import { hadAFairChance, reassign } from './assign.ts';
import type { Decision } from './facts.ts';
import { and, entry, event, onceMore } from './facts.ts';
import { happen } from '../lifecycle/happen.ts';
import { clockOf, withClock } from './next.ts';
import { endDuePauses } from './pause.ts';
import type { Step } from './step.ts';
import { andGoOn } from './step.ts';
import { tellRung } from './tell.ts';
import type { World } from './tell.ts';

/** What a kind of subject does in a way of its own when a rung is climbed. */
export interface Ways<S extends Subject> {
  /** The first thing that every look does: what has ended by itself meanwhile is over. */
  look: (world: World, subject: S) => Decision<S>;
  /** What the rung does besides telling people; `previousOwner`: from whom it has taken the subject. */
  act: (world: World, subject: S, clock: Clock, row: RungRow) => Acted<S>;
  /** What the facts bring about that come to pass by the rung. */
  happen: (world: World, subject: S, facts: readonly string[]) => Decision<S>;
}

interface Acted<S extends Subject> extends Decision<S> {
  previousOwner: string | null;
}

export interface OnRung {
  clockId: string;
  run: number;
  rung: RungName;
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
 * Looks, and climbs one rung of a lead's clock if it is due and the commitment is not met.
 * @param draw who takes over if the rung reassigns (see {@link wantsNewOwner}); null when nobody is available
 */
export function climb(world: World, before: Lead, on: OnRung, draw: Draw | null): Step {
  return climbAs(waysOfLeads(draw), world, before, on);
}

/** The same for any kind of subject. */
export function climbAs<S extends Subject>(ways: Ways<S>, world: World, before: S, on: OnRung): Step<S> {
  const ended = ways.look(world, before);
  const due = dueRung(world, ended.lead, on.clockId, on.run, on.rung);
  if (due === null) return andGoOn(world, ended, on);
  const row = rowOf(world, due.clock, on.rung);
  const late = arrivedLate(ended.lead, due.rung);
  if (row === undefined || late) {
    const why = late
      ? `The ${isTicket(before) ? 'ticket' : 'lead'} arrived at ${ended.lead.receivedAt}, after this rung was due.`
      : `Policy ${world.policy.policyVersion} no longer has this rung.`;
    return andGoOn(world, and(ended, passOver(world, ended.lead, due.clock, due.rung, why)), on);
  }
  const at = Math.max(world.now, storedMs(due.rung.at));
  return andGoOn(world, and(ended, climbed(ways, { ...world, now: at }, ended.lead, due.clock, row)), on);
}

/** Looks again without a rung: after a pause, or when an execution has just been started. */
export function lookAgain(world: World, before: Lead, on: { clockId: string; run: number }): Step {
  return andGoOn(world, endDuePauses(world.policy, before, world.now), on);
}

/** The steps of a lead: a rung may take it away and give it to somebody else. */
function waysOfLeads(draw: Draw | null): Ways<Lead> {
  return {
    look: ({ policy, now }, lead) => endDuePauses(policy, lead, now),
    act: (world, lead, clock, row) => {
      const acted = applyActions(world, lead, clock, row);
      const takesAway = row.actions.includes('reassign') && hadAFairChance(lead, clock);
      const passed = takesAway ? and(acted, reassign(world, acted.lead, clock, draw)) : acted;
      const from = lead.owner?.personId ?? null;
      return { ...passed, previousOwner: passed.lead.owner?.personId === from ? null : from };
    },
    happen,
  };
}

function climbed<S extends Subject>(
  ways: Ways<S>,
  world: World,
  subject: S,
  clock: Clock,
  row: RungRow,
): Decision<S> {
  const key = onceMore(clock, row.rung);
  const done = markRung(clock, row.rung, { doneAt: iso(world.now), outcome: 'done', reason: null });
  const acted = ways.act(world, withClock(subject, done), done, row);
  const climbedClock = clockOf(acted.lead, clock.clockId) ?? done;
  const told = tellRung(world, acted.lead, climbedClock, row, acted.previousOwner);
  const current: S = { ...acted.lead, held: [...acted.lead.held, ...told.held] };
  const on = { rung: row.rung, key };
  const decision: Decision<S> = {
    lead: current,
    effects: [
      ...acted.effects,
      entry(world.now, `rung_${row.rung}`, reasonOf(world, current, climbedClock, row), { clock, ...on }),
      event(
        current,
        EVENT_OF_RUNG[row.rung],
        world.now,
        { clock: climbedClock, ...on },
        // A ticket is taken from nobody.
        isTicket(current) ? {} : { previousOwnerId: acted.previousOwner },
      ),
      ...told.effects,
    ],
  };
  const { happens } = row;
  return happens === undefined ? decision : and(decision, ways.happen(world, current, happens));
}

function reasonOf(world: World, subject: Subject, clock: Clock, row: RungRow): string {
  const calendar = calendarOf(world.policy, clock.calendar);
  const due = `Due ${clock.dueAt} (${describeSpan(clock.target)}, ${clock.targetFrom}, hours of ${calendar.timeZone})`;
  const told = row.tell.length === 0 ? '' : ` Told: ${row.tell.join(', ')}.`;
  return `${due}; ${missing(subject, clock)}.${told}`;
}

/** Stop events of commitments that wait for outreach. */
const OUTREACH = ['first_attempt', 'first_contact'];

/** What has not come to pass: outreach, or whatever else the commitment waits for. */
function missing(subject: Subject, { stop }: Clock): string {
  if (isTicket(subject) || !stop.some((event) => OUTREACH.includes(event))) return 'it has not been met';
  const { attempts } = subject;
  return attempts === 0 ? 'no attempt has been logged' : `${attempts} attempts, none that meets it`;
}

function passOver<S extends Subject>(
  world: World,
  subject: S,
  clock: Clock,
  rung: Rung,
  why: string,
): Decision<S> {
  const passed = markRung(clock, rung.rung, { doneAt: iso(world.now), outcome: 'passed_over', reason: why });
  return {
    lead: withClock(subject, passed),
    effects: [entry(world.now, 'rung_passed_over', why, { clock, rung: rung.rung })],
  };
}

/** The rung with its clock if it is open, due, and the run is the one that the clock listens to. */
function dueRung(
  world: World,
  subject: Subject,
  clockId: string,
  run: number,
  name: RungName,
): { clock: Clock; rung: Rung } | null {
  const clock = clockOf(subject, clockId);
  if (clock === undefined || clock.run !== run || !isOpen(clock) || clock.status === 'paused') return null;
  const rung = clock.rungs.find((candidate) => candidate.rung === name);
  if (rung === undefined || rung.doneAt !== null || storedMs(rung.at) > world.now + CLOCK_SKEW_MS)
    return null;
  return { clock, rung };
}

/** A reminder or warning that was due before the subject had even arrived reminds nobody of anything. */
function arrivedLate({ receivedAt }: Subject, rung: Rung): boolean {
  return (rung.rung === 'remind' || rung.rung === 'warn') && storedMs(receivedAt) > storedMs(rung.at);
}

function markRung(clock: Clock, name: RungName, mark: Pick<Rung, 'doneAt' | 'outcome' | 'reason'>): Clock {
  return { ...clock, rungs: clock.rungs.map((rung) => (rung.rung === name ? { ...rung, ...mark } : rung)) };
}

function rowOf(world: World, clock: Clock, name: RungName): RungRow | undefined {
  const commitment = world.policy.commitments.find((row) => row.id === clock.commitment);
  return commitment?.rungs.find((row) => row.rung === name);
}
