/** A qualification in plain sentences, for whoever disputes it (design, principle 7). */
import { describeSpan, localText } from '../calendar/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { PriorityRow, SegmentRow, SourceRow, TierRow } from '../policy/schema/lead-kinds.ts';
import type { EpochMs } from '../time.ts';
import { epochMs } from '../time.ts';
import type { AfterHours } from './after-hours.ts';
import type { Candidate } from './target.ts';
import type { Place } from './zone.ts';

export interface Finding {
  at: EpochMs;
  calendar: Calendar;
  qualifiedAt: string;
  started: EpochMs;
  countsFrom: EpochMs;
  notBefore: EpochMs | null;
  held: Candidate & { dueAt: EpochMs };
  outside: AfterHours | null;
  source: SourceRow;
  tier: { row: TierRow; because: string };
  segment: { row: SegmentRow; because: string } | null;
  priority: { row: PriorityRow; because: string };
  place: Place;
}

/** At most seven sentences: target, kind, then what moved the clock, where the prospect is, what to mind. */
export function explain(f: Finding): string[] {
  const local = (at: EpochMs) => `${localText(f.calendar, at)} (${f.calendar.timeZone})`;
  const segment = f.segment
    ? `segment ${f.segment.row.id} (${f.segment.because})`
    : 'no segment, since the size of the company is not known';
  return [
    `A first attempt is due within ${describeSpan(f.held.target)} (${f.held.targetFrom}), by ${local(f.held.dueAt)}.`,
    `Source ${f.source.id}, tier ${f.tier.row.tier} (${f.tier.because}), ${segment}, ` +
      `priority ${f.priority.row.id} (${f.priority.because}).`,
    ...eventSentence(f, local),
    ...hoursSentence(f, local),
    `The prospect's time zone is ${f.place.zone.timeZone}, taken from ${f.place.zone.from}.`,
    ...(f.notBefore === null ? [] : [`An attempt is best made no sooner than ${local(f.notBefore)}.`]),
    ...(f.held.dueAt < f.at ? [`The target was used up before the lead arrived on ${local(f.at)}.`] : []),
  ];
}

function eventSentence(f: Finding, local: (at: EpochMs) => string): string[] {
  if (f.started === epochMs(f.qualifiedAt)) return [];
  return [`The clock starts when the event ends, on ${local(f.started)}.`];
}

function hoursSentence(f: Finding, local: (at: EpochMs) => string): string[] {
  if (f.outside === null) return [];
  if (f.outside.kind === 'on_call') {
    return [
      `It started outside business hours and goes to somebody on call because of ${f.outside.because}.`,
    ];
  }
  return [
    `It started outside business hours, so that the clock counts from the next opening, ${local(f.countsFrom)}.`,
  ];
}
