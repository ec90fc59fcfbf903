/** Opportunities and meetings (policy book §12). Times allowed are commitments; these tables refer to them. */
import { z } from 'zod';
import { fromSchema, idSchema } from './basics.ts';
import { calendarSpanSchema, percentSchema } from './spans.ts';

const conditionSchema = z.union([
  /** A rung of one of these commitments makes the fact happen that starts the remedy. */
  z.strictObject({ missed: z.array(idSchema).min(1) }),
  z.strictObject({
    closeDatePushed: z.strictObject({ times: z.int().positive(), within: z.literal('quarter') }),
  }),
  z.strictObject({ dealSizeChangedAbovePercent: percentSchema }),
]);

export const pipelineSchema = z.strictObject({
  stages: z.array(
    z.strictObject({
      stage: z.int().positive(),
      id: idSchema,
      title: z.string().min(1),
      definition: z.string().min(1),
      /** Commitments that carry the greatest age and the next action. */
      age: idSchema,
      nextAction: idSchema,
      /** How far off the close date may be; left out where another rule holds. */
      closeDateWithin: calendarSpanSchema.optional(),
      closeDateRule: z.string().optional(),
      /** Without it a close date is flagged. */
      closeDateNeeds: z.enum(['economic_buyer_meeting']).optional(),
      from: fromSchema,
    }),
  ),
  opportunityTriggers: z.array(
    z.strictObject({
      id: idSchema,
      when: conditionSchema,
      /** The commitment that the trigger opens: its start is the fact, its rungs say who is told, its target by when. */
      remedy: idSchema,
      from: fromSchema,
    }),
  ),
  nextSteps: z.strictObject({
    /** Phrases that are no next step, whatever their case, accents and punctuation. */
    notANextStep: z.array(z.string().min(1)),
    /** Words that make none of them a next step. */
    fillers: z.array(z.string().min(1)),
    from: fromSchema,
  }),
  /** Facts by which somebody works on an opportunity, besides every attempt: its silence begins anew with each. */
  opportunityActivity: z.strictObject({ facts: z.array(idSchema), from: fromSchema }),
  closing: z.strictObject({
    /** Dispositions of the lead whose opportunity is closed. */
    won: idSchema,
    lost: idSchema,
    lossReasons: z.array(idSchema).min(1),
    /** Whether a loss says what its reason was in this case. */
    detailRequired: z.boolean(),
    from: fromSchema,
  }),
  /** What belongs to a meeting; the commitments carry the times. */
  meetings: z.array(
    z.strictObject({
      id: idSchema,
      title: z.string().min(1),
      commitment: idSchema,
      /** Left out: for every meeting. */
      only: z.enum(['first_ae_meeting_of_strategic_account']).optional(),
      from: fromSchema,
    }),
  ),
  noShow: z.strictObject({
    /** Whose start is the no-show; its first rung escalates. */
    commitment: idSchema,
    action: z.enum(['sdr_re_engages']),
    from: fromSchema,
  }),
});
