/** Opportunities and meetings (policy book §12). Times allowed are commitments; these tables refer to them. */
import { z } from 'zod';
import { fromSchema, idSchema, recipientSchema, roleSchema, spanSchema } from './basics.ts';
import { calendarSpanSchema, percentSchema } from './spans.ts';

const conditionSchema = z.union([
  z.strictObject({ noNextStepFor: calendarSpanSchema }),
  /** Business days. */
  z.strictObject({ noActivityFor: spanSchema }),
  z.strictObject({ stageAgeExceeded: z.literal(true) }),
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
      from: fromSchema,
    }),
  ),
  opportunityTriggers: z.array(
    z.strictObject({
      id: idSchema,
      when: conditionSchema,
      tell: z.array(recipientSchema).min(1),
      remedy: z.strictObject({ what: z.string().min(1), within: spanSchema, calendar: idSchema }),
      /** Texts that are no next step. */
      notANextStep: z.array(z.string()).optional(),
      from: fromSchema,
    }),
  ),
  /** What has to be done before a meeting starts (wall clock), and who is told when it is not. */
  meetings: z.array(
    z.strictObject({
      id: idSchema,
      title: z.string().min(1),
      owes: z.union([roleSchema, z.literal('system')]),
      before: spanSchema,
      /** Left out: for every meeting. */
      only: z.enum(['first_ae_meeting_of_strategic_account']).optional(),
      missing: z.strictObject({ before: spanSchema, tell: z.array(recipientSchema).min(1) }).optional(),
      from: fromSchema,
    }),
  ),
  noShow: z.strictObject({
    tell: z.array(recipientSchema).min(1),
    action: z.enum(['sdr_re_engages']),
    from: fromSchema,
  }),
});
