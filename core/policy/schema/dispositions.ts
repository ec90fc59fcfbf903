/** How a lead leaves the queue, and how it may come back (policy book §13). */
import { z } from 'zod';
import { fromSchema, idSchema, roleSchema } from './basics.ts';
import { calendarSpanSchema } from './spans.ts';

export const dispositionsSchema = z.strictObject({
  dispositions: z.array(
    z.strictObject({
      id: idSchema,
      title: z.string().min(1),
      reasons: z.array(idSchema),
      /** A reason has to say something specific: "too small, under 50 employees", not "not interested". */
      detailRequired: z.boolean(),
      /** The attempts of the segment and the channels of the cadence's benchmark have to be made first. */
      attemptsRequired: z.boolean(),
      /** A manager may sign an early one, which is then recorded as early. */
      earlyIfSigned: z.boolean(),
      then: z.enum(['opportunity', 'close', 're_engage']),
      /** Reasons for which the lead is recycled, each with the row of recycling by which; it may come back by that row. */
      recycledAs: z.record(idSchema, idSchema).default({}),
      from: fromSchema,
    }),
  ),
  /** Words that say nothing about a reason where one has to be specific; compared without case and punctuation. */
  vagueDetails: z
    .strictObject({ phrases: z.array(z.string().min(1)), from: fromSchema })
    .default({ phrases: [] }),
  suppression: z.strictObject({
    /** Whether a high-intent act brings somebody back before the window has passed, or the window holds in any case. */
    insideWindow: z.enum(['refused', 'high_intent_returns']),
    from: fromSchema,
  }),
  recycling: z.array(
    z.strictObject({
      id: idSchema,
      scenario: z.string().min(1),
      outcome: z.string().min(1),
      suppression: z.union([
        calendarSpanSchema,
        z.enum(['none', 'until_enriched', 'for_ever', 'not_applicable']),
      ]),
      /** Any of these brings the lead back. */
      returnsWhen: z.array(
        z.union([
          z.strictObject({ act: z.enum(['high_intent', 'signal']) }),
          z.strictObject({ after: calendarSpanSchema, and: z.literal('fresh_engagement') }),
          z.strictObject({ timelineUnder: calendarSpanSchema }),
          z.strictObject({ event: z.enum(['sdr_requalifies', 'valid_email_and_phone']) }),
        ]),
      ),
      /** When the SDR looks in again; an attempt so much sooner is the check-in (left out: any attempt). */
      checkInAfter: calendarSpanSchema.optional(),
      checkInEarly: calendarSpanSchema.optional(),
      owners: z.array(z.union([roleSchema, z.literal('marketing')])).min(1),
      from: fromSchema,
    }),
  ),
});
