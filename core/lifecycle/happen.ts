/**
 * Something has happened to a lead: the one way in which facts meet the clocks that they stop and open those that they
 * start, for every row of the policy alike (docs/adr/0022-facts-happen-in-order.md).
 */
import { calendarOf, nextOpening } from '../calendar/index.ts';
import { isOpen } from '../model/clock.ts';
import type { Clock } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { CommitmentRow } from '../policy/schema/commitments.ts';
import { qualify } from '../qualification/index.ts';
import type { About } from '../ladder/appointed.ts';
import type { Decision } from '../ladder/facts.ts';
import { and } from '../ladder/facts.ts';
import { cadenceStep } from '../cadence/step.ts';
import { dropHeldOf } from '../ladder/held.ts';
import { endDuePauses, pauseAlike } from '../ladder/pause.ts';
import type { World } from '../ladder/tell.ts';
import type { EpochMs } from '../time.ts';
import { iso } from '../time.ts';
import { catchUp } from './catch-up.ts';
import { clocksOfRow, meetClocks, openRow, rowsStartedBy } from './clocks.ts';
import type { LeadTarget } from './clocks.ts';
import { restartClocks, restarts } from './restart.ts';
import { startNow } from './start-now.ts';

/**
 * Meets every open clock that one of the facts stops, opens one for each enforced row that starts with one of them (no
 * second one while one of the same commitment is open in this cycle), and starts the executions that start at once.
 *
 * Facts happen in their order: a later one may stop what an earlier one has started. A clock is opened again by the
 * fact that met it only where the row starts with what stops it; the same facts again at the same instant change
 * nothing. Nothing happens to an erased lead.
 * @param facts words of the policy's rows, e.g. `lead_accepted`
 * @param at when it was, now or before
 * @param about the meeting that the facts are about: they meet and open its clocks and no other meeting's; the instant
 *   that was agreed on, by which some of them count
 */
export function happen(
  world: World,
  lead: Lead,
  facts: readonly string[],
  at: EpochMs = world.now,
  about: About = {},
): Decision {
  return settle(world, lead, takeFacts(world, lead, facts, at, about));
}

/** What has been opened stands still if the lead does, and gets its execution; the cadence is brought in line. */
export function settle(world: World, before: Lead, decision: Decision): Decision {
  const { lead } = decision;
  const paused = lead.clocks.find((clock) => isOpen(clock) && clock.status === 'paused');
  const grown = lead.clocks.length > before.clocks.length;
  const alike = grown && paused !== undefined ? and(decision, pauseAlike(lead, paused, world.now)) : decision;
  const started = startNow(world, alike);
  return and(started, cadenceStep(world, started.lead));
}

/** As {@link happen}, before anything is started: for what is opened and met in one decision. */
export function takeFacts(
  world: World,
  before: Lead,
  facts: readonly string[],
  at: EpochMs,
  about: About = {},
): Decision {
  if (before.erasedAt !== null) return { lead: before, effects: [] };
  const once = [...new Set(facts)];
  return once.reduce<Decision>(
    (sum, fact, i) => and(sum, takeFact(world, sum.lead, fact, { at, about, others: once.slice(i) })),
    endDuePauses(world.policy, before, world.now),
  );
}

/** @param others the facts of the same instant that have not had their turn, this one included */
function takeFact(
  world: World,
  lead: Lead,
  fact: string,
  { at, about, others }: { at: EpochMs; about: About; others: readonly string[] },
): Decision {
  const restarted = restartClocks(world, lead, fact, at);
  const before = restarted.lead;
  const instant = iso(at);
  // What a fact of this instant has started that comes only now was started when these facts were told before.
  const isOwn = (clock: Clock): boolean =>
    clock.startedAt === instant && others.includes(startOf(world, clock) ?? '');
  const isAbout = (clock: Clock): boolean =>
    about.meetingId === undefined || clock.about === undefined || clock.about === about.meetingId;
  const isMeant = (clock: Clock): boolean => clock.startedAt <= instant && isAbout(clock) && !isOwn(clock);
  const met = meetClocks(world, before, fact, at, isMeant);
  const dropped = before.clocks
    .filter((clock, i) => clock !== met.lead.clocks[i])
    .reduce((sum, clock) => and(sum, dropHeldOf(world, sum.lead, clock)), and(restarted, met));
  return rowsStartedBy(world, dropped.lead, fact, about)
    .filter(
      (row) =>
        !clocksOfRow(dropped.lead, row, about).some(
          (clock) => isAgreed(clock, about) && isDone(row, clock, others, instant),
        ),
    )
    .reduce((sum, row) => and(sum, open(world, sum.lead, row, { at, about })), dropped);
}

/**
 * Whether the clock was started at this very instant, or met at it by this fact or by one whose turn comes only now: it
 * was open then. What begins anew is not done by being met.
 */
function isDone(row: CommitmentRow, clock: Clock, others: readonly string[], instant: string): boolean {
  const [fact] = others;
  const meets = others.filter((other) => other !== fact || !restarts(row));
  const isMet = clock.metAt === instant && clock.stop.some((stop) => meets.includes(stop));
  return clock.startedAt === instant || isMet;
}

/** Another instant that was agreed on makes another clock. */
function isAgreed(clock: Clock, { appointed }: About): boolean {
  return clock.appointed === undefined || clock.appointed.at === appointed;
}

function open(
  world: World,
  lead: Lead,
  row: CommitmentRow,
  { at, about }: { at: EpochMs; about: About },
): Decision {
  const opened = openRow(world, lead, row, iso(at), () => termsAt(world, lead, at), about);
  const clock = opened.lead.clocks.at(-1);
  return at < world.now && clock !== undefined ? and(opened, catchUp(world, opened.lead, clock)) : opened;
}

/** The target of the kind of lead, counted from this instant. */
function termsAt(world: World, lead: Lead, at: EpochMs): LeadTarget {
  const startedAt = iso(at);
  const { target, targetFrom, calendar } = qualify(world.policy, lead, at);
  const countsFrom = iso(nextOpening(calendarOf(world.policy, calendar), at));
  return { target, targetFrom, calendar, startedAt, countsFrom };
}

function startOf(world: World, clock: Clock): string | undefined {
  return world.policy.commitments.find((row) => row.id === clock.commitment)?.start;
}
