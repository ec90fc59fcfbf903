import { eventDetail } from '../../../core/events/detail.ts';
import { EVENT_SCHEMAS, EVENT_SOURCE, parseEventData } from '../../../core/events/schemas.ts';
import type { DetailType } from '../../../core/events/schemas.ts';

const lead = { leadId: 'lead-1', cycle: 1, ownerId: 'sam', poolId: 'us-east' };
const at = '2026-11-20T15:09:00.000Z';
const clock = { ...lead, clockId: 'mql.respond-1', commitment: 'mql.respond', dueAt: at };
const crm = {
  slaStart: at,
  slaDue: at,
  slaStatus: 'breached',
  priority: 'hot',
  firstContact: null,
  attempts: 0,
  breachReason: 'no attempt',
  revision: 3,
};

const gate = {
  leadId: 'lead-1',
  cycle: 1,
  status: 'held',
  verdict: 'held',
  score: 95,
  failing: [{ criterion: 'completeness.phone', field: 'contact.phone', valueClass: 'missing' }],
};

const deal = { ...lead, opportunityId: 'lead-1-o1' };
const meeting = { ...lead, meetingId: 'lead-1-1-m1', kind: 'discovery', startsAt: at, by: 'gina' };

const item = {
  ...{ personId: 'sam', itemId: 'sam/2026-W47/coaching', period: '2026-W47', item: 'coaching' },
  ...{ count: 1, n: 1 },
};

/** One example of each type, as the product publishes it. */
const ticket = {
  ...{ ticketId: 'ticket-1', deskSystem: 'zendesk', deskRecordId: '4711', customerId: 'c-1' },
  ...{ customerKind: 'enterprise', severity: 'critical', service: null, ownerId: 'kim', status: 'open' },
};

const EXAMPLES: Record<DetailType, Record<string, unknown>> = {
  LeadReceived: { ...clock, source: 'demo_request', tier: 1, segment: 'smb', priority: 'hot' },
  LeadAssigned: { ...clock, reason: 'It was your turn.', via: 'round_robin' },
  NobodyAvailable: { ...clock, ownerId: null },
  LeadAcknowledged: clock,
  SlaReminderDue: { ...clock, rung: 'remind', previousOwnerId: null },
  SlaAtRisk: { ...clock, rung: 'warn' },
  SlaBreached: { ...clock, rung: 'breach', previousOwnerId: 'nina', crm },
  LeadReassigned: { ...clock, previousOwnerId: 'nina', reason: 'Taken from nina.' },
  LeadSentToBackup: { ...clock, rung: 'backup', backupPoolId: 'backup' },
  SlaCritical: { ...clock, rung: 'critical' },
  IncidentOpened: { ...clock, rung: 'incident', recordId: 'mql.respond-1/incident' },
  SlaThresholdPassed: { ...clock, rung: 'threshold' },
  AttemptRecorded: {
    ...lead,
    activityId: 'a1',
    type: 'call',
    outcome: 'no_answer',
    occurredAt: at,
    personId: null,
  },
  LeadContacted: { ...lead, contactedAt: at, personId: 'sam' },
  SlaMet: { ...clock, metAt: at, verdict: 'met' },
  SlaVerdictTurned: { ...clock, verdict: 'met', metAt: at },
  ClockPaused: { ...clock, reason: 'call later', until: null },
  ClockResumed: { ...clock, reason: 'call later' },
  ClockExtended: { ...clock, added: 'PT30M', reason: 'holiday' },
  ClockCancelled: clock,
  CrmFieldsChanged: { ...lead, crm },
  NotificationFailed: {
    ...lead,
    clockId: null,
    rung: null,
    noticeId: 'lead/assigned/sam',
    notice: 'assigned',
    recipient: 'sam',
    attempts: 3,
    error: 'MailRejected',
  },
  WorkflowFailed: { ...lead, error: 'States.Timeout', state: 'warn' },
  InquiryReceived: { ...lead, source: 'newsletter_signup' },
  LeadQualified: {
    ...{ ...gate, status: 'unassigned', verdict: 'mql', failing: [] },
    ...{ source: 'demo_request', tier: 1, segment: null, priority: 'hot' },
  },
  LeadHeld: { ...gate, clockId: 'marketing.enrich-1', commitment: 'marketing.enrich', dueAt: at },
  LeadNurtured: { ...gate, status: 'nurture', verdict: 'nurture', track: 'fits_but_quiet' },
  ReviewOffered: { ...gate, status: 'nurture', verdict: 'review', score: 52, n: 1 },
  ReviewDecided: { leadId: 'lead-1', cycle: 1, n: 1, decision: 'accepted', by: 'mona' },
  LeadDisqualified: {
    ...{ ...gate, status: 'disqualified', verdict: 'refused' },
    failing: [{ criterion: 'not_competitor', field: 'contact.email', valueClass: 'competitor_domain' }],
  },
  LeadSuppressed: {
    ...{ ...gate, status: 'recycled', verdict: 'refused' },
    failing: [{ criterion: 'not_suppressed', field: 'contact.email', valueClass: 'cadence_exhausted' }],
  },
  SentToAccountTeam: { leadId: 'lead-1', cycle: 1, status: 'disqualified' },
  LeadReturned: { leadId: 'lead-1', cycle: 2, previousCycle: 1 },
  LeadAccepted: { ...lead, status: 'sal', by: 'sam' },
  LeadRejected: { ...lead, status: 'rejected', by: 'sam', code: 'REJ-03', effect: 'do_not_route' },
  RejectionResolved: { ...lead, status: 'held', by: null, code: 'REJ-01' },
  LeadPromoted: { ...lead, status: 'sql', by: 'sam', meetingAt: at, flagged: ['economic_buyer'] },
  LeadDisposed: {
    ...{ ...lead, status: 'recycled', by: 'sam', disposition: 'unable_to_reach' },
    ...{ dispositionReason: 'no_answer', scenario: 'cadence_exhausted', attempts: 3, attemptsRequired: 8 },
    ...{ channels: 2, early: true, signedBy: 'mona' },
  },
  TouchMissed: { ...clock, touch: 3, channel: 'linkedin', missed: 1 },
  DispositionRequired: { ...lead, because: 'touches_missed' },
  BriefingCompleted: { ...lead, status: 'sql', by: 'sam' },
  AeNotified: { ...lead, status: 'sql', aeId: 'alice', n: 1, via: 'round_robin', reason: 'Next in turn.' },
  IntroductionSent: { ...lead, status: 'sql', aeId: 'alice', n: 1, by: 'sam', sentAt: at },
  SqlAccepted: { ...lead, status: 'opportunity', aeId: 'alice', n: 1 },
  SqlRejected: { ...lead, status: 'sal', aeId: 'alice', n: 1, code: 'AE-REJ-01', effect: 'back_to_sal' },
  OpportunityCreated: { ...lead, status: 'opportunity', opportunityId: 'lead-1-o1', aeId: 'alice', n: 1 },
  DiscoveryDelaySigned: { ...lead, status: 'opportunity', opportunityId: 'lead-1-o1', by: 'aaron' },
  OpportunityUpdated: { ...deal, by: 'gina', fields: ['stage'], stage: 2, flags: [] },
  OpportunityTriggered: { ...deal, trigger: 'deal_size_changed' },
  OpportunityWon: { ...deal, by: 'gina', outcome: 'won', lossReason: null, stage: 5 },
  OpportunityLost: { ...deal, by: 'gina', outcome: 'lost', lossReason: 'budget', stage: 2 },
  MeetingBooked: meeting,
  MeetingMoved: meeting,
  MeetingHeld: meeting,
  MeetingMissed: meeting,
  MeetingCancelled: meeting,
  FactTold: {
    ...lead,
    ...{ by: 'sam', fact: 'lead_reviewed', occurredAt: at, countsAt: at, meetingId: null },
  },
  PersonalDataErased: { leadId: 'lead-1', cycle: 1, status: 'disqualified' },
  TicketOpened: { ...ticket, at },
  TicketAnswered: { ...ticket, status: 'answered', at },
  TicketResolved: { ...ticket, status: 'resolved', at },
  TicketReopened: { ...ticket, at },
  TicketUpdated: { ...ticket, fields: ['severity'] },
  ConsequenceOpened: item,
  ConsequenceTakenBack: item,
  ConsequenceClosed: { ...item, by: 'mona' },
  PatternFound: { ...item, itemId: 'sam/2026-W47/role_review', item: 'role_review', count: 16 },
  AeReviewOpened: {
    ...item,
    ...{ personId: 'alice', itemId: 'alice/2026-11/three_way_review', period: '2026-11' },
    item: 'three_way_review',
  },
  ItemNoticeFailed: {
    ...{ personId: 'sam', itemId: item.itemId, noticeId: `${item.itemId}/item_opened/mona/1` },
    ...{ notice: 'item_opened', recipient: 'mona', attempts: 5, error: 'MailRejected' },
  },
  AvailabilityChanged: { personId: 'sam', available: false, from: at, until: null },
};
const types = Object.keys(EVENT_SCHEMAS) as DetailType[];

describe.each(types)('%s', (type) => {
  test('takes its example as it is', () => {
    expect(parseEventData(type, EXAMPLES[type])).toEqual(EXAMPLES[type]);
  });

  test.each(['contact', 'email', 'phone', 'firstName', 'name', 'company'])(
    'refuses a field called %s',
    (field) => {
      expect(() => parseEventData(type, { ...EXAMPLES[type], [field]: 'Ada' })).toThrow(TypeError);
    },
  );

  test('refuses an event that does not say what it is about', () => {
    const subject = ['leadId', 'ticketId', 'personId'].find((key) => key in EXAMPLES[type])!;
    expect(() => parseEventData(type, { ...EXAMPLES[type], [subject]: undefined })).toThrow(
      `${subject}: invalid_type`,
    );
  });
});

describe('of a ticket', () => {
  const clock = {
    ...{ clockId: 'support.critical.response-1', commitment: 'support.critical.response', dueAt: at },
    ...{ target: 'PT15M', targetFrom: 'severity critical' },
  };

  test('a breach says whose ticket it is, and nothing of a lead', () => {
    const breach = { ...ticket, ...clock, rung: 'breach' };
    expect(parseEventData('SlaBreached', breach)).toEqual(breach);
    expect(() => parseEventData('SlaBreached', { ...breach, leadId: 'lead-1' })).toThrow('unrecognized_keys');
    expect(() => parseEventData('SlaBreached', { ...breach, customerId: undefined })).toThrow(
      'customerId: invalid_type',
    );
  });

  test('what only leads have is none of a ticket', () => {
    expect(() => parseEventData('LeadAssigned', { ...ticket, ownerId: 'kim' })).toThrow(
      'leadId: invalid_type',
    );
  });

  test('the envelope goes by the ticket', () => {
    const effect = { kind: 'event', id: 'NotificationFailed/x', detailType: 'TicketOpened', at } as const;
    const { metadata } = eventDetail({ ...effect, data: { ...ticket, at } }, 'c');
    expect(metadata.id).toBe('ticket-1/NotificationFailed/x');
  });
});

test('an unknown type is a programming error', () => {
  expect(() => parseEventData('LeadTeleported', {})).toThrow('no schema for events of type LeadTeleported');
  expect(() => parseEventData('toString', {})).toThrow(TypeError);
});

test('the complaint about data does not repeat it', () => {
  const read = () => parseEventData('SlaMet', { ...EXAMPLES.SlaMet, metAt: 'ada@prospect.example' });
  expect(read).toThrow('metAt: invalid_format');
  expect(read).not.toThrow('ada@prospect.example');
});

test.each(['value', 'note', 'wouldPass', 'email'])('a failing criterion has no place for its %s', (field) => {
  const failing = [{ ...gate.failing[0], [field]: 'ada@prospect.example' }];
  for (const type of [
    'LeadQualified',
    'LeadHeld',
    'LeadNurtured',
    'ReviewOffered',
    'LeadDisqualified',
    'LeadSuppressed',
  ] as const) {
    const read = () => parseEventData(type, { ...EXAMPLES[type], failing });
    expect(read).toThrow('failing.0: unrecognized_keys');
    expect(read).not.toThrow('ada@prospect.example');
  }
});

test('a long reason is cut, not refused', () => {
  const data = parseEventData('ClockPaused', { ...EXAMPLES.ClockPaused, reason: 'x'.repeat(5000) });
  expect(data['reason']).toHaveLength(500);
});

describe('the envelope', () => {
  const effect = (id: string, type: DetailType = 'SlaMet') =>
    ({ kind: 'event', id, detailType: type, at, data: EXAMPLES[type] }) as const;

  test('has an id that is the same each time and different for each lead', () => {
    const detail = eventDetail(effect('SlaMet/mql.respond-1'), 'request-7');
    expect(detail.metadata).toEqual({
      id: 'lead-1/SlaMet/mql.respond-1',
      version: '1',
      time: at,
      correlationId: 'request-7',
    });
    expect(eventDetail(effect('SlaMet/mql.respond-1'), 'request-7')).toEqual(detail);
  });

  test('does not name the lead twice', () => {
    expect(eventDetail(effect('lead-1/1/SlaMet'), 'c').metadata.id).toBe('lead-1/1/SlaMet');
  });

  test('of somebody’s absence goes by the person', () => {
    const id = `AvailabilityChanged/${at}`;
    expect(eventDetail(effect(id, 'AvailabilityChanged'), 'c').metadata.id).toBe(`sam/${id}`);
  });
});

test('the source is the one that rules match', () => {
  expect(EVENT_SOURCE).toBe('lead-sla');
});
