/** Inquiries and suppressions as the documentation shows them. */
import type { z } from 'zod';
import type { InquiryView } from '../../lambdas/api/schemas/inquiry.ts';
import type { LeadView } from '../../lambdas/api/schemas/lead-view.ts';
import type { suppressionSchema } from '../../lambdas/api/schemas/suppression.ts';
import { lead } from './lead-example.ts';

const explanation = [
  'Held until Marketing has done its half: 95 points where 60 are needed, 55 for fit and 40 for intent; the ICP fit is 100 of 100.',
  "Missing: a telephone number with its country code, or as written in the contact's country.",
];
const phone = {
  criterion: 'completeness.phone',
  met: false,
  field: 'contact.phone',
  valueClass: 'missing',
  wouldPass: "a telephone number with its country code, or as written in the contact's country",
};
const heldAt = '2026-11-22T23:40:02.310Z';

const WAITS =
  'arn:aws:states:eu-west-1:123456789012:execution:commitment-clock:lead-91d04c7be2a8f35061c7d9ab-marketing-enrich-1';

/** Passed on a Sunday night, without a telephone number. */
export const held: LeadView = {
  ...lead,
  leadId: 'lead-91d04c7be2a8f35061c7d9ab',
  status: 'held',
  crm: { system: 'hubspot', recordId: '88120' },
  source: 'contact_sales',
  score: 95,
  qualifiedAt: null,
  receivedAt: '2026-11-02T09:00:00.000Z',
  owner: null,
  dueAt: '2026-11-23T17:00:00.000Z',
  clocks: [
    {
      ...{ clockId: 'marketing.enrich-1', commitment: 'marketing.enrich', status: 'within_sla', owes: null },
      ...{ target: 'PT4H', targetFrom: 'commitment marketing.enrich' },
      calendar: { id: 'marketing', timeZone: 'America/New_York', holidays: 'US' },
      startedAt: heldAt,
      countsFrom: '2026-11-23T13:00:00.000Z',
      dueAt: '2026-11-23T17:00:00.000Z',
      ...{ metAt: null, metBy: null, verdicts: [], pauses: [], extensions: [] },
      rungs: [
        { rung: 'remind', at: '2026-11-23T15:00:00.000Z', doneAt: null, outcome: null, reason: null },
        { rung: 'breach', at: '2026-11-23T17:00:00.000Z', doneAt: null, outcome: null, reason: null },
      ],
      explanation: '4 hours of business time from 08:00 on Monday in America/New_York.',
      executionArn: WAITS,
    },
  ],
  gate: {
    decides: 'gate',
    evaluatedAt: heldAt,
    verdict: 'held',
    track: null,
    score: { total: 95, fit: 55, intent: 40 },
    failing: [phone],
    explanation,
    review: null,
    heldAt,
    completedAt: null,
    passedAt: null,
  },
  explanation,
  executionArn: WAITS,
};

export const inquiry: InquiryView = {
  inquiryId: held.leadId,
  status: 'held',
  evaluation: {
    at: heldAt,
    verdict: 'held',
    track: null,
    score: {
      ...{ total: 95, fit: 55, intent: 40, toThreshold: 0 },
      contributions: [
        { what: 'industry', points: 20, because: 'The industry is in scope.' },
        { what: 'size', points: 15, because: 'The size of the company is in range.' },
        { what: 'economic_buyer', points: 20, because: 'The title is one of an economic buyer.' },
        {
          what: 'contact_sales',
          points: 40,
          because: 'Asked to be contacted.',
          at: '2026-11-22T23:40:00.000Z',
        },
      ],
    },
    criteria: [
      {
        ...{ criterion: 'icp_fit', met: true, wouldPass: 'a fit of at least 60 of 100' },
        note: 'The fit is 100 of 100.',
      },
      phone,
    ],
    explanation,
  },
  signals: { count: 4, latestAt: '2026-11-22T23:40:00.000Z' },
  lead: held,
};

const completed = '2026-11-23T13:22:40.500Z';
/** The missing part has come: an MQL from now on. */
export const qualified: LeadView = {
  ...held,
  ...{ status: 'assigned', qualifiedAt: completed, owner: lead.owner, dueAt: '2026-11-23T13:27:40.500Z' },
  gate: held.gate && {
    ...{ ...held.gate, evaluatedAt: completed, verdict: 'mql', failing: [] },
    ...{ completedAt: completed, passedAt: completed },
  },
  clocks: [
    ...held.clocks.map((clock) => ({ ...clock, status: 'met' as const, metAt: completed })),
    ...lead.clocks.map((clock) => ({
      ...clock,
      ...{ startedAt: completed, countsFrom: completed, dueAt: '2026-11-23T13:27:40.500Z', rungs: [] },
      explanation: '5 minutes of business time from 08:22:40 on Monday in America/New_York.',
    })),
  ],
};

/** From the review band, accepted. */
export const accepted: InquiryView = {
  ...inquiry,
  status: 'assigned',
  evaluation: {
    ...inquiry.evaluation,
    verdict: 'review',
    score: {
      ...{ total: 50, fit: 40, intent: 10, toThreshold: 10 },
      contributions: [
        { what: 'industry', points: 20, because: 'The industry is in scope.' },
        { what: 'economic_buyer', points: 20, because: 'The title is one of an economic buyer.' },
        {
          what: 'product_pages',
          points: 10,
          because: 'Looked at several product pages.',
          at: '2026-11-22T23:40:00.000Z',
        },
      ],
    },
    criteria: [
      {
        ...{ criterion: 'score', met: false, wouldPass: 'a score of at least 60' },
        note: 'The score is 50.',
      },
    ],
    explanation: [
      'In the review band: 50 points where 60 are needed, 40 for fit and 10 for intent; the ICP fit is 73 of 100.',
      'What counted most: The industry is in scope (+20); The title is one of an economic buyer (+20); Looked at several product pages (+10).',
    ],
  },
  lead: {
    ...qualified,
    gate: qualified.gate && {
      ...qualified.gate,
      score: { total: 50, fit: 40, intent: 10 },
      review: {
        ...{ n: 1, state: 'accepted', offeredAt: heldAt, decidedAt: completed, by: 'mona' },
        reason: 'Known from the fair; a call is worth it.',
      },
    },
  },
};

export const suppression: z.input<typeof suppressionSchema> = {
  suppressionId: 'domain-6f1c2a90b4e7d3586f1c2a90b4e7d358-competitor',
  kind: 'domain',
  value: 'rival.example',
  scenario: 'competitor',
  reason: 'They sell what we sell.',
  from: '2026-11-20T15:04:05.000Z',
  until: null,
  origin: { by: 'olive', leadId: null },
};
