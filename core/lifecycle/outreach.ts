/** What an attempt starts besides meeting clocks (policy book §8, §9): its logging, the acceptance, the follow-up. */
import { calendarOf, nextOpening } from '../calendar/index.ts';
import type { Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { JudgedAttempt, Lead, LeadStatus } from '../model/lead.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry } from '../ladder/facts.ts';
import { withClock } from '../ladder/next.ts';
import { reckon } from '../ladder/open-clock.ts';
import { wakeInTime } from '../ladder/pause.ts';
import type { World } from '../ladder/tell.ts';
import { iso, storedMs } from '../time.ts';
import { metClock, metEffects } from './clocks.ts';
import { triedOnDeal } from '../pipeline/activity.ts';
import { takeFacts } from './happen.ts';
import { meetOpened } from './timed.ts';

/** Statuses in which somebody in Sales works on a lead, and those in which it has not been converted. */
const WORKED_ON: readonly LeadStatus[] = ['unassigned', 'assigned', 'contacted', 'sal', 'sql', 'opportunity'];
const UNCONVERTED: readonly LeadStatus[] = ['unassigned', 'assigned', 'contacted', 'sal'];

/**
 * The facts that an attempt brings about, each at its own instant: it was made when it occurred and logged when it
 * arrived; everything else counts from the instant at which the attempt counts.
 * @param before the lead before it was counted
 * @param counted the lead with the attempt as its last one
 */
export function outreachFacts(world: World, before: Lead, counted: Lead, attempt: JudgedAttempt): Decision {
  if (!WORKED_ON.includes(counted.status)) return { lead: counted, effects: [] };
  const logged = log(world, counted, attempt);
  const moved = and(logged, startEarlier(world, before, logged.lead));
  const facts = [
    ...(before.firstAttemptAt === null ? ['first_attempt'] : []),
    ...(attempt.contact && before.firstContactAt === null ? ['first_contact'] : []),
    ...(attempt.contact && UNCONVERTED.includes(counted.status) ? ['contact_without_conversion'] : []),
  ];
  const taken = and(moved, takeFacts(world, moved.lead, facts, storedMs(attempt.countsAt)));
  return and(taken, triedOnDeal(world, taken.lead, attempt));
}

/** From the attempt to its arrival: too late is too late, whoever has typed it in. */
function log(world: World, lead: Lead, { occurredAt, receivedAt }: JudgedAttempt): Decision {
  // A dialler's clock may be ahead of ours.
  const [made, at] = [Math.min(storedMs(occurredAt), storedMs(receivedAt)), storedMs(receivedAt)];
  const opened = takeFacts(world, lead, ['attempt_made'], made);
  return meetOpened(world, lead, opened, { fact: 'attempt_logged', at });
}

/** An earlier first attempt or contact that arrives later than another one: what started with that starts with it. */
function startEarlier(world: World, before: Lead, lead: Lead): Decision {
  const moves = [
    { fact: 'first_attempt', from: before.firstAttemptAt, to: lead.firstAttemptAt },
    { fact: 'first_contact', from: before.firstContactAt, to: lead.firstContactAt },
  ];
  return moves.reduce<Decision>(
    (sum, { fact, from, to }) => {
      if (from === null || to === null || from === to) return sum;
      const started = world.policy.commitments.filter(({ start }) => start === fact).map(({ id }) => id);
      return sum.lead.clocks
        .filter((clock) => started.includes(clock.commitment) && clock.startedAt === from)
        .reduce((all, clock) => and(all, restart(world, all.lead, clock, to)), sum);
    },
    { lead, effects: [] },
  );
}

/** The clock as it is with another start; one that was met already is judged again by its new deadline. */
function restart({ policy, now }: World, lead: Lead, clock: Clock, startedAt: string): Decision {
  if (clock.status === 'cancelled') return { lead, effects: [] };
  const row = policy.commitments.find(({ id }) => id === clock.commitment);
  const countsFrom = iso(nextOpening(calendarOf(policy, clock.calendar), storedMs(startedAt)));
  const moved = reckon(policy, row, { ...clock, startedAt, countsFrom }, lead.tier, now);
  const why = `It starts with ${startedAt}, which was told only now, and is due ${moved.dueAt}.`;
  const told = entry(now, 'clock_start_moved', why, { clock, key: startedAt });
  if (isOpen(clock) || clock.metAt === null) {
    const running: Decision = { lead: withClock(lead, moved), effects: [told] };
    return and(running, wakeInTime(policy, running.lead, moved, now));
  }
  const judged = metClock(moved, storedMs(clock.metAt), clock.metBy, now, why);
  const turned = judged.status !== clock.status;
  const current = withClock(lead, turned ? judged : moved);
  return { lead: current, effects: [told, ...(turned ? metEffects(current, judged, now) : [])] };
}
