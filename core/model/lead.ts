/** The lead as it is stored: the unit of consistency, one item written under a condition on its version. */
import type { CrmValues } from '../events/schemas.ts';
import type { Iso } from '../time.ts';
import type { Clock } from './clock.ts';
import type { Effect } from './effects.ts';
import type { Life } from './life.ts';
import type { GateState, Relations } from './gate.ts';

export const LEAD_STATUSES = [
  'held',
  'nurture',
  'unassigned',
  'assigned',
  'contacted',
  'sal',
  'sql',
  'opportunity',
  'recycled',
  'disqualified',
  'rejected',
] as const;
export type LeadStatus = (typeof LEAD_STATUSES)[number];
export type Tier = 1 | 2 | 3;
export type Segment = 'enterprise' | 'mid_market' | 'smb';
export type Priority = 'hot' | 'high' | 'standard' | 'low';

export interface Contact {
  firstName?: string | undefined;
  lastName?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  title?: string | undefined;
  timeZone?: string | undefined;
  country?: string | undefined;
  region?: string | undefined;
}

export interface Company {
  name?: string | undefined;
  domain?: string | undefined;
  employees?: number | undefined;
  annualRevenueUsd?: number | undefined;
  industry?: string | undefined;
}

export interface Signal {
  type: string;
  at: Iso;
  /** When the event that the signal belongs to ended or ends (webinar). */
  endsAt?: Iso | undefined;
}

/** What a CRM says of a lead. */
export interface LeadFacts {
  crm: { system: string; recordId: string; url?: string | undefined };
  qualifiedAt: Iso;
  source: string;
  score?: number | undefined;
  contact: Contact;
  company: Company;
  signals: Signal[];
  partner?: { id: string } | undefined;
  relations?: Relations | undefined;
}

export interface Owner {
  personId: string;
  assignedAt: Iso;
  /** At most two sentences. */
  reason: string;
  /** How the lead came to them; `by_hand`: somebody named them. */
  via: 'round_robin' | 'on_call' | 'fallback' | 'backup' | 'by_hand';
  /** On whose request, if it was moved: what a repetition of the request is told by. */
  moved?: Move | undefined;
  /** The ordinal of the assignment within the lead, from 1. */
  n: number;
}

/** A request to give a lead to somebody else. */
export interface Move {
  /** Who asked for it, a person's id. */
  by: string;
  reason: string;
  /** Whether the new owner was named, or is the next in the round robin. */
  named: boolean;
}

/** A message that waits for its recipient's hours. */
export interface HeldNotice {
  notice: Extract<Effect, { kind: 'notice' }>;
  until: Iso;
}

export interface Lead extends LeadFacts {
  leadId: string;
  /** Counts up with each save; the condition of the next save. */
  version: number;
  /** Counts how often the record has become an MQL, from 1: who comes back starts another cycle and keeps the history. */
  cycle: number;
  /** Since when the present cycle runs; null: since the lead arrived. */
  cycleStartedAt: Iso | null;
  status: LeadStatus;
  receivedAt: Iso;
  tier: Tier;
  segment: Segment | null;
  priority: Priority;
  territory: string | null;
  /** The prospect's zone and where it was taken from, in words. */
  zone: { timeZone: string; holidays: string | null; from: string };
  /** Outside hours on arrival: `on_call` or `acknowledged`; null when it came within hours. */
  afterHours: 'on_call' | 'acknowledged' | null;
  poolId: string;
  owner: Owner | null;
  previousOwners: Owner[];
  /** Since when nobody is available. */
  unassignedSince: Iso | null;
  /** When the next attempt to assign is due, while nobody is available. */
  retryAssignAt: Iso | null;
  firstAttemptAt: Iso | null;
  firstContactAt: Iso | null;
  attempts: number;
  backDatedActivities: number;
  /** Instants of all attempts as judged; what verdicts are computed from. */
  judged: JudgedAttempt[];
  flags: {
    atRisk: boolean;
    urgent: boolean;
    breachReview: boolean;
    escalated: boolean;
    backupQueue: boolean;
  };
  clocks: Clock[];
  held: HeldNotice[];
  /** What the gate has said of it; null for a lead of a version that did not check. */
  gate: GateState | null;
  /** What has become of it after the first attempt, in the present cycle. */
  life: Life;
  /** When the personal data was removed; nothing is done about such a lead any more. */
  erasedAt: Iso | null;
  explanation: string[];
  policyVersion: string;
  /** The values of policy book §17 that an event has last carried to the CRM. */
  crmTold?: CrmValues | undefined;
  /** Effects of past saves that are not known to be performed; the reconciler finishes them. */
  owed: Effect[];
}

export interface JudgedAttempt {
  activityId: string;
  occurredAt: Iso;
  /** The instant that counts: `occurredAt`, or for an entry typed in afterwards the instant it arrived. */
  countsAt: Iso;
  receivedAt: Iso;
  contact: boolean;
  backDated: boolean;
  personId: string | null;
  type: string;
  outcome: string;
}
