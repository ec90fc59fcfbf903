/** Scores and signal rules (policy book §6; appendix B of 001; 004). */
import { z } from 'zod';
import { fromSchema, idSchema, recipientSchema } from './basics.ts';
import { calendarSpanSchema } from './spans.ts';

export const scoringSchema = z.strictObject({
  scoring: z.strictObject({
    mqlAt: z.number(),
    /** Offered to somebody, never routed by itself. Half-open. */
    review: z.strictObject({ from: z.number(), below: z.number(), offeredTo: recipientSchema }),
    acts: z.array(
      z.strictObject({ id: idSchema, title: z.string().min(1), points: z.number(), from: fromSchema }),
    ),
    decay: z.array(
      z.strictObject({
        id: idSchema,
        title: z.string().min(1),
        points: z.number().negative(),
        /** Time without any activity after which the points are taken off; left out for an act (unsubscribe). */
        inactiveFor: calendarSpanSchema.optional(),
        from: fromSchema,
      }),
    ),
    from: fromSchema,
  }),
  signalRules: z.array(
    z.strictObject({
      id: idSchema,
      title: z.string().min(1),
      /** All of these have to be seen. */
      all: z.array(z.strictObject({ act: idSchema, atLeast: z.int().positive() })).min(1),
      /** Within one visit, or within this time. */
      within: z.union([z.literal('session'), calendarSpanSchema]),
      countsAs: z.enum(['tier_1', 'tier_2']),
      from: fromSchema,
    }),
  ),
});
