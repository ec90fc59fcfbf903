/** What repeated misses lead to; the system opens the item and tells the manager, it never punishes (policy book §13). */
import { z } from 'zod';
import { fromSchema, idSchema, recipientSchema } from './basics.ts';
import { calendarSpanSchema, percentSchema } from './spans.ts';

export const consequencesSchema = z.strictObject({
  consequences: z.strictObject({
    /** Breaches of one person in a week; ranges include both ends. */
    weekly: z.array(
      z.strictObject({
        from: z.int().positive(),
        to: z.int().positive().optional(),
        item: z.enum(['coaching', 'written_warning_and_training', 'improvement_plan']),
      }),
    ),
    /** So many weeks in a row at the highest step are a pattern: rung L5 of §5. */
    chronic: z.strictObject({
      weeks: z.int().positive(),
      item: z.literal('role_review'),
      tell: z.array(recipientSchema).min(1),
    }),
    tell: z.array(recipientSchema).min(1),
    /** An item is opened when its week is over, one a person and week; or `at_once`, and replaced as the count rises. */
    opens: z.enum(['week_over', 'at_once']),
    /** Before blame comes diagnosis: breaches of this time after a launch are marked. */
    diagnosticFor: calendarSpanSchema,
    /** Days of the home zone on which commitments (all, if none is named) went live. Before its launch all is diagnosis. */
    launches: z.array(z.strictObject({ on: z.iso.date(), of: z.array(idSchema).min(1).optional() })),
    from: fromSchema,
  }),
  complianceBands: z.array(
    z.strictObject({
      id: idSchema,
      title: z.string().min(1),
      /** Percent of clocks met; a band holds from `atLeast` (or above `above`) to below the band before it. */
      above: percentSchema.optional(),
      atLeast: percentSchema.optional(),
      reductionPercent: z.strictObject({ from: percentSchema, to: percentSchema }).optional(),
      from: fromSchema,
    }),
  ),
});
