/** Touches, missed touches, what is asked before a lead is given up (policy book §9). */
import { z } from 'zod';
import { fromSchema, recipientSchema } from './basics.ts';
import { tierNumberSchema } from './lead-kinds.ts';

export const cadenceSchema = z.strictObject({
  cadence: z.strictObject({
    touches: z.array(
      z.strictObject({
        touch: z.int().positive(),
        /** Day of the cadence, from 1: the day on which the clock starts to count. */
        day: z.int().positive(),
        channel: z.enum(['phone', 'email', 'linkedin', 'sms']),
        atOnce: z.boolean().default(false),
        tiers: z.array(tierNumberSchema).min(1),
        purpose: z.string().min(1),
        from: fromSchema,
      }),
    ),
    benchmark: z.strictObject({
      attempts: z.strictObject({ from: z.int().positive(), to: z.int().positive() }),
      channels: z.int().positive(),
      from: fromSchema,
    }),
    missed: z.array(
      z.strictObject({
        touches: z.int().positive(),
        action: z.enum(['task_next_business_hour', 'tell', 'recycle_with_disposition']),
        tell: z.array(recipientSchema),
        from: fromSchema,
      }),
    ),
  }),
});
