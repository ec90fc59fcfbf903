/** What kind of lead it is, what it is owed, and why (policy book §3 and §4). */
import { calendarOf, deadline, isOpenAt, nextOpening, parseSpan } from '../calendar/index.ts';
import type { CalendarRef } from '../model/clock.ts';
import type { Lead, LeadFacts, Priority, Segment, Tier } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { SourceRow } from '../policy/schema/lead-kinds.ts';
import type { EpochMs, Iso } from '../time.ts';
import { iso } from '../time.ts';
import { afterHoursOf } from './after-hours.ts';
import { calendarFor, responseCalendarId } from './calendar.ts';
import { explain } from './explain.ts';
import { priorityOf } from './priority.ts';
import { segmentOf, segmentTarget } from './segment.ts';
import { clockStart, sourceRow } from './source.ts';
import type { Candidate } from './target.ts';
import { strictest } from './target.ts';
import { territoryOf } from './territory.ts';
import { tierOf } from './tier.ts';
import { placeOf } from './zone.ts';

export { UnknownSource } from './source.ts';

export interface Qualification {
  source: SourceRow;
  tier: Tier;
  /** Null while neither employees nor revenue of the company are known. */
  segment: Segment | null;
  priority: Priority;
  territory: string | null;
  zone: Lead['zone'];
  /** Outside hours: `on_call`, or `acknowledged` by mail; null within hours. */
  afterHours: 'on_call' | 'acknowledged' | null;
  /** Business time allowed, and the row it comes from, e.g. `source demo_request`. */
  target: string;
  targetFrom: string;
  calendar: CalendarRef;
  startedAt: Iso;
  /** From where business time is counted: `startedAt` or the next opening after it. */
  countsFrom: Iso;
  dueAt: Iso;
  /** An attempt is best made no sooner; null if no such instant holds. */
  notBefore: Iso | null;
  /** Plain sentences: the target first, then the kind of lead, then the place. */
  explanation: string[];
}

/**
 * Classifies a lead and says which target holds: of source, segment, tier and priority the strictest; outside hours
 * the row for after hours instead. The clock starts when the lead qualified, or when its event ended (webinar).
 * @param at the instant of arrival: only for saying that a target was used up before
 * @throws UnknownSource if the policy does not have the lead's source
 */
export function qualify(policy: CompiledPolicy, facts: LeadFacts, at: EpochMs): Qualification {
  const source = sourceRow(policy, facts.source);
  const traits = { ...facts, intent: source.intent };
  const tier = tierOf(policy, traits);
  const segment = segmentOf(policy, facts.company);
  const priority = priorityOf(policy, traits);
  const place = placeOf(policy, facts.contact);
  const territory = territoryOf(policy, place.country, place.region)?.id ?? null;
  const route = {
    segment: segment?.row.id ?? null,
    territory,
    vertical: facts.company.industry ?? null,
    partnerId: facts.partner?.id ?? null,
    source: source.id,
  };

  const started = clockStart(source, facts);
  const hours = calendarFor(policy, responseCalendarId(policy), place, route);
  const open = isOpenAt(calendarOf(policy, hours), started);
  const outside = open ? null : afterHoursOf(policy, tier.row, traits);
  const reference = outside?.kind === 'on_call' ? calendarFor(policy, outside.calendar, place, route) : hours;
  const calendar = calendarOf(policy, reference);
  const countsFrom = nextOpening(calendar, started);

  const bySegment = segment === null ? null : segmentTarget(segment.row, traits);
  const rows: Candidate[] = [
    { target: source.target, targetFrom: `source ${source.id}` },
    ...(segment && bySegment !== null
      ? [{ target: bySegment, targetFrom: `segment ${segment.row.id}` }]
      : []),
    { target: tier.row.target, targetFrom: `tier ${tier.row.tier}` },
    { target: priority.row.target, targetFrom: `priority ${priority.row.id}` },
  ];
  const held = strictest(calendar, countsFrom, outside ? [outside] : rows);
  const notBefore =
    source.notBefore !== undefined && held.targetFrom === `source ${source.id}`
      ? deadline(calendar, countsFrom, parseSpan(source.notBefore))
      : null;

  return {
    source,
    tier: tier.row.tier,
    segment: route.segment,
    priority: priority.row.id,
    territory,
    zone: place.zone,
    afterHours: outside?.kind ?? null,
    target: held.target,
    targetFrom: held.targetFrom,
    calendar: reference,
    startedAt: iso(started),
    countsFrom: iso(countsFrom),
    dueAt: iso(held.dueAt),
    notBefore: notBefore === null ? null : iso(notBefore),
    explanation: explain({
      at,
      calendar,
      qualifiedAt: facts.qualifiedAt,
      started,
      countsFrom,
      notBefore,
      held,
      outside,
      source,
      tier,
      segment,
      priority,
      place,
    }),
  };
}
