/** What somebody has typed about a lead after its first attempt goes with the personal data; what is counted stays. */
import type { Ae, Handoff, Life, Opportunity, SqlFacts } from '../model/life.ts';
import type { Meeting } from '../model/pipeline.ts';
import type { Iso } from '../time.ts';
import { REMOVED } from './typed.ts';

/** The life without a word that may name the prospect. Codes, reasons of the policy, instants and people of ours stay. */
export function untypedLife(life: Life, now: Iso): Life {
  const { sql, briefing, handoff, pastHandoffs, opportunity, meetings, disposition } = life;
  return {
    ...life,
    sql: sql === null ? null : untypedSql(sql),
    briefing: briefing === null ? null : { ...briefing, parts: removed(briefing.parts) },
    handoff: handoff === null ? null : untypedHandoff(handoff),
    pastHandoffs: pastHandoffs.map(untypedHandoff),
    opportunity: opportunity === null ? null : untypedOpportunity(opportunity),
    meetings: meetings.map(untypedMeeting),
    disposition:
      disposition === null ? null : { ...disposition, detail: disposition.detail === null ? null : REMOVED },
    // Nobody works on it from now on.
    closedAt: life.closedAt ?? now,
  };
}

function untypedSql(sql: SqlFacts): SqlFacts {
  const { startsAt, link } = sql.meeting;
  return {
    ...sql,
    meeting: { startsAt, link: link === null ? null : REMOVED },
    pain: REMOVED,
    timeline: REMOVED,
    meddpic: removed(sql.meddpic),
  };
}

function untypedHandoff(handoff: Handoff): Handoff {
  return { ...handoff, ae: untypedAe(handoff.ae) };
}

/** Who was named by hand got it for a reason that somebody typed. */
function untypedAe(ae: Ae): Ae {
  const { moved } = ae;
  if (moved !== undefined) return { ...ae, reason: REMOVED, moved: { ...moved, reason: REMOVED } };
  return ae.via === 'by_hand' ? { ...ae, reason: REMOVED } : ae;
}

function untypedOpportunity(opportunity: Opportunity): Opportunity {
  const { discoveryDelay, nextStep, closed } = opportunity;
  return {
    ...opportunity,
    ...(discoveryDelay !== undefined && { discoveryDelay: { ...discoveryDelay, reason: REMOVED } }),
    nextStep: nextStep === null ? null : { ...nextStep, what: REMOVED },
    closed: closed === null || closed.detail === null ? closed : { ...closed, detail: REMOVED },
  };
}

function untypedMeeting(meeting: Meeting): Meeting {
  const { notes } = meeting;
  return notes === null ? meeting : { ...meeting, notes: { ...notes, text: REMOVED } };
}

function removed(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(texts).map((key) => [key, REMOVED]));
}
