/** Scores and signal rules (policy book §6; appendix B of 001; 004). */
import { z } from 'zod';
import { fromSchema, idSchema, recipientSchema } from './basics.ts';
import { daysSchema } from './spans.ts';

export const scoringSchema = z.strictObject({
  scoring: z.strictObject({
    mqlAt: z.number(),
    /** Offered to somebody, never routed by itself. Half-open. */
    review: z.strictObject({ from: z.number(), below: z.number(), offeredTo: recipientSchema }),
    /** What a signal, or what a signal rule has seen, is worth. */
    acts: z.array(
      z.strictObject({
        id: idSchema,
        title: z.string().min(1),
        points: z.number(),
        /**
         * Once it has counted, the act counts again only after this time. Left out: for an act that a signal rule sees,
         * once within the rule's window; for any other, each signal counts.
         */
        again: daysSchema.optional(),
        /** The source of a lead that this act made an MQL; left out: the act itself where it is a source. */
        source: idSchema.optional(),
        from: fromSchema,
      }),
    ),
    decay: z.array(
      z.strictObject({
        id: idSchema,
        title: z.string().min(1),
        points: z.number().negative(),
        /** Time without any activity after which the points are taken off; left out for an act (unsubscribe). */
        inactiveFor: daysSchema.optional(),
        from: fromSchema,
      }),
    ),
    /** When several rows on inactivity hold: that of the longest time is taken, or their sum. */
    inactivity: z.enum(['longest', 'sum']),
    from: fromSchema,
  }),
  /** Types of signals besides the acts above and the sources. */
  signals: z.array(
    z.strictObject({
      id: idSchema,
      title: z.string().min(1),
      /** A signal of this type is also one of each of these. */
      also: z.array(idSchema).optional(),
      from: fromSchema,
    }),
  ),
  signalRules: z.array(
    z.strictObject({
      id: idSchema,
      title: z.string().min(1),
      /** All of these have to be seen. */
      all: z
        .array(
          z.strictObject({
            act: idSchema,
            atLeast: z.int().positive(),
            /** Of the signals of one visit only one counts. */
            oncePer: z.literal('session').optional(),
          }),
        )
        .min(1),
      /** Within one visit, or within this time from the first of them (half-open). */
      within: z.union([z.literal('session'), daysSchema]),
      /** The tier of acts that it proves; left out where the gate's lists name it, or for none. */
      countsAs: z.enum(['tier_1', 'tier_2']).optional(),
      from: fromSchema,
    }),
  ),
});

export type SignalRule = z.infer<typeof scoringSchema>['signalRules'][number];
