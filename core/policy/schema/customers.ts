/** Partners, support customers, remedies, and what the CRM holds (policy book §16, §17). */
import { z } from 'zod';
import { fromSchema, idSchema, recipientSchema, spanSchema } from './basics.ts';
import { percentSchema } from './spans.ts';

/** Service credits, as a percentage of the monthly fee. Of several rows that apply the one with the most holds. */
const creditsSchema = z.strictObject({
  /** Downtime of a month of more than so many times its budget. */
  availability: z.array(z.strictObject({ aboveTimes: z.number().min(1), percent: percentSchema })),
  /** Fewer than this percentage of the customer's support clocks of a month met. */
  tickets: z.array(z.strictObject({ belowPercent: percentSchema, percent: percentSchema })),
  /** All credits of a month together. */
  atMostPercent: percentSchema,
  from: fromSchema,
});

/** By when a root cause analysis is owed. */
const analysisSchema = z.strictObject({
  within: spanSchema,
  calendar: idSchema,
  /** Tickets whose missed clocks call for one; a budget that is used up always does. */
  severities: z.array(idSchema),
  from: fromSchema,
});

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
    /** Percent of the month's credits that follow a promise that fell short by more than so many percentage points. */
    credits: z.array(z.strictObject({ shortByMoreThan: percentSchema, percent: percentSchema })),
    from: fromSchema,
  }),
  support: z.strictObject({
    /** Who stands in for the owner of a ticket while nobody owns it, and for whoever is not on the roster. */
    manager: recipientSchema,
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
    /** The commitment of each service, whoever the customer is; the row `any` is of every service. */
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
  exclusions: z.array(
    z.strictObject({
      id: idSchema,
      title: z.string().min(1),
      /** Whether clocks stand still and downtime does not count while it lasts. */
      pauses: z.boolean(),
      /** Kinds of customers who are left out of remedies altogether. */
      customers: z.array(idSchema).optional(),
      from: fromSchema,
    }),
  ),
  remedies: z.array(
    z.strictObject({
      id: idSchema,
      title: z.string().min(1),
      credits: creditsSchema.optional(),
      analysis: analysisSchema.optional(),
      from: fromSchema,
    }),
  ),
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
