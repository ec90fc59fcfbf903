/** Touches, missed touches, what is asked before a lead is given up (policy book §9). */
import { z } from 'zod';
import { fromSchema, recipientSchema, spanSchema } from './basics.ts';
import { tierNumberSchema } from './lead-kinds.ts';

export const CHANNELS = ['phone', 'email', 'linkedin', 'sms'] as const;
export type Channel = (typeof CHANNELS)[number];

export const cadenceSchema = z.strictObject({
  cadence: z.strictObject({
    touches: z.array(
      z.strictObject({
        touch: z.int().positive(),
        /** Day of the cadence, from 1: the day on which the clock starts to count. */
        day: z.int().positive(),
        channel: z.enum(CHANNELS),
        atOnce: z.boolean().default(false),
        tiers: z.array(tierNumberSchema).min(1),
        purpose: z.string().min(1),
        from: fromSchema,
      }),
    ),
    /** What is added after the last touch when more attempts are required than the table has touches: these in turn. */
    further: z.strictObject({
      channels: z.array(z.enum(CHANNELS)).min(1),
      purpose: z.string().min(1),
      from: fromSchema,
    }),
    benchmark: z.strictObject({
      attempts: z.strictObject({ from: z.int().positive(), to: z.int().positive() }),
      channels: z.int().positive(),
      from: fromSchema,
    }),
    missed: z.array(
      z.strictObject({
        touches: z.int().positive(),
        action: z.enum(['task_next_business_hour', 'tell', 'recycle_with_disposition']),
        /** Time that the task allows from the miss on; without it, it is due at once. */
        within: spanSchema.optional(),
        tell: z.array(recipientSchema),
        from: fromSchema,
      }),
    ),
  }),
});
