/** Nobody in Sales works on a lead any more: it was rejected, recycled, disqualified or converted (policy book §8, §13). */
import type { Clock } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { CommitmentRow } from '../policy/schema/commitments.ts';
import { CHECK_IN } from '../ladder/appointed.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { iso } from '../time.ts';
import { cancelClocks } from './cancel.ts';

/** Facts by which a lead leaves Sales, and what is agreed on then. What the policy lets begin with them comes after. */
const LEAVING: readonly string[] = ['lead_rejected', 'lead_recycled', 'lead_disqualified', CHECK_IN];
/** Those who work on a lead. */
const SALES: readonly CommitmentRow['owes'][] = ['owner', 'sdr', 'ae'];

/**
 * The lead with its end noted, its open clocks cancelled, and the messages that wait for somebody's hours dropped.
 * Clocks and messages that the leaving itself has brought about for others, a task for Marketing say, stay. The status
 * is the caller's. Closing twice is closing once.
 */
export function closeLead(world: World, lead: Lead, why: string): Decision {
  if (lead.life.closedAt !== null) return { lead, effects: [] };
  const now = iso(world.now);
  const cancelled = cancelClocks(world, lead, (clock) => !comesAfter(world, clock, now), why);
  const isOver = ({ notice }: Lead['held'][number]): boolean => notice.at !== now;
  const dropped = cancelled.lead.held.filter(isOver);
  const closed: Lead = {
    ...cancelled.lead,
    held: cancelled.lead.held.filter((held) => !isOver(held)),
    unassignedSince: null,
    retryAssignAt: null,
    life: { ...lead.life, closedAt: now },
  };
  const effects = dropped.map(({ notice }) =>
    entry(world.now, 'held_message_dropped', why, { key: notice.id }),
  );
  return and(cancelled, { lead: closed, effects });
}

/** Whether a commitment of Sales does not begin any more: nobody works on the lead, whatever is recorded of it later. */
export function isOverFor({ life }: Lead, { owes, start }: Pick<CommitmentRow, 'owes' | 'start'>): boolean {
  return life.closedAt !== null && SALES.includes(owes) && !LEAVING.includes(start);
}

function comesAfter({ policy }: World, clock: Clock, now: string): boolean {
  const row = policy.commitments.find(({ id }) => id === clock.commitment);
  if (row === undefined) return false;
  return LEAVING.includes(row.start) || (clock.startedAt === now && !SALES.includes(row.owes));
}
