/** A support ticket: a subject of the same clocks as a lead, with an item of its own (policy book §16). */
import type { Iso } from '../time.ts';
import type { Clock } from './clock.ts';
import type { Effect } from './effects.ts';
import type { HeldNotice } from './lead.ts';

/** What the service desk says of a ticket. */
export interface TicketFacts {
  ticketId: string;
  /** Where the ticket lies at home: what its id is made of. */
  desk: { system: string; recordId: string; url?: string | undefined };
  customer: {
    id: string;
    /** A row of the policy's support customers; null for one of no kind. */
    kind: string | null;
  };
  /** A row of the policy's severities; null while nobody has judged it. */
  severity: string | null;
  /** A row of the policy's services or any other name; null for none. */
  service: string | null;
  /** The customer's zone, and the key of the public holidays there. */
  zone: { timeZone: string; holidays: string | null };
  /** Who owes; a person's id. */
  ownerId: string | null;
}

/** Time that counts for no clock of the ticket. */
export interface TicketExclusion {
  /** A row of the policy's exclusions that pauses. */
  exclusion: string;
  from: Iso;
  /** Null: until somebody ends it. */
  to: Iso | null;
  by: string;
}

export interface Ticket extends TicketFacts {
  /** Counts up with each save; the condition of the next save. */
  version: number;
  openedAt: Iso;
  receivedAt: Iso;
  state: 'open' | 'answered' | 'resolved';
  firstResponseAt: Iso | null;
  resolvedAt: Iso | null;
  /** How often the customer was answered, the resolution included. */
  contacts: number;
  /** Instants of what has been told of it: answers, resolutions, reopenings. A repetition is known by its own. */
  told: Iso[];
  reopened: number;
  exclusions: TicketExclusion[];
  clocks: Clock[];
  held: HeldNotice[];
  policyVersion: string;
  /** Effects of past saves that are not known to be performed; the reconciler finishes them. */
  owed: Effect[];
}
