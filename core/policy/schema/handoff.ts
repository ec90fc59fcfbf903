/** SQL to opportunity: the AE's reasons to reject, and when rejections are looked into (policy book §11). */
import { z } from 'zod';
import { fromSchema, idSchema, roleSchema } from './basics.ts';
import { segmentIdSchema } from './lead-kinds.ts';
import { calendarSpanSchema, percentSchema } from './spans.ts';

const aeCodeSchema = z.string().regex(/^AE-REJ-\d{2}$/, 'a code like AE-REJ-01');

export const handoffSchema = z.strictObject({
  /** Parts of the briefing document; it is complete when none is empty or a placeholder of the gate's. */
  briefing: z.strictObject({ parts: z.array(idSchema).min(1), from: fromSchema }),
  /** Segments whose accounts are strategic: SDR and AE meet before the first meeting of the AE. */
  strategicAccounts: z.strictObject({ segments: z.array(segmentIdSchema), from: fromSchema }),
  aeRejections: z.array(
    z.strictObject({
      code: aeCodeSchema,
      reason: z.string().min(1),
      effect: z.enum(['back_to_sal', 'nurture', 'sdr_re_engages', 'stays_sal', 'revops_arbitrates']),
      checkInAfter: calendarSpanSchema.optional(),
      /** The row of the recycling by which the lead is worked on, or suppressed, from then on. */
      scenario: idSchema.optional(),
      reviewedBy: roleSchema,
      from: fromSchema,
    }),
  ),
  aeRejectionReview: z.strictObject({
    abovePercent: percentSchema,
    /** Of which decisions the share is reckoned; a review is opened when the period is over. */
    period: z.enum(['month', 'quarter']),
    /** No share is reckoned of fewer SQLs that an AE has decided. */
    minimum: z.int().positive(),
    codes: z.array(aeCodeSchema).min(1),
    /** Who meets; nobody is blamed before. */
    attendees: z.array(roleSchema).min(1),
    from: fromSchema,
  }),
});
