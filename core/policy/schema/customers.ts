/** Partners, support customers, remedies, and what the CRM holds (policy book §16, §17). */
import { z } from 'zod';
import { fromSchema, idSchema, spanSchema } from './basics.ts';
import { percentSchema } from './spans.ts';

const promiseSchema = z.strictObject({ percent: percentSchema, within: spanSchema, of: idSchema });

export const customersSchema = z.strictObject({
  partners: z.strictObject({
    /** Share of a partner's leads for which a commitment is met within a time. */
    promises: z.array(promiseSchema),
    /** What a partner owes in return: fields that have to be filled in. */
    owes: z.array(z.enum(['name', 'company', 'email', 'phone', 'title'])),
    report: z.literal('monthly'),
    /** Whether registration credits or market development funds follow compliance. */
    creditsFollowCompliance: z.boolean(),
    from: fromSchema,
  }),
  support: z.strictObject({
    /** The commitments of each severity. */
    severities: z.array(
      z.strictObject({
        id: idSchema,
        title: z.string().min(1),
        response: idSchema,
        resolution: idSchema,
        from: fromSchema,
      }),
    ),
    /** The commitment of each kind of customer. Of the rows that apply the strictest holds. */
    customers: z.array(
      z.strictObject({
        id: idSchema,
        response: idSchema,
        availabilityPercent: percentSchema.optional(),
        from: fromSchema,
      }),
    ),
    /** The commitment of each service, whoever the customer is. */
    services: z.array(z.strictObject({ id: idSchema, response: idSchema, from: fromSchema })),
    firstContactResolution: z.strictObject({
      fromPercent: percentSchema,
      toPercent: percentSchema,
      from: fromSchema,
    }),
  }),
  availability: z.array(
    z.strictObject({ percent: percentSchema, downtimeMinutesAYear: z.number().positive(), from: fromSchema }),
  ),
  exclusions: z.array(z.strictObject({ id: idSchema, title: z.string().min(1), from: fromSchema })),
  remedies: z.array(z.strictObject({ id: idSchema, title: z.string().min(1), from: fromSchema })),
  crm: z.strictObject({
    /** The values written back whenever they change, and what each system calls them. */
    fields: z.array(
      z.strictObject({
        value: z.enum([
          'sla_start',
          'sla_due',
          'sla_status',
          'sla_priority',
          'first_contact',
          'attempts',
          'breach_reason',
        ]),
        salesforce: z.string().min(1),
        hubspot: z.string().min(1),
        from: fromSchema,
      }),
    ),
    /** How each status reads in the CRM. */
    statusNames: z.strictObject({
      within_sla: z.string(),
      at_risk: z.string(),
      breached: z.string(),
      escalated: z.string(),
      met: z.string(),
      missed: z.string(),
      paused: z.string(),
      cancelled: z.string(),
    }),
    from: fromSchema,
  }),
});
