/** The lead in every answer. It carries no contact data: the CRM has it, and only `GET /leads/{leadId}` repeats it. */
import { z } from 'zod';
import { LEAD_STATUSES } from '../../../core/model/lead.ts';
import {
  priorityIdSchema,
  segmentIdSchema,
  tierNumberSchema,
} from '../../../core/policy/schema/lead-kinds.ts';
import { clockViewSchema } from './clock-view.ts';
import { isoSchema } from './common.ts';
import { lifeViewSchema } from './life.ts';

export const criterionSchema = z
  .object({
    criterion: z.string(),
    met: z.boolean(),
    field: z.string().optional(),
    valueClass: z.string().optional().describe('What kind of value the field has, never the value.'),
    wouldPass: z.string().describe('What would pass.'),
    note: z.string().optional(),
  })
  .meta({ id: 'Criterion' });

const gateViewSchema = z
  .object({
    decides: z.enum(['gate', 'crm']).describe('crm: the CRM has qualified the lead itself.'),
    evaluatedAt: isoSchema,
    verdict: z.enum(['mql', 'held', 'review', 'nurture', 'refused']),
    track: z.enum(['fits_but_quiet', 'keen_but_no_fit', 'neither']).nullable(),
    score: z.object({ total: z.number(), fit: z.number(), intent: z.number() }),
    failing: z.array(criterionSchema).describe('Criteria that fail, whether they are enforced or not.'),
    explanation: z.array(z.string()),
    review: z
      .object({
        n: z.int(),
        state: z.enum(['offered', 'accepted', 'left', 'lapsed']),
        offeredAt: isoSchema,
        decidedAt: isoSchema.nullable(),
        by: z.string().nullable(),
        reason: z.string().nullable(),
      })
      .nullable(),
    heldAt: isoSchema.nullable(),
    completedAt: isoSchema.nullable(),
    passedAt: isoSchema.nullable().describe('When it became an MQL; null until then.'),
  })
  .meta({ id: 'Gate' });

const ownerViewSchema = z
  .object({
    personId: z.string(),
    assignedAt: isoSchema,
    reason: z.string().describe('Why this person, in at most two sentences.'),
    via: z.enum(['round_robin', 'on_call', 'fallback', 'backup', 'by_hand']),
  })
  .meta({ id: 'Owner' });

export const leadViewSchema = z
  .object({
    leadId: z.string(),
    status: z.enum(LEAD_STATUSES),
    cycle: z.int(),
    crm: z.object({ system: z.string(), recordId: z.string(), url: z.string().optional() }),
    source: z.string(),
    score: z.number().optional(),
    tier: tierNumberSchema,
    segment: segmentIdSchema.nullable(),
    priority: priorityIdSchema,
    territory: z.string().nullable(),
    pool: z.string(),
    zone: z
      .object({ timeZone: z.string(), holidays: z.string().nullable(), from: z.string() })
      .describe("The prospect's time zone and what it was taken from."),
    afterHours: z.enum(['on_call', 'acknowledged']).nullable(),
    qualifiedAt: isoSchema
      .nullable()
      .describe('Null while it is not an MQL: held, in nurture, disqualified by the gate.'),
    receivedAt: isoSchema,
    owner: ownerViewSchema.nullable(),
    previousOwners: z.array(ownerViewSchema),
    unassignedSince: isoSchema.nullable(),
    firstAttemptAt: isoSchema.nullable(),
    firstContactAt: isoSchema.nullable(),
    attempts: z.int(),
    backDatedActivities: z.int(),
    flags: z.object({
      atRisk: z.boolean(),
      urgent: z.boolean(),
      breachReview: z.boolean(),
      escalated: z.boolean(),
      backupQueue: z.boolean(),
    }),
    dueAt: isoSchema.nullable().describe('The soonest deadline among the open clocks.'),
    clocks: z.array(clockViewSchema),
    gate: gateViewSchema.nullable().describe('What the gate has said of it last.'),
    life: lifeViewSchema.describe('What has become of it after the first attempt, in the present cycle.'),
    erasedAt: isoSchema.nullable(),
    explanation: z.array(z.string()),
    policyVersion: z.string(),
    executionArn: z
      .string()
      .nullable()
      .describe(
        'The execution that waits for the response, else for the latest clock; null while none does.',
      ),
  })
  .meta({ id: 'Lead' });
export type LeadView = z.input<typeof leadViewSchema>;

/** One lead by its id: with what the CRM said of the prospect. */
export const leadDetailSchema = z
  .object({
    ...leadViewSchema.shape,
    contact: z.object({
      firstName: z.string().optional(),
      lastName: z.string().optional(),
      email: z.string().optional(),
      phone: z.string().optional(),
      title: z.string().optional(),
      timeZone: z.string().optional(),
      country: z.string().optional(),
      region: z.string().optional(),
    }),
    company: z.object({
      name: z.string().optional(),
      domain: z.string().optional(),
      employees: z.number().optional(),
      annualRevenueUsd: z.number().optional(),
      industry: z.string().optional(),
    }),
    signals: z.array(z.object({ type: z.string(), at: isoSchema, endsAt: isoSchema.optional() })),
    partner: z.object({ id: z.string() }).optional(),
  })
  .meta({ id: 'LeadDetail' });
export type LeadDetail = z.input<typeof leadDetailSchema>;
