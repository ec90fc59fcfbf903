/** Where a lead stands in its cadence (policy book §9). Computed from what is stored, whatever the order of arrival. */
import type { World } from '../ladder/tell.ts';
import type { JudgedAttempt, Lead, LeadStatus } from '../model/lead.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import { attemptsOfCycle, channelOf, isContact, isMeeting } from './attempts.ts';
import { planOf } from './plan.ts';
import type { PlannedTouch } from './plan.ts';
import { standstills } from './standstill.ts';

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
  /** Whether every touch is made or has been missed, and nothing has ended the cadence. */
  exhausted: boolean;
}

const WORKED_ON: readonly LeadStatus[] = ['unassigned', 'assigned', 'contacted', 'sal'];

/** The progress of a lead's cadence in its present cycle; null for one that has none. */
export function progressOf(world: World, lead: Lead): Progress | null {
  const plan = planOf(world, lead);
  const first = plan[0];
  if (first === undefined) return null;
  const ended = endOf(lead);
  const attempts = attemptsOfCycle(lead);
  const { made, beyond } = assigned(plan, attempts, ended);
  const at = ended === null ? world.now : Math.min(world.now, storedMs(ended.at));
  const touches = plan.map((touch): TouchProgress => {
    const attempt = made.get(touch.touch) ?? null;
    return { ...touch, made: attempt, state: stateOf(touch, attempt, at, ended) };
  });
  const awaited = touches.filter(({ state }) => state === 'awaited');
  const still = standstills(world.policy, lead, first.calendar, world.now);
  const waits = still.find(({ from, to }) => from <= world.now && world.now < to);
  return {
    touches,
    next: awaited[0] ?? null,
    missed: touches.filter(({ state }) => state === 'missed'),
    beyondPlan: beyond,
    pausedUntil: ended !== null || waits === undefined ? null : iso(waits.to),
    ended,
    exhausted: ended === null && awaited.length === 0,
  };
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
  const asked = lead.clocks.find(({ commitment, cycle }) => commitment === DISPOSE && cycle === lead.cycle);
  if (asked !== undefined) return { at: asked.startedAt, because: 'disposition_required' };
  return WORKED_ON.includes(lead.status)
    ? null
    : { at: lead.cycleStartedAt ?? lead.receivedAt, because: 'left' };
}
