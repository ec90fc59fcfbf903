/** A support ticket: a subject of the same clocks as a lead, with an item of its own (policy book §16). */
import type { Iso } from '../time.ts';
import type { Clock } from './clock.ts';

export interface Ticket {
  ticketId: string;
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
  openedAt: Iso;
  state: 'open' | 'answered' | 'resolved';
  firstResponseAt: Iso | null;
  resolvedAt: Iso | null;
  /** How often the customer was answered, the resolution included. */
  contacts: number;
  reopened: number;
  clocks: Clock[];
}
