/** How leads and tickets lie in their table: keys, and the attributes that its indexes are made of. */
import { z } from 'zod';
import { attentionAt } from '../../../core/lifecycle/attention.ts';
import { isOpen } from '../../../core/model/clock.ts';
import { completeLead, completeTicket } from '../../../core/model/complete.ts';
import type { Lead, LeadStatus } from '../../../core/model/lead.ts';
import type { Ticket } from '../../../core/model/ticket.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { iso, type EpochMs } from '../../../core/time.ts';
import type { Item } from '../dynamo.ts';
import { isTicketId } from '../ticket-id.ts';

/** Sorts after every deadline: first the leads whose clocks are all paused, then those on which nothing runs. */
const ALL_PAUSED = '9998-12-31T23:59:59.999Z';
export const NOTHING_DUE = '9999-12-31T23:59:59.999Z';
/** One partition: a write to it is small, and a few thousand a second are far beyond any sales floor. */
export const ATTENTION_SHARD = 'ATTENTION';

/** Statuses in which a lead is nobody's work any more. */
const GONE: readonly LeadStatus[] = ['nurture', 'opportunity', 'recycled', 'disqualified', 'rejected'];

export function leadKey(leadId: string): { pk: string; sk: string } {
  return { pk: partition(leadId), sk: 'LEAD' };
}

export function ticketKey(ticketId: string): { pk: string; sk: string } {
  return { pk: partition(ticketId), sk: 'TICKET' };
}

/** Where a lead or a ticket lies, with all that belongs to it. */
export function partition(subjectId: string): string {
  return `${isTicketId(subjectId) ? 'TICKET' : 'LEAD'}#${subjectId}`;
}

export const ownerKey = (personId: string) => `OWNER#${personId}`;
export const statusKey = (status: string) => `STATUS#${status}`;
export const poolKey = (poolId: string) => `POOL#${poolId}`;
/** A ticket lies under its customer where a lead lies under its pool. */
export const customerKey = (customerId: string) => `CUSTOMER#${customerId}`;

/** The lead's item with all index attributes; an absent attribute keeps it out of that index. */
export function leadItem(lead: Lead, policy: CompiledPolicy, now: EpochMs): Item {
  const attention = attentionAt(lead, policy, now);
  return {
    ...leadKey(lead.leadId),
    version: lead.version,
    statusKey: statusKey(lead.status),
    poolKey: poolKey(lead.poolId),
    dueKey: `${dueOf(lead)}#${lead.leadId}`,
    ...(lead.owner !== null && !GONE.includes(lead.status) && { ownerKey: ownerKey(lead.owner.personId) }),
    ...(attention !== null && { attentionShard: ATTENTION_SHARD, attentionAt: iso(attention) }),
    lead,
  };
}

/** The ticket's item: in the list of its customer, by when a clock of it was due last. */
export function ticketItem(ticket: Ticket, policy: CompiledPolicy, now: EpochMs): Item {
  const attention = attentionAt(ticket, policy, now);
  return {
    ...ticketKey(ticket.ticketId),
    version: ticket.version,
    poolKey: customerKey(ticket.customer.id),
    dueKey: `${lastDueOf(ticket)}#${ticket.ticketId}`,
    ...(attention !== null && { attentionShard: ATTENTION_SHARD, attentionAt: iso(attention) }),
    ticket,
  };
}

/** After it no clock of the ticket is due; one that is open may still move. */
function lastDueOf({ clocks }: Ticket): string {
  if (clocks.some(isOpen)) return NOTHING_DUE;
  return (
    clocks
      .map(({ dueAt }) => dueAt)
      .sort()
      .at(-1) ?? NOTHING_DUE
  );
}

/** The soonest deadline of the clocks that run. */
function dueOf(lead: Lead): string {
  const open = lead.clocks.filter(isOpen);
  const running = open.filter((clock) => clock.status !== 'paused').map((clock) => clock.dueAt);
  return running.sort()[0] ?? (open.length > 0 ? ALL_PAUSED : NOTHING_DUE);
}

// Items are written by this code or another version of it: reading checks that it is such an item, and completes it.
const leadItemSchema = z.object({ lead: z.custom<Lead>(hasText('leadId')) });
const ticketItemSchema = z.object({ ticket: z.custom<Ticket>(hasText('ticketId')) });
const SUBJECT = /^(LEAD|TICKET)#/;
const indexEntrySchema = z.object({ pk: z.string().regex(SUBJECT), dueKey: z.string().optional() });

export function leadOf(item: Item): Lead {
  return completeLead(leadItemSchema.parse(item).lead);
}

export function ticketOf(item: Item): Ticket {
  return completeTicket(ticketItemSchema.parse(item).ticket);
}

/** Id and sort key of an entry of an index. */
export function entryOf(item: Item): { leadId: string; dueKey: string } {
  const entry = indexEntrySchema.parse(item);
  return { leadId: entry.pk.replace(SUBJECT, ''), dueKey: entry.dueKey ?? '' };
}

/** A check that a value is an object with this text in it: how our own items are told from anything else. */
export function hasText(key: string): (value: unknown) => boolean {
  const schema = z.looseObject({ [key]: z.string() });
  return (value) => schema.safeParse(value).success;
}
