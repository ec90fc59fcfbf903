/** Where a lead stands in its cadence (policy book §9). Computed from what is stored, whatever the order of arrival. */
import type { World } from '../ladder/tell.ts';
import type { Clock } from '../model/clock.ts';
import type { JudgedAttempt, Lead, LeadStatus } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import { attemptsOfCycle, channelOf, isContact, isMeeting } from './attempts.ts';
import { planOf } from './plan.ts';
import type { PlannedTouch } from './plan.ts';
import { standstills, TOUCH } from './standstill.ts';

/** The commitment that a disposition is after a cadence. */
export const DISPOSE = 'cadence.dispose';

export interface TouchProgress extends PlannedTouch {
  /** The attempt that it was, or null. */
  made: JudgedAttempt | null;
  /**
   * `made_late`: after its day, on which it had been missed. `missed`: due and not made. `dropped`: the cadence ended
   * before it was due.
   */
  state: 'made' | 'made_late' | 'missed' | 'awaited' | 'dropped';
  /** Whether its miss has taken its step. */
  climbed: boolean;
}

export interface Ended {
  at: Iso;
  because: 'reply' | 'meeting' | 'converted' | 'disposed' | 'rejected' | 'left' | 'disposition_required';
}

export interface Progress {
  touches: TouchProgress[];
  /** The touch that is due next, or null. */
  next: TouchProgress | null;
  /** Due and not made, in the order in which they were due. */
  missed: TouchProgress[];
  /** Attempts that were no touch of the plan; they count as attempts. */
  beyondPlan: string[];
  /** Until when the cadence waits for the follow-up of a contact; null while it runs. */
  pausedUntil: Iso | null;
  ended: Ended | null;
  /** Whether every touch is made, or has been missed with its step taken, and nothing has ended the cadence. */
  exhausted: boolean;
}

const WORKED_ON: readonly LeadStatus[] = ['unassigned', 'assigned', 'contacted', 'sal'];

/** The progress of a lead's cadence in its present cycle; null for one that has none. */
export function progressOf(world: World, lead: Lead): Progress | null {
  const plan = owedOf(world, lead, planOf(world, lead));
  const ended = endOf(lead);
  const known = ended === null ? null : upTo(world, lead, plan, ended);
  if (known !== null && ended?.because === 'disposition_required' && !isRightly(world.policy, known)) {
    // What it was asked for by has been told otherwise since.
    return plan.length === 0 ? null : upTo(world, lead, plan, null);
  }
  return plan.length === 0 ? null : (known ?? upTo(world, lead, plan, null));
}

/**
 * The touches that somebody owes. A lead that was tried before its cadence had clocks (a policy that is new, or that
 * enforces the row only now) owes none that was due by then; and none at all while none is left.
 */
function owedOf({ now }: World, lead: Lead, plan: readonly PlannedTouch[]): readonly PlannedTouch[] {
  const clocks = lead.clocks.filter(({ commitment, cycle }) => commitment === TOUCH && cycle === lead.cycle);
  const began = Math.min(...clocks.map(({ startedAt }) => storedMs(startedAt)), now);
  const known = Math.min(...attemptsOfCycle(lead).map(({ receivedAt }) => storedMs(receivedAt)), began);
  if (known === began) return plan;
  const owed = plan.filter(
    ({ touch, dueAt }) => dueAt > began || clocks.some((clock) => clock.touch === touch),
  );
  return clocks.length === 0 && owed.every(({ dueAt }) => dueAt <= now) ? [] : owed;
}

/** Whether a disposition is asked for rightly: as many touches are missing as it takes, or none is left. */
function isRightly({ cadence }: CompiledPolicy, { missed, touches }: Progress): boolean {
  const steps = cadence.missed.filter(({ action }) => action === 'recycle_with_disposition');
  const taken = missed.filter(({ climbed }) => climbed).length;
  const isEnough = steps.some((row) => taken >= row.touches);
  return isEnough || touches.every(({ state }) => state !== 'dropped');
}

function upTo(world: World, lead: Lead, plan: readonly PlannedTouch[], ended: Ended | null): Progress {
  const { made, beyond } = assigned(plan, attemptsOfCycle(lead), ended);
  const at = ended === null ? world.now : Math.min(world.now, storedMs(ended.at));
  const touches = plan.map((touch): TouchProgress => {
    const attempt = made.get(touch.touch) ?? null;
    return {
      ...touch,
      made: attempt,
      state: stateOf(touch, attempt, at, ended),
      climbed: hasClimbed(lead, touch),
    };
  });
  const awaited = touches.filter(({ state }) => state === 'awaited');
  return {
    touches,
    next: awaited[0] ?? null,
    missed: touches.filter(({ state }) => state === 'missed'),
    beyondPlan: beyond,
    pausedUntil: ended === null ? waitsUntil(world, lead) : null,
    ended,
    exhausted:
      ended === null &&
      touches.every(({ made: one, climbed, dueAt }) => one !== null || (climbed && dueAt <= at)),
  };
}

function hasClimbed({ clocks, cycle }: Lead, { touch }: PlannedTouch): boolean {
  return clocks.some(
    (clock) =>
      clock.commitment === TOUCH &&
      clock.cycle === cycle &&
      clock.touch === touch &&
      clock.rungs.some(({ doneAt }) => doneAt !== null),
  );
}

function waitsUntil(world: World, lead: Lead): Iso | null {
  const still = standstills(world, lead).find(({ from, to }) => from <= world.now && world.now < to);
  return still === undefined ? null : iso(still.to);
}

/** Each attempt is the earliest touch of its channel that is not made and whose day has begun; else it is beyond the plan. */
function assigned(
  plan: readonly PlannedTouch[],
  attempts: readonly JudgedAttempt[],
  ended: Ended | null,
): { made: Map<number, JudgedAttempt>; beyond: string[] } {
  const made = new Map<number, JudgedAttempt>();
  const beyond: string[] = [];
  for (const attempt of attempts) {
    const at = storedMs(attempt.countsAt);
    const touch = plan.find(
      (candidate) =>
        candidate.channel === channelOf(attempt) && !made.has(candidate.touch) && candidate.beginsAt <= at,
    );
    if (touch === undefined || (ended !== null && attempt.countsAt > ended.at))
      beyond.push(attempt.activityId);
    else made.set(touch.touch, attempt);
  }
  return { made, beyond };
}

function stateOf(
  { dueAt }: PlannedTouch,
  made: JudgedAttempt | null,
  at: EpochMs,
  ended: Ended | null,
): TouchProgress['state'] {
  if (made !== null) return storedMs(made.countsAt) <= dueAt ? 'made' : 'made_late';
  if (dueAt <= at) return 'missed';
  return ended === null ? 'awaited' : 'dropped';
}

/** The clock of the disposition that the cadence of the present cycle has asked for, if it has. */
export function dispositionClock({ clocks, cycle }: Lead): Clock | undefined {
  const isIt = (clock: Clock): boolean =>
    clock.commitment === DISPOSE && clock.cycle === cycle && clock.status !== 'cancelled';
  return clocks.findLast(isIt);
}

/** What has ended the cadence, the earliest of it; that a disposition is required only if nothing else has. */
function endOf(lead: Lead): Ended | null {
  const { life } = lead;
  const attempts = attemptsOfCycle(lead);
  const acts: { at: Iso | undefined; because: Ended['because'] }[] = [
    {
      at: attempts.find((attempt) => attempt.outcome === 'replied' && isContact(attempt))?.countsAt,
      because: 'reply',
    },
    { at: attempts.find(isMeeting)?.countsAt, because: 'meeting' },
    { at: life.sql?.at, because: 'converted' },
    { at: life.disposition?.at, because: 'disposed' },
    { at: life.rejection?.at, because: 'rejected' },
    { at: life.closedAt ?? undefined, because: 'left' },
  ];
  const known = acts.flatMap(({ at, because }) => (at === undefined ? [] : [{ at, because }]));
  const earliest = known.toSorted((a, b) => (a.at < b.at ? -1 : 1))[0];
  if (earliest !== undefined) return earliest;
  const asked = dispositionClock(lead);
  if (asked !== undefined) return { at: asked.startedAt, because: 'disposition_required' };
  return WORKED_ON.includes(lead.status)
    ? null
    : { at: lead.cycleStartedAt ?? lead.receivedAt, because: 'left' };
}
