/** What clocks belong to: a lead or a ticket, each an item of its own. Most of the engine asks no more than this of it. */
import type { Lead } from './lead.ts';
import type { Ticket } from './ticket.ts';

export type Subject = Lead | Ticket;

export function isTicket(subject: Subject): subject is Ticket {
  return 'ticketId' in subject;
}

/** The id by which everything of a subject is kept; those of leads and of tickets are never the same. */
export function subjectIdOf(subject: Subject): string {
  return isTicket(subject) ? subject.ticketId : subject.leadId;
}

/** The subject as people read it: `lead lead-1`, `ticket ticket-1`. */
export function nameOf(subject: Subject): string {
  return isTicket(subject) ? `ticket ${subject.ticketId}` : `lead ${subject.leadId}`;
}
