/** Answers as the documentation shows them; a test holds them against the schemas. */
import type { z } from 'zod';
import type { leadDetailSchema, LeadView } from '../../lambdas/api/schemas/lead-view.ts';
import type { personViewSchema } from '../../lambdas/api/schemas/person.ts';
import type { RouteName } from '../../lambdas/api/routes.ts';

const lead: LeadView = {
  leadId: 'lead-5f2c9a0b7d1e4c3a8b6f0d2e',
  status: 'assigned',
  cycle: 1,
  crm: { system: 'salesforce', recordId: '00Q5g00000ABCDE' },
  source: 'demo_request',
  score: 82,
  tier: 1,
  segment: 'enterprise',
  priority: 'hot',
  territory: 'us_east',
  pool: 'enterprise',
  zone: { timeZone: 'America/New_York', holidays: 'US-MA', from: 'the time zone of the contact' },
  afterHours: null,
  qualifiedAt: '2026-11-20T15:04:05.000Z',
  receivedAt: '2026-11-20T15:04:06.120Z',
  owner: {
    personId: 'sam',
    assignedAt: '2026-11-20T15:04:06.480Z',
    reason: 'Sam is next in the round robin of pool enterprise.',
    via: 'round_robin',
  },
  previousOwners: [],
  unassignedSince: null,
  firstAttemptAt: null,
  firstContactAt: null,
  attempts: 0,
  backDatedActivities: 0,
  flags: { atRisk: false, urgent: false, breachReview: false, escalated: false, backupQueue: false },
  dueAt: '2026-11-20T15:09:05.000Z',
  clocks: [
    {
      clockId: 'mql.respond-1',
      commitment: 'mql.respond',
      status: 'within_sla',
      owes: 'sam',
      target: 'PT5M',
      targetFrom: 'source demo_request',
      calendar: { id: 'business', timeZone: 'America/New_York', holidays: 'US-MA' },
      startedAt: '2026-11-20T15:04:05.000Z',
      countsFrom: '2026-11-20T15:04:05.000Z',
      dueAt: '2026-11-20T15:09:05.000Z',
      metAt: null,
      metBy: null,
      verdicts: [],
      pauses: [],
      extensions: [],
      rungs: [{ rung: 'remind', at: '2026-11-20T15:06:35.000Z', doneAt: null, outcome: null, reason: null }],
      explanation: '5 minutes of business time from 10:04:05 on Friday in America/New_York.',
    },
  ],
  explanation: ['Tier 1: a demo request is a single high-intent act.'],
  policyVersion: '2026.1+3f9ac21b',
  executionArn:
    'arn:aws:states:eu-west-1:123456789012:execution:mql-response:lead-5f2c9a0b7d1e4c3a8b6f0d2e-1',
};

const detail: z.input<typeof leadDetailSchema> = {
  ...lead,
  contact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', country: 'US', region: 'MA' },
  company: { name: 'Example', domain: 'example.com', employees: 1200 },
  signals: [{ type: 'demo_request', at: '2026-11-20T15:04:00.000Z' }],
  partner: { id: 'p-17' },
};

const met: LeadView = {
  ...lead,
  firstAttemptAt: '2026-11-20T15:07:30.000Z',
  attempts: 1,
  dueAt: null,
  clocks: lead.clocks.map((clock) => ({
    ...clock,
    status: 'met',
    metAt: '2026-11-20T15:07:30.000Z',
    metBy: 'call-4711',
  })),
};

const person: z.input<typeof personViewSchema> = {
  personId: 'sam',
  name: 'Sam Reyes',
  email: 'sam@example.com',
  role: 'sdr',
  managerId: 'mona',
  timeZone: 'America/New_York',
  calendar: 'business',
  territories: ['us_east'],
  segments: ['enterprise', 'mid_market'],
  verticals: [],
  partners: [],
  weight: 1,
  openLeadCap: 40,
  onCall: false,
  active: true,
  availability: [],
};

/** One answer for each route, for all its statuses. */
export const ANSWERS: Record<RouteName, unknown> = {
  'submit-lead': lead,
  'list-leads': { leads: [lead], cursor: null },
  'get-lead': detail,
  'get-timeline': {
    leadId: lead.leadId,
    timeline: [
      {
        entryId: 'lead_received-1',
        at: '2026-11-20T15:04:06.120Z',
        what: 'lead_received',
        who: 'crm:salesforce',
        why: 'Source demo_request, tier 1, due within 5 minutes of business time.',
      },
    ],
  },
  'record-activity': {
    activityId: 'call-4711',
    attempt: true,
    contact: false,
    backDated: false,
    clocksMet: [
      {
        clockId: 'mql.respond-1',
        commitment: 'mql.respond',
        verdict: 'met',
        dueAt: '2026-11-20T15:09:05.000Z',
        metAt: '2026-11-20T15:07:30.000Z',
        because: 'The first attempt was made before the deadline.',
      },
    ],
    lead: met,
  },
  'pause-lead': lead,
  'resume-lead': lead,
  'extend-lead': lead,
  'reassign-lead': lead,
  'list-people': { people: [person] },
  'put-person': { person, warnings: [] },
  'set-availability': {
    person: {
      ...person,
      availability: [
        {
          available: false,
          from: '2026-12-21T13:00:00.000Z',
          until: '2027-01-04T13:00:00.000Z',
          reason: 'vacation',
        },
      ],
    },
    assigned: 0,
  },
};
