/** Opening and meeting clocks by events: the one engine for every row of the policy's commitments. */
import {
  businessDay,
  calendarOf,
  describeSpan,
  elapsed,
  formatSpan,
  nextOpening,
  untilClose,
} from '../calendar/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { CalendarRef, Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { Subject } from '../model/subject.ts';
import type { CommitmentRow } from '../policy/schema/commitments.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import { calendarIn } from '../qualification/calendar.ts';
import { isAmong, traitsOf } from '../routing/index.ts';
import type { About } from '../ladder/appointed.ts';
import { appointedTarget, passingOver, spanBefore } from '../ladder/appointed.ts';
import { openClock } from '../ladder/open-clock.ts';
import { whoOwes } from '../ladder/owes.ts';
import type { World } from '../ladder/tell.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso, storedMs } from '../time.ts';
import { isOverFor } from './close.ts';
import { isTurned, overturn } from './overturn.ts';

/** Where the strictest row of policy book §3 applies: what the target `lead` stands for. */
export interface LeadTarget {
  target: string;
  targetFrom: string;
  calendar: CalendarRef;
  startedAt: string;
  countsFrom: string;
}

/**
 * Opens a clock for every enforced commitment that starts with this event, and none of which one is open already.
 * @param strictest what the target `lead` stands for now
 */
export function openClocks(world: World, lead: Lead, startEvent: string, strictest: LeadTarget): Decision {
  return rowsStartedBy(world, lead, startEvent).reduce<Decision>(
    (sum, row) =>
      and(
        sum,
        openRow(world, sum.lead, row, strictest.startedAt, () => strictest),
      ),
    { lead, effects: [] },
  );
}

/** Whether a commitment is enforced, and of this lead. */
export function isOwed({ enforced, when }: CommitmentRow, lead: Lead): boolean {
  return enforced && (when === undefined || isAmong(when, { ...traitsOf(lead), source: lead.source }));
}

/** The enforced rows that start with an event, of what the lead has, and of which no clock is open in its cycle. */
export function rowsStartedBy(
  world: World,
  lead: Lead,
  startEvent: string,
  about: About = {},
): CommitmentRow[] {
  return world.policy.commitments.filter(
    (row) =>
      isOwed(row, lead) &&
      row.start === startEvent &&
      !isOverFor(lead, row) &&
      hasSubject(lead, row, about) &&
      !row.stop.some((stop) => about.done?.includes(stop)) &&
      !clocksOfRow(lead, row, about).some(isOpen),
  );
}

/** The clocks of a commitment in the present cycle; of one about meetings, those of this meeting. */
export function clocksOfRow(lead: Lead, row: CommitmentRow, { meetingId }: About): Clock[] {
  return lead.clocks.filter(
    (clock) =>
      clock.commitment === row.id &&
      clock.cycle === lead.cycle &&
      (row.subject !== 'meeting' || clock.about === meetingId),
  );
}

/** Whether the lead has what the commitment is about: of a deal that is over, and of its meetings, nobody owes more. */
function hasSubject({ life }: Lead, { subject, target }: CommitmentRow, about: About): boolean {
  if (appointedTarget(target) !== null && about.appointed === undefined) return false;
  const isOver = life.closedAt !== null;
  switch (subject) {
    case 'lead':
      return true;
    case 'opportunity':
      return life.opportunity !== null && !isOver;
    case 'meeting':
      return about.meetingId !== undefined && !isOver;
    default:
      return false;
  }
}

/**
 * The lead with one more clock, and what the history says of it.
 * @param strictest what the target `lead` stands for; asked only for a row that has it
 */
export function openRow(
  world: World,
  lead: Lead,
  row: CommitmentRow,
  startedAt: Iso,
  strictest: () => LeadTarget,
  about: About = {},
): Decision {
  const terms =
    row.target === 'lead' ? strictest() : ownTerms(world, lead, row, row.target, startedAt, about);
  const clock = passingOver(openOne(world, lead, row, terms, about), storedMs(startedAt));
  return {
    lead: { ...lead, clocks: [...lead.clocks, clock] },
    effects: [entry(world.now, 'clock_started', clock.explanation, { clock })],
  };
}

function openOne(world: World, lead: Lead, row: CommitmentRow, terms: LeadTarget, about: About): Clock {
  const n = lead.clocks.filter((clock) => clock.commitment === row.id).length + 1;
  const { calendar, target, targetFrom, startedAt, countsFrom } = terms;
  const agreed = appointedTarget(row.target);
  const appointed =
    agreed === null || about.appointed === undefined ? undefined : { at: about.appointed, side: agreed.side };
  const explanation = explain(row, target, targetFrom, calendar, countsFrom);
  const identity = { n, cycle: lead.cycle, owes: whoOwes(lead, row), tier: lead.tier };
  const reckoned = { calendar, target, targetFrom, startedAt, countsFrom };
  const subject = row.subject === 'meeting' ? about.meetingId : undefined;
  return openClock(world.policy, row, {
    ...identity,
    ...reckoned,
    ...(subject !== undefined && { about: subject }),
    ...(appointed !== undefined && { appointed }),
    ...(about.listensFrom !== undefined && { listensFrom: about.listensFrom }),
    explanation,
  });
}

/** What the explanation says of a target that ends with a day. */
const IN_WORDS: ReadonlyMap<string, string> = new Map([
  ['same_business_day', ', until the close of the day'],
  ['next_business_day', ', until the close of the next business day'],
]);

/** What a commitment with a target of its own counts with: its own calendar, from the next opening on. */
function ownTerms(
  world: World,
  lead: Lead,
  row: CommitmentRow,
  target: string,
  startedAt: string,
  about: About,
): LeadTarget {
  const calendar = calendarOfLead(world, lead, row.calendar);
  const agreed = appointedTarget(target);
  if (agreed !== null && about.appointed !== undefined) {
    return agreedTerms(world, row, calendar, agreed, startedAt, about.appointed);
  }
  const hours = calendarOf(world.policy, calendar);
  const countsFrom = nextOpening(hours, storedMs(startedAt));
  const allowed = spanOf(target, hours, countsFrom);
  const how = IN_WORDS.get(target) ?? '';
  const targetFrom = `commitment ${row.id}${how}`;
  return { calendar, target: allowed, targetFrom, startedAt, countsFrom: iso(countsFrom) };
}

/** What a commitment counts with that is reckoned by an instant that was agreed on. */
function agreedTerms(
  world: World,
  row: CommitmentRow,
  calendar: CalendarRef,
  { side, span }: { side: 'before' | 'after'; span: string },
  startedAt: Iso,
  appointed: Iso,
): LeadTarget {
  const targetFrom = `commitment ${row.id}, ${side} ${appointed}`;
  if (side === 'before') {
    const target = spanBefore(row, span, storedMs(startedAt), storedMs(appointed));
    return { calendar, target, targetFrom, startedAt, countsFrom: startedAt };
  }
  const from = Math.max(storedMs(appointed), storedMs(startedAt));
  const countsFrom = iso(nextOpening(calendarOf(world.policy, calendar), from));
  return { calendar, target: span, targetFrom, startedAt, countsFrom };
}

/** A target in words is kept as the span that it comes to, so that pauses and extensions reckon with it as with any. */
function spanOf(target: string, hours: Calendar, countsFrom: EpochMs): string {
  if (target === 'at_once') return 'PT0S';
  if (target === 'same_business_day') return formatSpan(untilClose(hours, countsFrom));
  if (target !== 'next_business_day') return target;
  return formatSpan(elapsed(hours, countsFrom, businessDay(hours, countsFrom, 2).closes));
}

function explain(
  row: CommitmentRow,
  target: string,
  from: string,
  calendar: CalendarRef,
  countsFrom: string,
): string {
  const hours = `calendar ${calendar.id} in ${calendar.timeZone}`;
  return `${row.title}: ${describeSpan(target)} (${from}), counted from ${countsFrom} on ${hours}.`;
}

/** The calendar of a policy row for this lead: in the prospect's, the owner's, the pool's or a fixed zone (policy book §4). */
export function calendarOfLead(world: World, lead: Lead, calendarId: string): CalendarRef {
  const { policy, roster } = world;
  const owner = roster.people.find((person) => person.personId === lead.owner?.personId);
  const pool = policy.pools.find((candidate) => candidate.id === lead.poolId);
  return calendarIn(policy, calendarId, {
    prospect: lead.zone,
    pool: pool?.timeZone ?? policy.home.timeZone,
    owner: owner?.timeZone ?? null,
  });
}

/**
 * Meets every open clock whose stop events hold this one, at an instant of our own (an assignment, an acceptance).
 * @param meant which of them; all, unless told
 */
export function meetClocks(
  world: World,
  lead: Lead,
  stopEvent: string,
  at: EpochMs = world.now,
  meant: (clock: Clock) => boolean = () => true,
): Decision {
  const effects: Effect[] = [];
  const clocks = lead.clocks.map((clock) => {
    if (!isOpen(clock) || !clock.stop.includes(stopEvent) || !meant(clock)) return clock;
    const met = metClock(clock, at, null, world.now, `${stopEvent} at ${iso(at)}.`);
    effects.push(...metEffects(lead, met, world.now));
    const why = `The verdict is turned: ${stopEvent} was at ${iso(at)}, and is told only now.`;
    if (isTurned(clock, met)) effects.push(...overturn(world, lead, met, stopEvent, why));
    return met;
  });
  return { lead: effects.length === 0 ? lead : { ...lead, clocks }, effects };
}

/**
 * The clock with the verdict that an instant gives it: met up to and including the deadline, missed after it. The
 * history keeps the verdicts before it, but for one of just this instant: it was said too early that nobody had met it.
 */
export function metClock(clock: Clock, at: EpochMs, by: string | null, now: EpochMs, because: string): Clock {
  const verdict = at <= storedMs(clock.dueAt) ? ('met' as const) : ('missed' as const);
  const others = clock.verdicts.filter(({ of }) => verdict === 'missed' || of !== iso(at));
  const verdicts = [...others, { at: iso(now), verdict, of: iso(at), because }];
  return { ...clock, status: verdict, metAt: iso(at), metBy: by, verdicts, wakeAt: clock.wakeAt };
}

/** What is told when a clock is met (or met too late). */
export function metEffects(subject: Subject, clock: Clock, now: EpochMs): Effect[] {
  const inTime = clock.status === 'met';
  const why = `${clock.metAt} against a deadline of ${clock.dueAt}: ${inTime ? 'in time' : 'too late'}.`;
  const verdict = inTime ? 'met' : 'missed';
  return [
    entry(now, inTime ? 'clock_met' : 'clock_met_late', why, { clock }),
    event(subject, 'SlaMet', now, { clock }, { verdict, metAt: clock.metAt }),
  ];
}
