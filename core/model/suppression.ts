/** Who may not come back yet, for how long and why (policy book §13). */
import type { Iso } from '../time.ts';

export const SUPPRESSION_KINDS = ['person', 'domain', 'company'] as const;
export type SuppressionKind = (typeof SUPPRESSION_KINDS)[number];

/** A person by their address, a domain, or a company by its name. */
export interface SuppressionSubject {
  kind: SuppressionKind;
  value: string;
}

/** Whose return is looked up: the address of the person, domains, the name of the company. What is unknown is left out. */
export interface Suspects {
  email?: string | undefined;
  domains: readonly string[];
  company?: string | undefined;
}

export interface Suppression {
  /** `<kind>-<keyed hash>-<scenario>`: the same for the same subject and scenario. */
  suppressionId: string;
  kind: SuppressionKind;
  /** In clear for domains and companies; null for people, of whom only the keyed hash is kept. */
  value: string | null;
  /** A row of the policy's table of recycling: what would bring them back. */
  scenario: string;
  /** In plain words, for whoever asks; it must not name the person. */
  reason: string;
  from: Iso;
  /** End of the window; null: for ever, or until the scenario's event. */
  until: Iso | null;
  /** Who or what has brought it about. */
  origin: { by: string; leadId: string | null };
}
