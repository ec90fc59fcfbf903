/** Answers as the documentation shows them; a test holds them against the schemas. */
import type { z } from 'zod';
import type { leadDetailSchema, LeadView } from '../../lambdas/api/schemas/lead-view.ts';
import type { personViewSchema } from '../../lambdas/api/schemas/person.ts';
import type { RouteName } from '../../lambdas/api/routes.ts';
import { closedItem, openItem, personConsequences } from './consequence-examples.ts';
import { accepted, inquiry, qualified, suppression } from './gate-examples.ts';
import { lead } from './lead-example.ts';
import { lifeAnswers } from './life-examples.ts';
import { supportAnswers } from './support-examples.ts';
import { pipelineAnswers } from './pipeline-examples.ts';

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

const erased: LeadView = {
  ...met,
  ...{ status: 'disqualified', crm: { system: 'salesforce', recordId: '' } },
  erasedAt: '2026-12-01T10:00:00.000Z',
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
  ...lifeAnswers(met),
  ...pipelineAnswers,
  ...supportAnswers,
  'update-lead': qualified,
  'erase-personal-data': erased,
  'submit-inquiry': inquiry,
  'get-inquiry': inquiry,
  'record-signals': inquiry,
  'review-inquiry': accepted,
  'put-suppression': suppression,
  'get-suppression': suppression,
  'lift-suppression': { suppressionId: suppression.suppressionId, lifted: true },
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
  'get-person-consequences': personConsequences,
  'close-consequence': closedItem,
  'list-consequences': { week: openItem.period, items: [openItem] },
};
