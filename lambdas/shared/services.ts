/**
 * What a handler works with. Functions build it once per container from their environment; the embedded runner and
 * the tests put their own in its place, with real clients and another clock.
 */
import type { KeptCompliance, KeptItem } from '../../core/consequences/kept.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import type { Effect, RecordItem, TimelineEntry } from '../../core/model/effects.ts';
import type { JudgedAttempt, Lead } from '../../core/model/lead.ts';
import type { StoredOutage } from '../../core/model/outage.ts';
import type { Person, PoolState, Roster } from '../../core/model/person.ts';
import type { Ticket } from '../../core/model/ticket.ts';
import type { Suppression, SuppressionSubject, Suspects } from '../../core/model/suppression.ts';
import type { InquirySignal } from '../../core/qualification/gate/types.ts';
import type { EpochMs, Iso } from '../../core/time.ts';
import type { SystemClock } from './clock.ts';
import type { MetricName } from './metric-names.ts';
import type { MxLookup } from './mx.ts';

export interface LeadFilter {
  owner?: string | undefined;
  status?: string | undefined;
  pool?: string | undefined;
}

export interface Page<T> {
  items: T[];
  cursor: string | null;
}

/** Leads, or tickets, and what belongs to each of them. */
export interface SubjectStore<S> {
  /** The subject as last written (consistent read), or undefined. */
  get(subjectId: string): Promise<S | undefined>;
  /** Writes a new one; `exists` if there is one already. */
  create(subject: S): Promise<'created' | 'exists'>;
  /** Writes it under the condition that its stored version is `version - 1`. @throws VersionConflict */
  save(subject: S): Promise<void>;
  /** Takes performed effects off its owed list; repeats itself on version conflicts. */
  settle(subjectId: string, effectIds: string[]): Promise<void>;
  /** Writes entries in one request where it can; writing them again changes nothing. */
  putTimeline(subjectId: string, ...entries: TimelineEntry[]): Promise<void>;
  timeline(subjectId: string): Promise<TimelineEntry[]>;
  putRecord(subjectId: string, record: RecordItem): Promise<void>;
  records(subjectId: string): Promise<RecordItem[]>;
}

/** Support tickets. */
export interface TicketStore extends SubjectStore<Ticket> {
  /** A customer's tickets on which a clock may have been due since an instant (eventually consistent). */
  ofCustomer(customerId: string, since: EpochMs): Promise<Ticket[]>;
}

/** Stretches in which services were down. */
export interface OutageStore {
  /** Writes it in place of what was there; writing twice is writing once. */
  put(outage: StoredOutage): Promise<void>;
  /** All of a service (consistent read). */
  of(service: string): Promise<StoredOutage[]>;
}

/** Leads and what belongs to them. */
export interface LeadStore extends SubjectStore<Lead> {
  /** Soonest due first. */
  list(filter: LeadFilter, limit: number, cursor?: string): Promise<Page<Lead>>;
  /**
   * Every lead, page by page. The index lags behind: a lead that changes its status meanwhile may come twice, or not at
   * all.
   */
  all(): AsyncIterable<Lead[]>;
  /** Ids of leads and tickets at which the reconciler should look at `now`, oldest first. */
  attention(now: EpochMs, limit: number): Promise<string[]>;
  /** The earliest instant at which {@link attention} will hold something, or null. */
  nextAttention(): Promise<Iso | null>;
  unassigned(): Promise<string[]>;
  /** Ids of the open leads of a person, for the cap. */
  openLeads(personId: string): Promise<string[]>;
  /** Writes what a contact did; the same signal twice is one. */
  putSignals(leadId: string, signals: readonly InquirySignal[]): Promise<void>;
  /** All that the contact did, by instant (consistent read). */
  signals(leadId: string): Promise<InquirySignal[]>;
  /**
   * Removes what personal data lies beside a lead: its signals, what somebody typed in its timeline, who typed an
   * activity in, what mail servers said. Figures and records stay. Doing it again changes nothing.
   */
  forget(leadId: string): Promise<void>;
  getActivity(leadId: string, activityId: string): Promise<StoredActivity | undefined>;
  /** Writes an activity once; `exists` if it was there. */
  putActivity(leadId: string, activity: StoredActivity): Promise<'created' | 'exists'>;
}

/** An activity with the answer that was given for it, so that a repetition gets the same. */
export interface StoredActivity extends JudgedAttempt {
  recordedBy: { kind: 'system' | 'manual'; name: string };
  attempt: boolean;
}

export interface RosterStore {
  /** All people; read again only when the version has moved. */
  load(): Promise<Roster>;
  /** Writes one person under the condition that the roster is still at `version`. @throws VersionConflict */
  put(person: Person, version: number): Promise<void>;
}

export interface PoolStore {
  get(poolId: string): Promise<PoolState>;
  /** @throws VersionConflict unless the stored version is `state.version - 1` */
  save(state: PoolState): Promise<void>;
}

/** Exactly once per notice of a lead, a ticket or a person: claimed before the mail, marked after it. */
export interface NoticeStore {
  /** `claimed`: go ahead. `done`: sent or given up. `busy`: somebody else holds an unexpired claim. */
  claim(
    subjectId: string,
    noticeId: string,
    now: EpochMs,
  ): Promise<{ state: 'claimed' | 'done' | 'busy'; attempts: number }>;
  markSent(subjectId: string, noticeId: string, at: EpochMs, messageId: string): Promise<void>;
  /** Frees the claim so that the reconciler can try again, or closes it when `final`. */
  markFailed(subjectId: string, noticeId: string, at: EpochMs, error: string, final: boolean): Promise<void>;
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** The notice's id, carried as a message tag. */
  noticeId: string;
  /** What it is about, carried as a message tag: by a lead's a mail is found when the person's data is erased. */
  about: { leadId: string } | { ticketId: string } | { personId: string };
}

export interface Mailer {
  /** @returns the message id @throws MailRejected, MailThrottled or the client's error */
  send(mail: Mail): Promise<string>;
}

export interface EventPublisher {
  /** Publishes up to 10 events at a time and checks FailedEntryCount. @throws EventsRefused */
  publish(events: Extract<Effect, { kind: 'event' }>[], correlationId: string): Promise<void>;
}

export interface Executions {
  /** Starts an execution; ExecutionAlreadyExists is success. @returns its ARN */
  start(effect: Extract<Effect, { kind: 'start' }>): Promise<string>;
  /** The ARN that an execution of this name has. */
  arn(machine: 'mql-response' | 'commitment-clock', name: string): string;
}

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** What is counted and measured for the operators; never personal data. Names and units are in `metric-names.ts`. */
export interface Metrics {
  /**
   * @param value 1 if left out; in the unit of the metric
   * @param of the value of the metric's further dimension: a commitment, a rung, a state machine
   */
  add(name: MetricName, value?: number, of?: string): void;
  /** Values that have to be read first; where nobody keeps metrics nothing is read. Passes the errors of `read` on. */
  observe(read: () => Promise<readonly { name: MetricName; value: number }[]>): Promise<void>;
  /** Hands over what has been collected; called at the end of each invocation. */
  flush(): void;
}

/**
 * Who may not come back yet. People are kept by a keyed hash of their address alone, so that a suppression holds after
 * their data has been erased and tells nobody who they are.
 */
export interface SuppressionStore {
  /** All that is stored against any of them, whether it still holds or not. */
  find(suspects: Suspects): Promise<Suppression[]>;
  get(suppressionId: string): Promise<Suppression | undefined>;
  /** The id under which somebody or something is kept: the same for the same address, domain or name. */
  idOf(subject: SuppressionSubject): Promise<string>;
  /** Writes it in place of another one for the same and the same scenario; writing twice is writing once. */
  put(suppression: Suppression): Promise<void>;
  remove(suppressionId: string): Promise<void>;
}

/** What is open about people (policy book §11, §13): a person's items lie together, each written under its version. */
export interface ConsequenceStore {
  /** Items of a person, by period and kind (consistent read). */
  of(personId: string, period?: string): Promise<KeptItem[]>;
  /** Writes the item under the condition that its stored version is `item.version - 1`. @throws VersionConflict */
  save(item: KeptItem): Promise<void>;
  /** What was last reckoned of a person's compliance in a month, like `2026-11`. */
  compliance(personId: string, month: string): Promise<KeptCompliance | undefined>;
  /** Writes it unless something later was written. */
  putCompliance(personId: string, figures: KeptCompliance): Promise<void>;
  /** Who may send which mail about a person's items: keyed by the person. */
  notices: NoticeStore;
}

export interface Services {
  clock: SystemClock;
  policy: CompiledPolicy;
  leads: LeadStore;
  tickets: TicketStore;
  outages: OutageStore;
  roster: RosterStore;
  pools: PoolStore;
  notices: NoticeStore;
  mailer: Mailer;
  events: EventPublisher;
  executions: Executions;
  suppressions: SuppressionStore;
  consequences: ConsequenceStore;
  /** Asks whether a domain takes mail. */
  mx: MxLookup;
  log: Log;
  metrics: Metrics;
}

let current: Promise<Services> | undefined;

/** The services of this container: made from the environment on first use unless {@link useServices} came first. */
export function services(): Promise<Services> {
  current ??= import('./production.ts').then((production) => production.servicesFromEnvironment(process.env));
  return current;
}

/** Puts other services in place: the embedded runner's, or a test's. */
export function useServices(replacement: Services): void {
  current = Promise.resolve(replacement);
}
