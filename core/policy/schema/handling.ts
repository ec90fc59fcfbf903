/** How activities are judged, clocks paused, and people told (policy book §4, §5, §17). */
import { z } from 'zod';
import { fromSchema, spanSchema } from './basics.ts';

/** Criteria of the gate, by what they are about. */
export const CRITERIA_GROUPS = [
  'fit',
  'intent',
  'completeness',
  'email',
  'phone',
  'territory',
  'disqualifiers',
] as const;
export type CriteriaGroup = (typeof CRITERIA_GROUPS)[number];

export const ACTIVITY_TYPES = ['call', 'email', 'linkedin', 'sms', 'meeting'] as const;
export const ACTIVITY_OUTCOMES = [
  'connected',
  'replied',
  'voicemail',
  'no_answer',
  'sent',
  'bounced',
] as const;

export const handlingSchema = z.strictObject({
  activities: z.strictObject({
    /** Outcomes that reached a person. */
    contactOutcomes: z.array(z.enum(ACTIVITY_OUTCOMES)),
    /** Outcomes that are logged but are no attempt. */
    notAnAttempt: z.array(z.enum(ACTIVITY_OUTCOMES)),
    /** A clock of another system may be ahead of ours by this much (wall clock). */
    futureTolerance: spanSchema,
    /** An entry by hand that is older than this when it arrives counts as back-dated (wall clock). */
    backDatedAfter: spanSchema,
    from: fromSchema,
  }),
  intake: z.strictObject({
    /** `qualifiedAt` may be ahead of our clock by this much (wall clock). */
    futureTolerance: spanSchema,
    /** What the gate decides over a lead that a CRM has qualified itself; of the other criteria it only says how they stand. */
    gate: z.strictObject({ enforced: z.array(z.enum(CRITERIA_GROUPS)), from: fromSchema }),
    from: fromSchema,
  }),
  pauses: z.strictObject({
    reasons: z.array(z.string().min(1)).min(1),
    /** How often an execution looks again while its clock is paused without an end (wall clock). */
    lookAgain: spanSchema,
    from: fromSchema,
  }),
  notifications: z.strictObject({
    /** Deliveries tried in all before the operator is told. */
    attempts: z.int().positive(),
    /** A delivery that was begun and not recorded is taken over after this time (wall clock). */
    lease: spanSchema,
    from: fromSchema,
  }),
  reconciler: z.strictObject({
    /** What was accepted and is still owed after this time is finished (wall clock). */
    owedAfter: spanSchema,
    /** An execution that has not woken this long after its instant is replaced (wall clock). */
    overdueAfter: spanSchema,
    from: fromSchema,
  }),
});
