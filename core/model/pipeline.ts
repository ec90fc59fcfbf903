/**
 * How an opportunity and a meeting stand, each with its history (policy book §12). Texts are somebody's own words:
 * shown, never put on the bus.
 */
import type { Iso } from '../time.ts';
import type { Act } from './life.ts';

/** A date of the civil calendar, `2026-12-31`. */
export type CivilDate = string;

export interface StageEntry extends Act {
  stage: number;
}

export interface AmountEntry extends Act {
  /** In the currency of the CRM. */
  amount: number;
}

export interface CloseDateEntry extends Act {
  closeDate: CivilDate;
  /** Whether it was moved to a later date than the one before. */
  pushed: boolean;
  /** The quarter in which it was said, `2026-Q4`. */
  quarter: string;
}

export interface NextStep extends Act {
  what: string;
  due: CivilDate;
}

/** A trigger that an update has set off. */
export interface Triggered {
  /** A row of the policy's triggers. */
  trigger: string;
  at: Iso;
  /** How many entries of its history it has judged: the next occurrence is made of later ones. */
  entries: number;
}

/** What the AE says of an opportunity. */
export interface Deal {
  /** From the first stage on; the last one is the present one. */
  stages: StageEntry[];
  amounts: AmountEntry[];
  closeDates: CloseDateEntry[];
  nextStep: NextStep | null;
  lastActivityAt: Iso | null;
  economicBuyerMeeting: Act | null;
  mutualPlan: Act | null;
  proposal: Act | null;
  followUp: Act | null;
  checkIn: Act | null;
  /** Triggers whose remedy somebody has seen to, the last time of each. */
  remedied: (Act & { trigger: string })[];
  triggered: Triggered[];
  /** What does not hold although nothing was refused: rules of the stage's close date. */
  flags: string[];
  closed: (Act & { outcome: 'won' | 'lost'; reason: string | null; detail: string | null }) | null;
}

/** An opportunity of which nothing has been said yet. */
export const NEW_DEAL: Deal = {
  stages: [],
  amounts: [],
  closeDates: [],
  nextStep: null,
  lastActivityAt: null,
  economicBuyerMeeting: null,
  mutualPlan: null,
  proposal: null,
  followUp: null,
  checkIn: null,
  remedied: [],
  triggered: [],
  flags: [],
  closed: null,
};

/** `discovery` is the first meeting of the AE with the prospect. */
export const MEETING_KINDS = ['discovery', 'economic_buyer', 'other'] as const;
export type MeetingKind = (typeof MEETING_KINDS)[number];

export const MEETING_STATES = ['booked', 'held', 'no_show', 'cancelled'] as const;
export type MeetingState = (typeof MEETING_STATES)[number];

export interface Meeting {
  /** `<leadId>-<cycle>-m<n>`. */
  meetingId: string;
  n: number;
  kind: MeetingKind;
  startsAt: Iso;
  state: MeetingState;
  booked: Act;
  invited: Act | null;
  researched: Act | null;
  debriefed: Act | null;
  notes: (Act & { text: string }) | null;
  /** Every change of its state or of its time, oldest first. */
  history: (Act & { state: MeetingState; startsAt: Iso })[];
}

/** The stage in which the opportunity is; the first one before any is known. */
export function stageOf({ stages }: Pick<Deal, 'stages'>): number {
  return stages.at(-1)?.stage ?? 1;
}
