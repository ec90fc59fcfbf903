/**
 * What a decision leaves to be done outside. Effects are stored with the save that owes them and each one is
 * idempotent by its `id`, so that performing twice is performing once.
 */
import type { RungName } from '../policy/schema/commitments.ts';
import type { Iso } from '../time.ts';

/** Kinds of mail; one template each. */
export const NOTICE_KINDS = [
  'assigned',
  'moved_away',
  'acknowledgement',
  'nobody_available',
  'reminder',
  'warning',
  'breach_old_owner',
  'breach_new_owner',
  'breach_manager',
  'backup',
  'critical',
  'incident',
  'threshold',
  'held',
  'review_offer',
  'account_team',
  'touch_missed',
  'touches_missed',
  'disposition_required',
  'meeting_reminder',
  'meeting_near',
  'handed_over',
  'handed_back',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export interface TimelineEntry {
  /** Unique and deterministic within the lead. */
  entryId: string;
  at: Iso;
  /** A past-tense fact in snake case, e.g. `lead_received`, `owner_reminded`. */
  what: string;
  /** `system`, `person:<id>`, `crm:<system>`, `prospect`. */
  who: string;
  /** One or two plain sentences, without personal data of the prospect. */
  why: string;
  clockId?: string | undefined;
  rung?: RungName | undefined;
}

/** Things that people have to work on or that reports count: items of their own. */
export interface RecordItem {
  recordId: string;
  type: 'task' | 'breach' | 'incident' | 'process_review' | 'breach_review' | 'backup_queue' | 'opportunity';
  at: Iso;
  /** Person or role who has to do something about it. */
  assignee: string | null;
  title: string;
  /** Null for what no clock has brought about. */
  clockId: string | null;
  rung: RungName | null;
  /** Whose miss it is, for breaches. */
  personId: string | null;
  state: 'open' | 'closed' | 'overturned';
  /** By when it has to be done, for what has a time of its own. */
  dueAt?: Iso | undefined;
}

export type Effect =
  | { kind: 'timeline'; id: string; entry: TimelineEntry }
  | { kind: 'record'; id: string; record: RecordItem }
  | { kind: 'event'; id: string; detailType: string; at: Iso; data: Record<string, unknown> }
  | {
      kind: 'notice';
      /** `<clockId>/<rung or occasion>/<recipient>/<cycle>`: the key of exactly-once. */
      id: string;
      notice: NoticeKind;
      clockId: string | null;
      rung: RungName | null;
      /** A person's id, or `prospect`. */
      recipient: string;
      at: Iso;
    }
  | {
      /** Somebody may not come back for a while: who, is read from the lead when it is performed. */
      kind: 'suppress';
      id: string;
      subject: 'person' | 'domain' | 'company';
      /** Which of the lead's two domains is meant; left out: that of the address. */
      of?: 'address' | 'company' | undefined;
      /** A row of the policy's recycling. */
      scenario: string;
      reason: string;
      by: string;
      from: Iso;
    }
  | {
      kind: 'start';
      id: string;
      machine: 'mql-response' | 'commitment-clock';
      name: string;
      input: RunState;
    }
  /** Removing what personal data lies beside the lead; done before any event of the same change is told. */
  | { kind: 'forget'; id: string };

/** What travels through a state machine: identifiers and instants, never personal data. */
export type RunState = WorkflowState | TicketState;

/** Of a run of a lead's clock. */
export interface WorkflowState extends Waiting {
  leadId: string;
  cycle: number;
}

/** Of a run of a ticket's clock. */
export interface TicketState extends Waiting {
  ticketId: string;
}

interface Waiting {
  clockId: string;
  /** Which run of the clock this execution is; another one may have taken over. */
  run: number;
  outcome: Outcome;
  next: Next;
}

/**
 * What the machine does next. `climb`: wait for `next`. The others end it or, for `nobody`, lead to the visible path.
 */
export type Outcome = 'climb' | 'assigned' | 'nobody' | 'paused' | 'met_in_time' | 'met_late' | 'handed_over';

/** The next thing to wait for. `assign` while nobody owns the lead, `tell` for a message held for its recipient. */
export interface Next {
  rung: RungName | 'assign' | 'tell' | 'look' | 'none';
  /** A whole second, never before the instant that is meant. */
  at: Iso;
}
