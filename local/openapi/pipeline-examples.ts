/** An opportunity and its first meeting as the documentation shows them. */
import type { ClockView } from '../../lambdas/api/schemas/clock-view.ts';
import type { MeetingView, OpportunityView } from '../../lambdas/api/schemas/pipeline.ts';

const LEAD_ID = 'lead-5f2c9a0b7d1e4c3a8b6f0d2e';
export const OPPORTUNITY_ID = `${LEAD_ID}-o1`;
export const MEETING_ID = `${LEAD_ID}-1-m1`;
export const MEETS_AT = '2026-12-01T15:00:00.000Z';
const openedAt = '2026-11-24T19:41:30.000Z';
const promotedAt = '2026-11-24T16:02:44.000Z';
const metAt = '2026-12-01T16:05:12.000Z';
const EXECUTIONS = 'arn:aws:states:eu-west-1:123456789012:execution:commitment-clock';

const clock: ClockView = {
  ...{ clockId: 'opportunity.stage_2_age-1', commitment: 'opportunity.stage_2_age', status: 'within_sla' },
  ...{ owes: 'alice', target: 'P30D', targetFrom: 'commitment opportunity.stage_2_age' },
  calendar: { id: 'civil', timeZone: 'America/New_York', holidays: null },
  ...{ startedAt: metAt, countsFrom: metAt, dueAt: '2026-12-31T16:05:12.000Z' },
  ...{ metAt: null, metBy: null, verdicts: [], pauses: [], extensions: [] },
  rungs: [{ rung: 'breach', at: '2026-12-31T16:05:12.000Z', doneAt: null, outcome: null, reason: null }],
  explanation: 'The opportunity leaves stage 2 in time: 30 days, counted from 2026-12-01T16:05:12.000Z.',
  executionArn: `${EXECUTIONS}:${LEAD_ID}-opportunity-stage_2_age-1`,
};

export const opportunity: OpportunityView = {
  opportunityId: OPPORTUNITY_ID,
  leadId: LEAD_ID,
  ownerId: 'alice',
  openedAt,
  stage: { stage: 2, title: 'Qualification', since: metAt, by: 'alice' },
  stages: [
    { stage: 1, at: openedAt, by: 'alice' },
    { stage: 2, at: metAt, by: 'alice' },
  ],
  amounts: [{ amount: 48_000, at: metAt, by: 'alice' }],
  closeDates: [{ closeDate: '2027-01-29', pushed: false, quarter: '2026-Q4', at: metAt, by: 'alice' }],
  nextStep: { what: 'Security review with their CISO', due: '2026-12-08', at: metAt, by: 'alice' },
  lastActivityAt: metAt,
  ...{ economicBuyerMeeting: null, mutualPlan: null, proposal: null, followUp: null, checkIn: null },
  ...{ discoveryDelay: null, triggered: [], remedied: [] },
  flags: ['close_date_without_economic_buyer_meeting'],
  closed: null,
  clocks: [clock],
  explanation: [
    'Stage 2, Qualification, since 2026-12-01T16:05:12.000Z: MEDDPIC validated and economic buyer identified.',
    'The meeting with the economic buyer is on the calendar.',
    'Its next step is due 2026-12-08.',
    'Flagged: close date without economic buyer meeting.',
  ],
};

export const meeting: MeetingView = {
  meetingId: MEETING_ID,
  leadId: LEAD_ID,
  kind: 'discovery',
  startsAt: MEETS_AT,
  state: 'held',
  booked: { at: promotedAt, by: 'sam' },
  invited: { at: '2026-11-24T16:10:00.000Z', by: 'sam' },
  researched: { at: '2026-11-29T18:00:00.000Z', by: 'alice' },
  debriefed: null,
  notes: { text: 'Their CISO has to agree; she joins on Tuesday.', at: metAt, by: 'alice' },
  history: [
    { state: 'booked', startsAt: MEETS_AT, at: promotedAt, by: 'sam' },
    { state: 'held', startsAt: MEETS_AT, at: metAt, by: 'alice' },
  ],
  clocks: [],
};

/** One answer for each route of the pipeline. */
export const pipelineAnswers = {
  'get-opportunity': opportunity,
  'update-opportunity': opportunity,
  'book-meeting': meeting,
  'get-meeting': meeting,
  'update-meeting': meeting,
};
