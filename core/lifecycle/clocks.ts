/** Opening and meeting clocks by events: the one engine for every row of the policy's commitments. */
import { calendarOf, describeSpan, nextOpening } from '../calendar/index.ts';
import type { CalendarRef, Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Effect } from '../model/effects.ts';
import type { Lead } from '../model/lead.ts';
import type { CommitmentRow } from '../policy/schema/commitments.ts';
import type { Decision } from '../ladder/facts.ts';
import { entry, event } from '../ladder/facts.ts';
import { calendarIn } from '../qualification/calendar.ts';
import { openClock } from '../ladder/open-clock.ts';
import type { World } from '../ladder/tell.ts';
import type { EpochMs } from '../time.ts';
import { iso, storedMs } from '../time.ts';

/** Where the strictest row of policy book §3 applies: what the target `lead` stands for. */
export interface LeadTarget {
  target: string;
  targetFrom: string;
  calendar: CalendarRef;
  startedAt: string;
  countsFrom: string;
}

/**
 * Opens a clock for every enforced commitment of a lead that starts with this event.
 * @param strictest what the target `lead` stands for now
 */
export function openClocks(world: World, lead: Lead, startEvent: string, strictest: LeadTarget): Decision {
  const rows = world.policy.commitments.filter(
    (row) => row.enforced && row.subject === 'lead' && row.start === startEvent,
  );
  return rows.reduce<Decision>(
    (decision, row) => {
      const clock = openOne(world, decision.lead, row, strictest);
      const opened = entry(world.now, 'clock_started', clock.explanation, { clock });
      return {
        lead: { ...decision.lead, clocks: [...decision.lead.clocks, clock] },
        effects: [...decision.effects, opened],
      };
    },
    { lead, effects: [] },
  );
}

function openOne(world: World, lead: Lead, row: CommitmentRow, strictest: LeadTarget): Clock {
  const n = lead.clocks.filter((clock) => clock.commitment === row.id).length + 1;
  const owes = row.owes === 'owner' ? (lead.owner?.personId ?? null) : null;
  const terms =
    row.target === 'lead' ? strictest : ownTerms(world, lead, row, row.target, strictest.startedAt);
  const { calendar, target, targetFrom, startedAt, countsFrom } = terms;
  const explanation = explain(row, target, targetFrom, calendar, countsFrom);
  const identity = { n, cycle: lead.cycle, owes, tier: lead.tier };
  const reckoned = { calendar, target, targetFrom, startedAt, countsFrom };
  return openClock(world.policy, row, { ...identity, ...reckoned, explanation });
}

/** What a commitment with a target of its own counts with: its own calendar, from the next opening on. */
function ownTerms(
  world: World,
  lead: Lead,
  row: CommitmentRow,
  target: string,
  startedAt: string,
): LeadTarget {
  const calendar = calendarOfLead(world, lead, row.calendar);
  const countsFrom = iso(nextOpening(calendarOf(world.policy, calendar), storedMs(startedAt)));
  const allowed = target === 'at_once' ? 'PT0S' : target;
  return { calendar, target: allowed, targetFrom: `commitment ${row.id}`, startedAt, countsFrom };
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

/** Meets every open clock whose stop events hold this one, at an instant of our own (an assignment, an acceptance). */
export function meetClocks(world: World, lead: Lead, stopEvent: string): Decision {
  const effects: Effect[] = [];
  const clocks = lead.clocks.map((clock) => {
    if (!isOpen(clock) || !clock.stop.includes(stopEvent)) return clock;
    const met = metClock(clock, world.now, null, world.now, `${stopEvent} at ${iso(world.now)}.`);
    effects.push(...metEffects(lead, met, world.now));
    return met;
  });
  return { lead: { ...lead, clocks }, effects };
}

/** The clock with the verdict that an instant gives it: met up to and including the deadline, missed after it. */
export function metClock(clock: Clock, at: EpochMs, by: string | null, now: EpochMs, because: string): Clock {
  const verdict = at <= storedMs(clock.dueAt) ? ('met' as const) : ('missed' as const);
  const verdicts = [...clock.verdicts, { at: iso(now), verdict, of: iso(at), because }];
  return { ...clock, status: verdict, metAt: iso(at), metBy: by, verdicts, wakeAt: clock.wakeAt };
}

/** What is told when a clock is met (or met too late). */
export function metEffects(lead: Lead, clock: Clock, now: EpochMs): Effect[] {
  const inTime = clock.status === 'met';
  const why = `${clock.metAt} against a deadline of ${clock.dueAt}: ${inTime ? 'in time' : 'too late'}.`;
  const verdict = inTime ? 'met' : 'missed';
  return [
    entry(now, inTime ? 'clock_met' : 'clock_met_late', why, { clock }),
    event(lead, 'SlaMet', now, { clock }, { verdict, metAt: clock.metAt }),
  ];
}
