/** What the gate is asked about and what it answers with: the same for fit, intent and completeness (policy book §6). */
import type { Relations } from '../../model/gate.ts';
import type { Company, Contact } from '../../model/lead.ts';
import type { Iso } from '../../time.ts';

/** One thing that the contact did. */
export interface InquirySignal {
  /** A signal with an id that was seen before is the same signal, however often it is delivered. */
  id: string;
  /** An act of appendix B or a raw signal (`email_click`, `product_page`), by its id in the policy. */
  type: string;
  /** When the contact did it, not when it was told. */
  at: Iso;
  /** Who saw it: the website, the mail system. */
  source?: string | undefined;
  /** The visit that it belongs to; without one it counts in no rule over a session. */
  session?: string | undefined;
}

/** All that the gate looks at, besides the policy and the instant. */
export interface InquiryFacts {
  contact: Contact;
  company: Company;
  partner?: { id: string } | undefined;
  signals: InquirySignal[];
  /** What the CRM knows of the company; left out: nothing is known of it. */
  relations?: Relations | undefined;
}

/** One line of an explained score. */
export interface Contribution {
  /** The id of the row of the policy that gave the points. */
  what: string;
  /** Below zero for decay and an unsubscription. */
  points: number;
  /** In words for a sales rep, without personal values. */
  because: string;
  /** The instant of the act, or from which the points are off. */
  at?: Iso | undefined;
}

/** One criterion of the gate with its verdict. It never holds a personal value. */
export interface Criterion {
  criterion: string;
  met: boolean;
  /** The field that was looked at: `contact.email`. */
  field?: string | undefined;
  /** What kind of value it has: `missing`, `role_based`. */
  valueClass?: string | undefined;
  /** What would pass, in words. */
  wouldPass: string;
  note?: string | undefined;
}

/** Why somebody may not come back yet (policy book §13). */
export interface Suppressed {
  /** What is suppressed: the person, the domain of the address or of the company, or the company by name. */
  kind: 'person' | 'domain' | 'company';
  /** The scenario of the policy's table of recycling, like `cadence_exhausted`. */
  scenario: string;
  /** By which it can be read and lifted; left out for what the policy itself lists. */
  suppressionId?: string | undefined;
  /** The instant of return; null: for ever, or until something happens that has no date. */
  until: Iso | null;
  /** A plain sentence, without personal values: why, and what would bring them back. */
  because: string;
}
