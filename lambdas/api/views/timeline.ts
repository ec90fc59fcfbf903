/** The timeline as the API shows it. */
import type { TimelineEntry } from '../../../core/model/effects.ts';

/** What comes first of several facts of one instant: causes before their consequences. */
const ORDER = [
  'lead_received',
  'ticket_opened',
  'inquiry_received',
  'lead_updated',
  'review_accepted',
  'review_left',
  'review_lapsed',
  'lead_returned',
  'lead_qualified',
  'lead_held',
  'clock_started',
  'attempt_recorded',
  'rung',
  'other',
  'clock_met',
  'finished_by_reconciler',
];

/** Entries oldest first; those of one instant in the order of cause and consequence. */
export function inOrder(entries: TimelineEntry[]): TimelineEntry[] {
  return entries.toSorted((a, b) => (a.at === b.at ? rank(a) - rank(b) : a.at < b.at ? -1 : 1));
}

function rank({ what }: TimelineEntry): number {
  const kind = ORDER.find((start) => what.startsWith(start)) ?? 'other';
  return ORDER.indexOf(kind);
}
