/** An event as one plain sentence or two, for people who read it in a channel. */
import type { DetailType } from './schemas.ts';

const FACTS: Readonly<Record<DetailType, string>> = {
  LeadReceived: 'the lead was received',
  LeadAssigned: 'the lead has an owner',
  NobodyAvailable: 'nobody is available to take the lead',
  LeadAcknowledged: 'the owner has acknowledged the lead',
  SlaReminderDue: 'the owner was reminded',
  SlaAtRisk: 'the target is at risk',
  SlaBreached: 'the target was missed',
  LeadReassigned: 'the lead has another owner',
  LeadSentToBackup: 'the lead was sent to the backup',
  SlaCritical: 'the breach has become critical',
  IncidentOpened: 'an incident was opened',
  SlaThresholdPassed: 'a further threshold was passed',
  AttemptRecorded: 'an attempt was recorded',
  LeadContacted: 'the prospect was reached',
  SlaMet: 'the commitment has its stop event',
  SlaVerdictTurned: 'the verdict has turned',
  ClockPaused: 'the clock was paused',
  ClockResumed: 'the clock runs again',
  ClockExtended: 'the clock was extended',
  ClockCancelled: 'the clock was cancelled',
  CrmFieldsChanged: 'the values for the CRM have changed',
  NotificationFailed: 'a mail could not be delivered',
  WorkflowFailed: 'a workflow has failed',
  InquiryReceived: 'an inquiry was received',
  LeadQualified: 'the lead is an MQL',
  LeadHeld: 'the lead is held for Marketing',
  LeadNurtured: 'the lead is in nurture',
  ReviewOffered: 'the lead is offered for review',
  ReviewDecided: 'the review is decided',
  LeadDisqualified: 'the lead is disqualified',
  LeadSuppressed: 'the lead is suppressed',
  SentToAccountTeam: 'the account team has the lead',
  LeadReturned: 'the lead has returned',
  LeadAccepted: 'the lead is accepted',
  LeadRejected: 'the lead is rejected by a code',
  RejectionResolved: 'what the rejection asked for is done',
  LeadPromoted: 'the lead is an SQL',
  LeadDisposed: 'the lead has its disposition',
  TouchMissed: 'a touch of the cadence was missed',
  DispositionRequired: 'a disposition is required',
  BriefingCompleted: 'the briefing is complete',
  AeNotified: 'an AE has the SQL to accept or reject',
  IntroductionSent: 'prospect and AE are introduced',
  SqlAccepted: 'the AE has accepted the SQL',
  SqlRejected: 'the AE has rejected the SQL by a code',
  OpportunityCreated: 'the opportunity is open',
  DiscoveryDelaySigned: 'a later discovery meeting is signed',
  OpportunityUpdated: 'the opportunity was updated',
  OpportunityTriggered: 'the opportunity needs a remedy',
  OpportunityWon: 'the opportunity was won',
  OpportunityLost: 'the opportunity was lost',
  MeetingBooked: 'a meeting was booked',
  MeetingMoved: 'a meeting was moved',
  MeetingHeld: 'a meeting was held',
  MeetingMissed: 'the prospect did not come to a meeting',
  MeetingCancelled: 'a meeting was cancelled',
  FactTold: 'a fact was told',
  PersonalDataErased: 'the personal data was erased',
  TicketOpened: 'the ticket is open',
  TicketAnswered: 'the customer was answered',
  TicketResolved: 'the ticket is resolved',
  TicketReopened: 'the customer has come back with the ticket',
  TicketUpdated: 'the ticket has changed',
  ConsequenceOpened: 'something is open for their manager to decide',
  ConsequenceTakenBack: 'what was open is no longer called for',
  ConsequenceClosed: 'what was open is closed',
  PatternFound: 'a pattern is open for the executive to look into',
  AeReviewOpened: 'a conversation about rejected SQLs is due',
  ItemNoticeFailed: 'a mail could not be delivered',
  AvailabilityChanged: 'the availability has changed',
};

/** Their reason is what somebody typed, and may name a person: the timeline has it, a channel does not. */
const TYPED_REASON: ReadonlySet<DetailType> = new Set([
  'ClockPaused',
  'ClockResumed',
  'ClockExtended',
  'ReviewDecided',
]);

/**
 * The fact with whom and what it is about: lead, ticket or person, commitment, owner, due and reason, as far as the event has
 * them.
 *
 * It holds no quotation mark, backslash or control character, so that it stays one JSON string in whatever puts it
 * between two quotation marks; `&`, `<` and `>` are written as Slack asks for.
 */
export function sentenceOf(detailType: DetailType, data: Readonly<Record<string, unknown>>): string {
  const about = aboutOf(data);
  const commitment = text(data['commitment']);
  const rest = (
    [
      ['Owner', 'ownerId'],
      ['Due', 'dueAt'],
      ['Reason', 'reason'],
    ] as const
  ).flatMap(([label, field]) => {
    const value = field === 'reason' && TYPED_REASON.has(detailType) ? undefined : text(data[field]);
    return value === undefined ? [] : [`${label}: ${value.replace(/\.$/, '')}.`];
  });
  const fact = `${about}: ${FACTS[detailType]}${commitment === undefined ? '' : ` (${commitment})`}.`;
  return harmless([fact, ...rest].join(' '));
}

function aboutOf(data: Readonly<Record<string, unknown>>): string {
  const [lead, ticket] = [text(data['leadId']), text(data['ticketId'])];
  if (lead !== undefined) return `Lead ${lead}`;
  return ticket === undefined ? `Person ${text(data['personId']) ?? 'unknown'}` : `Ticket ${ticket}`;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function harmless(line: string): string {
  return line
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
