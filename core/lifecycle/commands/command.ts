/** Commands of a lead's life: each one is allowed in some statuses, leads to another, and makes facts of the policy happen. */
import type { Lead, LeadStatus } from '../../model/lead.ts';
import type { Decision } from '../../ladder/facts.ts';

export const COMMANDS = [
  'accept',
  'reject',
  'promote',
  'complete_briefing',
  'introduce',
  'ae_accept',
  'ae_reject',
  'arbitrate',
  'sign_discovery_delay',
  'dispose',
] as const;
export type Command = (typeof COMMANDS)[number];

/** One row of the lifecycle. */
export interface CommandRow {
  command: Command;
  /** Statuses in which it is allowed. */
  from: readonly LeadStatus[];
  /** Statuses to which it may lead; a code or a gate may decide which. */
  to: readonly LeadStatus[];
  /** Facts by which rows of the policy start and stop. */
  happens: readonly string[];
  /** The section of the policy book. */
  source: string;
}

/** Why a command is not carried out. Nothing has changed then. */
export interface Refused {
  /** Last part of the problem's stable type: `not-allowed`, `sql-gate`, `attempts-missing`, `unknown-code`. */
  refused: string;
  /** A plain sentence: what is in the way, and what would be right. */
  detail: string;
  /** What is missing, field by field. */
  missing: readonly { path: string; message: string }[];
  /** The commands that would be allowed. */
  allowed: readonly Command[];
}

export type Outcome = Decision | Refused;

export function isRefused(outcome: Outcome): outcome is Refused {
  return 'refused' in outcome;
}

/** What a command is asked with: who does it, and when they did it where that is not now. */
export interface Asked {
  /** A person's id. */
  by: string;
}

/** The lead with other facts of its life. */
export function withLife(lead: Lead, life: Partial<Lead['life']>): Lead {
  return { ...lead, life: { ...lead.life, ...life } };
}
