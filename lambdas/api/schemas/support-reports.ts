/** What is reckoned each month: outages as they are told, remedies of a customer, promises to a partner (policy book §16). */
import { z } from 'zod';
import { idSchema, instantSchema, isoSchema, monthSchema, personIdSchema } from './common.ts';

export const putOutageSchema = z
  .strictObject({
    from: instantSchema,
    to: instantSchema.nullable().default(null).describe('Null: the service is still down.'),
    exclusion: idSchema
      .optional()
      .describe("One of the policy's exclusions that pause: it counts for no budget then."),
    by: personIdSchema.describe('Who has told of it.'),
  })
  .meta({
    id: 'PutOutage',
    examples: [{ from: '2026-11-20T15:00:00Z', to: '2026-11-20T15:40:00Z', by: 'rex' }],
  });

export const outageSchema = z
  .object({
    service: z.string(),
    outageId: z.string(),
    from: isoSchema,
    to: isoSchema.nullable(),
    exclusion: z.string().nullable(),
    by: z.string(),
  })
  .meta({ id: 'Outage' });

export const remediesQuerySchema = z.strictObject({
  month: monthSchema,
  customer: idSchema,
  kind: idSchema
    .optional()
    .describe("One of the policy's support customers; left out: the kind of the customer's latest ticket."),
  services: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}(,[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}){0,19}$/, {
      error: 'must be up to 20 names of services, separated by commas',
    })
    .optional()
    .describe('What the customer pays for, separated by commas; left out: what their tickets name.'),
});

const monthViewSchema = z.object({ name: z.string(), from: isoSchema, to: isoSchema });
const tallySchema = z.object({
  judged: z.int(),
  met: z.int(),
  percent: z.number().nullable().describe('Null where nothing was judged.'),
});

export const remediesSchema = z
  .object({
    customerId: z.string(),
    kind: z.string(),
    month: monthViewSchema,
    complete: z.boolean().describe('False while the month runs: nothing is final.'),
    availability: z.array(
      z.object({
        service: z.string(),
        promisedPercent: z.number(),
        percent: z.number(),
        downtimeMs: z.number(),
        excludedMs: z.number().describe('Downtime that exclusions have taken out.'),
        budgetMs: z.number(),
        kept: z.boolean(),
        usedUpAt: isoSchema.nullable(),
      }),
    ),
    tickets: tallySchema.describe('Support clocks whose deadline lies in the month.'),
    leftOut: z.string().nullable().describe('The exclusion that leaves this kind of customer out.'),
    credits: z.array(z.object({ percent: z.number(), because: z.string() })),
    creditPercent: z.number().describe('Of the monthly fee, up to the most that the policy allows.'),
    analyses: z.array(
      z.object({ analysisId: z.string(), because: z.string(), from: isoSchema, dueAt: isoSchema }),
    ),
  })
  .meta({ id: 'Remedies' });

export const monthQuerySchema = z.strictObject({ month: monthSchema });

export const partnerMonthSchema = z
  .object({
    partnerId: z.string(),
    month: monthViewSchema,
    complete: z.boolean().describe('False while the month runs or a promise of it still does.'),
    leads: z.int().describe('Leads with a promised clock that started in the month.'),
    promises: z.array(
      tallySchema.extend({
        commitment: z.string(),
        within: z.string(),
        promisedPercent: z.number(),
        running: z.int().describe('Still within the time: neither kept nor broken.'),
        kept: z.boolean().nullable(),
        creditPercent: z.number(),
      }),
    ),
    completeness: tallySchema.describe('Leads with every field that the partner owes.'),
    creditPercent: z.number().describe("Of the month's credits."),
    leadsRead: z.int().describe('How many leads were read for it.'),
  })
  .meta({ id: 'PartnerMonth' });
