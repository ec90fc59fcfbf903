/** Kinds of lead (policy book §3): source, segment, tier, priority, and what holds after hours (§4). */
import { z } from 'zod';
import { fromSchema, idSchema, spanSchema } from './basics.ts';

export const INTENTS = ['high', 'medium_high', 'medium', 'low'] as const;
export const intentSchema = z.enum(INTENTS);
export const segmentIdSchema = z.enum(['enterprise', 'mid_market', 'smb']);
export const priorityIdSchema = z.enum(['hot', 'high', 'standard', 'low']);
export const tierNumberSchema = z.union([z.literal(1), z.literal(2), z.literal(3)]);

export const sourceRowSchema = z.strictObject({
  id: idSchema,
  intent: intentSchema,
  target: spanSchema,
  /** An attempt is best made no sooner than this after the act; holds only while this row's target holds. */
  notBefore: spanSchema.optional(),
  /** The clock starts when the event that the signal belongs to has ended (webinar). */
  startsAfterEvent: z.boolean().default(false),
  /** How the source's cadence is said. */
  cadence: z.string().optional(),
  /** The same to count with: at least so many touches within the first business days; `daily`: one on each of them. */
  pace: z
    .strictObject({
      touches: z.int().positive(),
      businessDays: z.int().positive(),
      daily: z.boolean().default(false),
    })
    .optional(),
  from: fromSchema,
});

/** Which leads a row applies to: every condition named must hold; within one, any value will do. */
export const conditionSchema = z.strictObject({
  sources: z.array(z.string()).optional(),
  intents: z.array(intentSchema).optional(),
  scoreAtLeast: z.number().optional(),
  scoreAbove: z.number().optional(),
  signals: z.array(z.string()).optional(),
  /** At least this many signals of the types in `signals`. */
  signalCount: z.int().positive().optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

/** Whose leads a row takes, by what routing looks at: every condition named must hold; one on something unknown does not. */
export const amongSchema = z.strictObject({
  territories: z.array(z.string()).optional(),
  segments: z.array(segmentIdSchema).optional(),
  verticals: z.array(z.string()).optional(),
  /** `any`: the lead has a partner; else one of these partner ids. */
  partners: z.union([z.literal('any'), z.array(z.string())]).optional(),
  sources: z.array(z.string()).optional(),
});
export type Among = z.infer<typeof amongSchema>;

export const segmentRowSchema = z.strictObject({
  id: segmentIdSchema,
  /** Half-open ranges; a company belongs to the first row whose employees or revenue range holds it. */
  employees: z.strictObject({ from: z.int().nonnegative(), below: z.int().positive().optional() }),
  annualRevenueUsd: z.strictObject({
    from: z.number().nonnegative(),
    below: z.number().positive().optional(),
  }),
  targets: z.array(z.strictObject({ when: conditionSchema, target: spanSchema })),
  leadershipResponse: z.strictObject({ from: spanSchema, to: spanSchema }),
  attemptsBeforeDisposition: z.strictObject({ attempts: z.int().positive(), days: z.int().positive() }),
  from: fromSchema,
});

export const tierRowSchema = z.strictObject({
  tier: tierNumberSchema,
  /** The row applies if any of these holds; a row without conditions takes whatever is left. */
  anyOf: z.array(conditionSchema),
  target: spanSchema,
  /** Business time after the clock's start at which a miss goes beyond the owner. */
  breachThreshold: spanSchema,
  /** A lead that arrives outside hours: time allowed from the next opening. */
  afterHours: spanSchema,
  cadence: z.strictObject({ attempts: z.int().positive(), businessDays: z.int().positive() }),
  from: fromSchema,
});

export const priorityRowSchema = z.strictObject({
  id: priorityIdSchema,
  anyOf: z.array(conditionSchema),
  target: spanSchema,
  from: fromSchema,
});

export const leadKindsSchema = z.strictObject({
  sources: z.array(sourceRowSchema).min(1),
  segments: z.array(segmentRowSchema).min(1),
  tiers: z.array(tierRowSchema).length(3),
  priorities: z.array(priorityRowSchema).length(4),
  afterHours: z.strictObject({
    /** The hottest go to somebody on call, around the clock. */
    onCall: z.strictObject({
      anyOf: z.array(conditionSchema),
      target: spanSchema,
      calendar: idSchema,
      from: fromSchema,
    }),
    /** Everybody else is answered by mail within this time (wall clock). */
    acknowledgeWithin: spanSchema,
    from: fromSchema,
  }),
});
export type SourceRow = z.infer<typeof sourceRowSchema>;
export type SegmentRow = z.infer<typeof segmentRowSchema>;
export type TierRow = z.infer<typeof tierRowSchema>;
export type PriorityRow = z.infer<typeof priorityRowSchema>;
