/** Lists and histories. */
import { z } from 'zod';
import { LEAD_STATUSES } from '../../../core/model/lead.ts';
import { RUNGS } from '../../../core/policy/schema/commitments.ts';
import { isoSchema, line, personIdSchema } from './common.ts';
import { leadViewSchema } from './lead-view.ts';

export const listLeadsQuerySchema = z.strictObject({
  owner: personIdSchema.optional(),
  status: z.enum(LEAD_STATUSES).optional(),
  pool: line(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(500).optional().describe('The cursor of the page before.'),
});

export const leadPageSchema = z
  .object({
    leads: z.array(leadViewSchema),
    cursor: z.string().nullable().describe('Null on the last page.'),
  })
  .meta({ id: 'LeadPage' });

export const timelineSchema = z
  .object({
    leadId: z.string(),
    /** Oldest first. */
    timeline: z.array(
      z.object({
        entryId: z.string(),
        at: isoSchema,
        what: z.string().describe('A past-tense fact, e.g. owner_reminded.'),
        who: z.string().describe('system, person:<id>, crm:<system> or prospect.'),
        why: z.string(),
        clockId: z.string().optional(),
        rung: z.enum(RUNGS).optional(),
      }),
    ),
  })
  .meta({ id: 'Timeline' });
