/** What becomes of an MQL after the first attempt: acceptance, qualification, handoff, how it leaves (policy book §8 to §13). */
import type { Iso } from '../time.ts';
import type { MEDDPIC_ELEMENTS } from '../policy/schema/sql-gate.ts';
import type { Owner } from './lead.ts';
import type { Deal, Meeting } from './pipeline.ts';

export type MeddpicElement = (typeof MEDDPIC_ELEMENTS)[number];

/** What a person did, and when. */
export interface Act {
  at: Iso;
  /** A person's id. */
  by: string;
}

/** An SDR's refusal of an MQL, by one of Marketing's codes (§8). */
export interface Rejection extends Act {
  code: string;
  /** Whether the lead is held by it until Marketing has done what the code asks for. */
  holds: boolean;
  /** When that was done; null while it is not. */
  resolvedAt: Iso | null;
}

/** What makes an SQL of a SAL (§10). Texts are somebody's own words: shown, never put on the bus. */
export interface SqlFacts extends Act {
  /** The meeting that is booked with the prospect; null only for what the policy's gate does not ask for. */
  meeting: { startsAt: Iso | null; link: string | null };
  pain: string;
  timeline: string;
  meddpic: Partial<Record<MeddpicElement, string>>;
  /** Preferred elements that are missing: the AE is told. */
  flagged: MeddpicElement[];
  /** Whose account it is according to the CRM, a person's id; left out: nobody's. */
  accountOwner?: string | undefined;
}

/** The briefing for the AE, by the policy's parts (§11). */
export interface Briefing {
  parts: Record<string, string>;
  /** When no part was empty any more, and who wrote the last one. */
  completed: Act | null;
  /** When the AE confirmed that it was read. */
  read: Act | null;
}

/** Who is to decide about an SQL, and how it came to them. */
export interface Ae extends Omit<Owner, 'via'> {
  via: Owner['via'] | 'account_owner';
}

/** The lead on its way to an AE (§11). */
export interface Handoff {
  /** How often it has been handed over, from 1, over all cycles. */
  n: number;
  ae: Ae;
  /** The SDR who owned the lead then, a person's id. */
  sdr: string | null;
  notifiedAt: Iso;
  /** When the three-way introduction was sent, and by whom. */
  introducedAt: Iso | null;
  introducedBy: string | null;
  accepted: Act | null;
  rejected: (Act & { code: string }) | null;
}

/** What an AE opens on accepting an SQL, and how it stands (§12). */
export interface Opportunity extends Deal {
  /** `<leadId>-o<n>`. */
  opportunityId: string;
  n: number;
  ownerId: string;
  openedAt: Iso;
  /** The manager's sign-off of a discovery meeting that comes later than the policy allows (§11). */
  discoveryDelay?: (Act & { reason: string }) | undefined;
}

/** How a lead left the queue (§13). */
export interface Disposition extends Act {
  /** A row of the policy's dispositions, and one of its reasons. */
  disposition: string;
  reason: string | null;
  /** What somebody typed about the reason; it may name the prospect. */
  detail: string | null;
  /** Attempts made of those required, when it was given. */
  attempts: { made: number; required: number; channels: number };
  /** The manager who has signed an early one. */
  signedBy: string | null;
  /** The row of the policy's recycling by which it is suppressed, if it is. */
  scenario: string | null;
}

/** What somebody has told that nothing in the product makes happen. */
export interface ToldFact extends Act {
  /** A word of the policy. */
  fact: string;
  /** When it was, as they said; null: they said nothing. */
  occurredAt: Iso | null;
  /** The meeting that it is about. */
  about: string | null;
}

export interface Life {
  accepted: Act | null;
  rejection: Rejection | null;
  sql: SqlFacts | null;
  briefing: Briefing | null;
  handoff: Handoff | null;
  /** Those before it, of all cycles, oldest first: an AE's share of rejections is reckoned from them. */
  pastHandoffs: Handoff[];
  opportunity: Opportunity | null;
  /** Of the present cycle, oldest first. */
  meetings: Meeting[];
  /** Of the present cycle, in the order in which it was told. */
  told: ToldFact[];
  disposition: Disposition | null;
  /** When nobody in Sales worked on it any more in the present cycle; null while somebody does. */
  closedAt: Iso | null;
}

/** A life in which nothing has happened yet. */
export const NEW_LIFE: Life = {
  accepted: null,
  rejection: null,
  sql: null,
  briefing: null,
  handoff: null,
  pastHandoffs: [],
  opportunity: null,
  meetings: [],
  told: [],
  disposition: null,
  closedAt: null,
};

/** Every handoff of a lead, of all cycles, oldest first. */
export function handoffsOf({ life }: { life: Life }): Handoff[] {
  return life.handoff === null ? life.pastHandoffs : [...life.pastHandoffs, life.handoff];
}
