/** An inquiry as it is told: what the gate looks at (policy book §6). */
import { z } from 'zod';
import { instantSchema, isoSchema, line, personIdSchema } from './common.ts';
import { relationsSchema, submitLeadSchema } from './lead-intake.ts';
import { criterionSchema, leadViewSchema } from './lead-view.ts';

/** Signals that one request may bring. */
const MOST_AT_ONCE = 500;

const { crm, contact, company, partner } = submitLeadSchema.shape;
// Whatever was typed as an address: the gate says what is wrong with it.
const anyContact = contact.unwrap().extend({ email: line(320).optional() });

const signalSchema = z
  .strictObject({
    id: line(256).describe('A signal with an id that was seen before is the same signal.'),
    type: line(64).describe('An act or a raw signal of the policy.'),
    at: instantSchema.describe('When the contact did it.'),
    source: line(64).optional().describe('Who saw it: the website, the mail system.'),
    session: line(256).optional().describe('The visit that it belongs to.'),
  })
  .meta({ id: 'Signal' });

/** What the gate looks at, as `explain-score` reads it from a file. */
export const inquirySchema = z.strictObject({
  contact: anyContact.default({}),
  company: company.unwrap().default({}),
  partner,
  signals: z.array(signalSchema).max(10_000).default([]),
  relations: relationsSchema.optional(),
});

const EXAMPLE_SIGNALS = [
  { id: 'web-7781', type: 'roi_calculator', at: '2026-11-20T15:04:00Z', source: 'website', session: 's-12' },
];

export const submitInquirySchema = inquirySchema
  .extend({
    crm,
    source: line(64).optional().describe("One of the policy's sources; left out: what the acts say."),
    signals: z.array(signalSchema).max(MOST_AT_ONCE).default([]),
  })
  .meta({
    id: 'SubmitInquiry',
    examples: [
      {
        crm: { system: 'hubspot', recordId: '88120' },
        contact: {
          firstName: 'Ada',
          lastName: 'Byron',
          email: 'ada@example.com',
          phone: '+1 617 555 0100',
          title: 'VP Engineering',
          country: 'US',
          region: 'MA',
        },
        company: { name: 'Example', domain: 'example.com', employees: 1200, industry: 'software' },
        signals: EXAMPLE_SIGNALS,
      },
    ],
  });
export const recordSignalsSchema = z
  .strictObject({ signals: z.array(signalSchema).min(1).max(MOST_AT_ONCE) })
  .meta({ id: 'RecordSignals', examples: [{ signals: EXAMPLE_SIGNALS }] });

export const reviewInquirySchema = z
  .strictObject({
    decision: z.enum(['accept', 'leave']).describe('accept: it becomes an MQL; leave: it stays in nurture.'),
    by: personIdSchema.describe('Who decides: somebody to whom it was offered, or a manager.'),
    reason: line(500),
  })
  .meta({
    id: 'ReviewInquiry',
    examples: [{ decision: 'accept', by: 'mona', reason: 'Known from the fair; a call is worth it.' }],
  });

const evaluationSchema = z
  .object({
    at: isoSchema.describe('The instant for which the score is computed; nothing of it is stored.'),
    verdict: z.enum(['mql', 'held', 'review', 'nurture', 'refused']),
    track: z.enum(['fits_but_quiet', 'keen_but_no_fit', 'neither']).nullable(),
    score: z.object({
      total: z.number(),
      fit: z.number(),
      intent: z.number(),
      toThreshold: z.number().describe('Points that are missing to an MQL.'),
      contributions: z.array(
        z.object({ what: z.string(), points: z.number(), because: z.string(), at: isoSchema.optional() }),
      ),
    }),
    criteria: z.array(criterionSchema),
    explanation: z.array(z.string()).describe('Two sentences for a sales rep.'),
  })
  .meta({ id: 'Evaluation' });

export const inquiryViewSchema = z
  .object({
    inquiryId: z.string(),
    status: leadViewSchema.shape.status,
    evaluation: evaluationSchema,
    signals: z.object({ count: z.int(), latestAt: isoSchema.nullable() }),
    lead: leadViewSchema,
  })
  .meta({ id: 'Inquiry' });
export type InquiryView = z.input<typeof inquiryViewSchema>;
