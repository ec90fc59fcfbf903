/**
 * What the product says on the event bus: one schema per detail type. An event names things by their ids and never
 * carries personal data of the prospect; the schemas are strict, so that none can slip in.
 */
import { z } from 'zod';
import { rungNameSchema } from '../policy/schema/commitments.ts';

/** Source of every event. */
export const EVENT_SOURCE = 'lead-sla';
/** Source of an event that is sent again, to the rules alone that are among its resources. */
export const REDRIVE_SOURCE = `${EVENT_SOURCE}.redrive`;
/** Version of the shapes below, carried in each event's metadata. */
export const EVENT_VERSION = '1';

const id = z.string().min(1).max(500);
const instant = z.iso.datetime({ offset: true });
/** Cut rather than refused: a long reason must not keep a fact off the bus. */
const sentence = z.string().overwrite((text) => text.slice(0, 500));
const verdict = z.enum(['met', 'missed']);

/** The seven values that a CRM holds (policy book §17). */
const crmValuesSchema = z.strictObject({
  slaStart: instant,
  slaDue: instant,
  slaStatus: id,
  priority: id,
  firstContact: instant.nullable(),
  attempts: z.int().nonnegative(),
  /** Null while the target is not missed, and again when the verdict is turned. */
  breachReason: sentence.nullable(),
  /** Counts up within a lead. Events may come twice or out of order: of two writes the one with the higher number holds. */
  revision: z.int().positive(),
});
export type CrmValues = z.infer<typeof crmValuesSchema>;

/** What every event about a lead may say. Each type below makes required what it is about. */
const about = {
  leadId: id,
  cycle: z.int().positive(),
  crmSystem: id.optional(),
  crmRecordId: id.optional(),
  clockId: id.nullable().optional(),
  commitment: id.optional(),
  rung: rungNameSchema.nullable().optional(),
  ownerId: id.nullable().optional(),
  previousOwnerId: id.nullable().optional(),
  poolId: id.nullable().optional(),
  status: id.optional(),
  startedAt: instant.nullable().optional(),
  dueAt: instant.nullable().optional(),
  target: z.string().optional(),
  targetFrom: z.string().optional(),
  reason: sentence.nullable().optional(),
  /** On exactly one event of each change of the lead that changes one of the seven values, and on no other. */
  crm: crmValuesSchema.optional(),
};
const clock = { ...about, clockId: id, commitment: id };
/** What the gate found: which criteria fail and what kind of value each has, never the value. */
const gate = {
  ...about,
  verdict: id,
  score: z.number(),
  failing: z.array(z.strictObject({ criterion: id, field: id.optional(), valueClass: id.optional() })),
};
const opportunity = { ...about, opportunityId: id };
const closing = {
  by: id,
  outcome: z.enum(['won', 'lost']),
  lossReason: id.nullable(),
  stage: z.int().positive(),
};
const meeting = { ...about, meetingId: id, kind: id, startsAt: instant, by: id };
/** What is open about a person of the roster: ids and counts, nothing of what anybody has said about it. */
const item = {
  personId: id,
  itemId: id,
  /** A week like `2026-W47`, or the month or quarter of a review. */
  period: id,
  item: id,
  count: z.int().nonnegative(),
  /** How often it has been opened. */
  n: z.int().positive(),
};
const rung = { ...clock, rung: rungNameSchema, dueAt: instant };

const leadEvent = z.strictObject(about);
const rungEvent = z.strictObject(rung);

/** What every event about a ticket says. */
function ofTicket<Shape extends z.ZodRawShape>(more: Shape) {
  const facts = {
    ...{ ticketId: id, deskSystem: id, deskRecordId: id, customerId: id, customerKind: id.nullable() },
    ...{ severity: id.nullable(), service: id.nullable(), ownerId: id.nullable(), status: id },
  };
  return z.strictObject({ ...facts, ...more });
}

export const EVENT_SCHEMAS = {
  LeadReceived: z.strictObject({
    ...about,
    source: id,
    tier: z.int().optional(),
    segment: id.nullable().optional(),
    priority: id.optional(),
    receivedAt: instant.optional(),
    policyVersion: id.optional(),
  }),
  LeadAssigned: z.strictObject({
    ...about,
    ownerId: id,
    via: id.optional(),
    n: z.int().positive().optional(),
  }),
  NobodyAvailable: z.strictObject({ ...about, poolId: id, since: instant.nullable().optional() }),
  LeadAcknowledged: leadEvent,
  SlaReminderDue: rungEvent,
  SlaAtRisk: rungEvent,
  SlaBreached: rungEvent,
  LeadReassigned: z.strictObject({
    ...about,
    ownerId: id,
    previousOwnerId: id.nullable(),
    via: id.optional(),
    n: z.int().positive().optional(),
  }),
  LeadSentToBackup: z.strictObject({ ...rung, backupPoolId: id.optional(), channel: z.string().optional() }),
  SlaCritical: rungEvent,
  IncidentOpened: z.strictObject({ ...rung, recordId: id.optional() }),
  SlaThresholdPassed: rungEvent,
  AttemptRecorded: z.strictObject({
    ...about,
    activityId: id,
    type: id,
    outcome: id,
    occurredAt: instant,
    countsAt: instant.optional(),
    backDated: z.boolean().optional(),
    contact: z.boolean().optional(),
    personId: id.nullable().optional(),
  }),
  LeadContacted: z.strictObject({
    ...about,
    activityId: id.optional(),
    contactedAt: instant,
    personId: id.nullable().optional(),
  }),
  /** The clock has its stop event; `verdict` says whether in time. */
  SlaMet: z.strictObject({ ...clock, metAt: instant, verdict: verdict.optional() }),
  SlaVerdictTurned: z.strictObject({
    ...clock,
    verdict,
    previousVerdict: verdict.optional(),
    metAt: instant.nullable().optional(),
    of: instant.optional(),
  }),
  ClockPaused: z.strictObject({ ...clock, from: instant.optional(), until: instant.nullable().optional() }),
  ClockResumed: z.strictObject({ ...clock, at: instant.optional() }),
  ClockExtended: z.strictObject({ ...clock, added: z.string().min(1), by: id.optional() }),
  ClockCancelled: z.strictObject(clock),
  /** Carries the values of a change about which there is nothing else to say. */
  CrmFieldsChanged: z.strictObject({ ...about, crm: crmValuesSchema }),
  NotificationFailed: z.strictObject({
    ...about,
    noticeId: id,
    notice: id,
    /** A person's id, or `prospect`. */
    recipient: id,
    attempts: z.int().nonnegative(),
    error: sentence,
  }),
  WorkflowFailed: z.strictObject({
    ...about,
    execution: id.optional(),
    state: id.optional(),
    error: sentence,
    cause: sentence.optional(),
  }),
  /** A record that is not yet qualified has arrived. */
  InquiryReceived: z.strictObject({ ...about, source: id }),
  /** The gate let it pass, or somebody who may decide did: from here on Sales owes. */
  LeadQualified: z.strictObject({ ...gate, source: id, tier: z.int(), segment: id.nullable(), priority: id }),
  /** Marketing's half is undone: which criteria fail, by field and class of value. */
  LeadHeld: z.strictObject(gate),
  /** To Marketing's nurture, with the track and the reasons. */
  LeadNurtured: z.strictObject({ ...gate, track: id.nullable() }),
  /** In the band that a manager looks into. */
  ReviewOffered: z.strictObject({ ...gate, n: z.int().positive() }),
  ReviewDecided: z.strictObject({ ...about, n: z.int().positive(), decision: id, by: id.nullable() }),
  /** A disqualifier holds: a customer, a competitor, somebody who is out of scope. */
  LeadDisqualified: z.strictObject(gate),
  /** Nothing but a suppression is in the way: back in nurture until it is over. */
  LeadSuppressed: z.strictObject(gate),
  /** A customer or an open opportunity: the account team has it. */
  SentToAccountTeam: z.strictObject(about),
  /** The record has come back: another cycle of the same lead. */
  LeadReturned: z.strictObject({ ...about, previousCycle: z.int().positive() }),
  /** An SDR works on it: it is a SAL. */
  LeadAccepted: z.strictObject({ ...about, by: id }),
  /** An SDR has rejected it by one of Marketing's codes; `effect` is what the policy does by that code. */
  LeadRejected: z.strictObject({ ...about, by: id, code: id, effect: id }),
  /** Marketing has done what a rejection asked for. */
  RejectionResolved: z.strictObject({ ...about, by: id.nullable(), code: id }),
  /** It is an SQL. `flagged`: preferred elements that are missing, which the AE is told. */
  LeadPromoted: z.strictObject({ ...about, by: id, meetingAt: instant.nullable(), flagged: z.array(id) }),
  /** Somebody in Sales has given it up by a disposition of the policy; `scenario`: by which it is recycled. */
  LeadDisposed: z.strictObject({
    ...about,
    by: id,
    disposition: id,
    dispositionReason: id.nullable(),
    scenario: id.nullable(),
    attempts: z.int().nonnegative(),
    attemptsRequired: z.int().nonnegative(),
    channels: z.int().nonnegative(),
    /** Given before the attempts that it takes, and signed by a manager. */
    early: z.boolean(),
    signedBy: id.nullable(),
  }),
  /** A touch of the cadence was due and not made; `missed`: how many are missing now. */
  TouchMissed: z.strictObject({
    ...clock,
    touch: z.int().positive(),
    channel: id,
    missed: z.int().positive(),
  }),
  /** The cadence is over without an outcome: the lead has to have a disposition. */
  DispositionRequired: z.strictObject({ ...about, because: id }),
  /** No part of the briefing is missing: an AE is needed. */
  BriefingCompleted: z.strictObject({ ...about, by: id }),
  /** An SQL was handed over to an AE, for the n-th time: their time runs. */
  AeNotified: z.strictObject({ ...about, aeId: id, n: z.int().positive(), via: id }),
  IntroductionSent: z.strictObject({
    ...about,
    aeId: id,
    n: z.int().positive(),
    by: id,
    sentAt: instant,
  }),
  SqlAccepted: z.strictObject({ ...about, aeId: id, n: z.int().positive() }),
  /** An AE has given the SQL back by one of the policy's codes; `effect` is what the policy does by that code. */
  SqlRejected: z.strictObject({ ...about, aeId: id, n: z.int().positive(), code: id, effect: id }),
  OpportunityCreated: z.strictObject({ ...about, opportunityId: id, aeId: id, n: z.int().positive() }),
  /** A manager has signed a discovery meeting that comes later than the policy allows. */
  DiscoveryDelaySigned: z.strictObject({ ...about, opportunityId: id, by: id }),
  /** What the AE has said anew of the opportunity: names of fields and no value; `flags` is what does not hold. */
  OpportunityUpdated: z.strictObject({
    ...opportunity,
    by: id,
    fields: z.array(id),
    stage: z.int().positive(),
    flags: z.array(id),
  }),
  /** An update has set off a trigger of the policy. */
  OpportunityTriggered: z.strictObject({ ...opportunity, trigger: id }),
  OpportunityWon: z.strictObject({ ...opportunity, ...closing }),
  OpportunityLost: z.strictObject({ ...opportunity, ...closing }),
  MeetingBooked: z.strictObject(meeting),
  MeetingMoved: z.strictObject(meeting),
  MeetingHeld: z.strictObject(meeting),
  /** The prospect did not come. */
  MeetingMissed: z.strictObject(meeting),
  MeetingCancelled: z.strictObject(meeting),
  /** Somebody has told a fact by which rows of the policy start or stop. */
  FactTold: z.strictObject({
    ...about,
    by: id,
    fact: id,
    occurredAt: instant,
    countsAt: instant,
    meetingId: id.nullable(),
  }),
  PersonalDataErased: z.strictObject(about),
  /** A support ticket has been told of. */
  TicketOpened: ofTicket({ at: instant }),
  /** The customer was answered, for the first time or again. */
  TicketAnswered: ofTicket({ at: instant }),
  TicketResolved: ofTicket({ at: instant }),
  /** The customer has come back with it. */
  TicketReopened: ofTicket({ at: instant }),
  /** The desk has said anew of it: names of fields, and no value beyond the ticket's own facts. */
  TicketUpdated: ofTicket({ fields: z.array(id) }),
  /** Breaches of a week call for something that the person's manager decides about. */
  ConsequenceOpened: z.strictObject(item),
  /** The facts no longer call for it: a verdict has turned. */
  ConsequenceTakenBack: z.strictObject(item),
  ConsequenceClosed: z.strictObject({ ...item, by: id }),
  /** Rung L5: so many weeks in a row at the highest step, for the executive. */
  PatternFound: z.strictObject(item),
  /** AE, SDRs and their managers are to look at rejected SQLs together; `count` is the leads. */
  AeReviewOpened: z.strictObject(item),
  /** A mail about an item was given up; the item itself stands. */
  ItemNoticeFailed: z.strictObject({
    personId: id,
    itemId: id,
    noticeId: id,
    notice: id,
    recipient: id,
    attempts: z.int().nonnegative(),
    error: sentence,
  }),
  /** About a person of the roster; the reason of an absence stays in the roster. */
  AvailabilityChanged: z.strictObject({
    personId: id,
    available: z.boolean(),
    from: instant,
    until: instant.nullable(),
  }),
} as const;

export type DetailType = keyof typeof EVENT_SCHEMAS;

const ticketClock = {
  clockId: id,
  commitment: id,
  dueAt: instant,
  target: z.string(),
  targetFrom: z.string(),
};
const ticketRung = ofTicket({ ...ticketClock, rung: rungNameSchema });

/** The facts that tickets have in common with leads: with a ticket's own in place of a lead's. */
const TICKET_SCHEMAS: Partial<Record<DetailType, z.ZodType<Record<string, unknown>>>> = {
  SlaReminderDue: ticketRung,
  SlaAtRisk: ticketRung,
  SlaBreached: ticketRung,
  LeadSentToBackup: ticketRung,
  SlaCritical: ticketRung,
  IncidentOpened: ticketRung,
  SlaThresholdPassed: ticketRung,
  SlaMet: ofTicket({ ...ticketClock, metAt: instant, verdict }),
  SlaVerdictTurned: ofTicket({ ...ticketClock, verdict, metAt: instant.nullable() }),
  ClockPaused: ofTicket({ ...ticketClock, reason: id, from: instant, until: instant.nullable() }),
  ClockResumed: ofTicket({ ...ticketClock, at: instant }),
  ClockCancelled: ofTicket(ticketClock),
  NotificationFailed: z.strictObject({
    ...{ ticketId: id, noticeId: id, notice: id, recipient: id, attempts: z.int().nonnegative() },
    ...{ clockId: id.nullable(), rung: rungNameSchema.nullable(), error: sentence },
  }),
  WorkflowFailed: ofTicket({ ...z.object(ticketClock).partial().shape, state: id, error: sentence }),
};

/** Whether a detail type is one of ours. */
export function isDetailType(name: string): name is DetailType {
  return Object.hasOwn(EVENT_SCHEMAS, name);
}

/**
 * Checks an event's data against the schema of its type.
 * @returns the data as checked
 * @throws TypeError if the type is unknown or the data does not fit: a programming error, not a state of the world
 */
export function parseEventData(detailType: string, data: unknown): Record<string, unknown> {
  if (!isDetailType(detailType)) throw new TypeError(`no schema for events of type ${detailType}`);
  const result = schemaFor(detailType, data).safeParse(data);
  if (result.success) return result.data;
  // The path and the rule, not the value: what does not belong there may be personal.
  const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  throw new TypeError(`data of ${detailType} does not fit its schema: ${problems.join('; ')}`);
}

function schemaFor(detailType: DetailType, data: unknown): z.ZodType<Record<string, unknown>> {
  const isOfTicket = typeof data === 'object' && data !== null && 'ticketId' in data;
  return (isOfTicket ? TICKET_SCHEMAS[detailType] : undefined) ?? EVENT_SCHEMAS[detailType];
}
