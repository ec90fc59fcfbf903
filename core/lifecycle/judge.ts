/** Judging one clock by one attempt: the earliest event wins whatever the order of arrival (policy book §5). */
import type { Clock } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { JudgedAttempt, Lead } from '../model/lead.ts';
import type { EpochMs, Iso } from '../time.ts';
import { storedMs } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { entry, event, record } from '../ladder/facts.ts';
import { dropHeldOf } from '../ladder/held.ts';
import { RESPONSE, withClock } from '../ladder/next.ts';
import { goesWithLead } from '../ladder/owes.ts';
import type { World } from '../ladder/tell.ts';
import { metClock, metEffects } from './clocks.ts';

/** Stop events that outreach brings about, and which: any, that which reached a person, that which comes after the start. */
const BROUGHT_ABOUT: Record<string, (attempt: JudgedAttempt, clock: Clock) => boolean> = {
  first_attempt: () => true,
  attempt_made: () => true,
  first_contact: ({ contact }) => contact,
  follow_up_logged: ({ occurredAt }, { startedAt }) => occurredAt > startedAt,
  check_in_made: () => true,
};

/** Judges one clock by an attempt: the earliest event wins, so an earlier one replaces the verdict of a later one. */
export function judgeClock(
  world: World,
  lead: Lead,
  clock: Clock,
  attempt: JudgedAttempt,
  manual: boolean,
): Decision {
  const at = countsFor(clock, attempt, manual);
  if (clock.metAt !== null && storedMs(clock.metAt) <= at) return { lead, effects: [] };
  const because = `${attempt.type} (${attempt.outcome}) of ${attempt.occurredAt}, recorded ${manual ? 'by hand' : 'by a system'}.`;
  const met = metClock(clock, at, attempt.activityId, world.now, because);
  const missedBefore = clock.verdicts.at(-1)?.verdict === 'missed';
  const turned = met.status === 'met' && missedBefore;
  const { lead: current, effects: dropped } = dropHeldOf(world, withClock(lead, met), clock);
  const key = attempt.activityId;
  return {
    lead: current,
    effects: [
      ...(clock.metAt === null ? metEffects(current, met, world.now) : []),
      ...(turned ? overturn(world, current, met, key) : []),
      ...dropped,
    ],
  };
}

/** The instant at which an attempt counts for a clock: typed in after the deadline, it counts when it was typed in. */
function countsFor(clock: Clock, attempt: JudgedAttempt, manual: boolean): EpochMs {
  const typedAfter = manual && attempt.receivedAt > clock.dueAt;
  return storedMs(typedAfter ? attempt.receivedAt : attempt.occurredAt);
}

/** Whether an attempt can meet a clock at all. */
export function listensTo(clock: Clock, attempt: JudgedAttempt): boolean {
  if (clock.status === 'cancelled') return false;
  const meets = clock.stop.some((stop) => BROUGHT_ABOUT[stop]?.(attempt, clock) === true);
  return meets && attempt.occurredAt >= (clock.listensFrom ?? clock.startedAt);
}

/** The breach that had been logged no longer counts; the history keeps both verdicts. */
function overturn(world: World, lead: Lead, clock: Clock, key: string): Effect[] {
  const breach = clock.rungs.find((rung) => rung.rung === 'breach' && rung.outcome === 'done');
  const why = `The verdict is turned: an attempt stamped ${clock.metAt ?? ''} by a system of record arrived late.`;
  const facts: Effect[] = [
    entry(world.now, 'verdict_turned', why, { clock, key }),
    event(lead, 'SlaVerdictTurned', world.now, { clock, key }, { verdict: clock.status, metAt: clock.metAt }),
  ];
  if (breach?.doneAt == null) return facts;
  const title = `Missed ${clock.commitment} of lead ${lead.leadId}: overturned`;
  const personId = whoWasNamed(world, lead, clock, breach.doneAt);
  const text = { title, assignee: null, personId, state: 'overturned' as const };
  return [...facts, record(storedMs(breach.doneAt), 'breach', { clock, rung: 'breach' }, text)];
}

/** The person whom the breach had named: who had the lead then, if they had had it from before its first rung on. */
function whoWasNamed({ policy }: World, lead: Lead, clock: Clock, breachedAt: Iso): string | null {
  if (clock.commitment !== RESPONSE && !goesWithLead(policy, clock)) return clock.owes;
  const owners = lead.owner === null ? lead.previousOwners : [...lead.previousOwners, lead.owner];
  const holder = owners.findLast((owner) => owner.assignedAt < breachedAt);
  const first = clock.rungs[0];
  return holder === undefined || first === undefined || holder.assignedAt > first.at ? null : holder.personId;
}
