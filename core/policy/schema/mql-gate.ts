/** Becoming an MQL: fit and intent, both checked automatically (policy book §6). */
import { z } from 'zod';
import { fromSchema, idSchema } from './basics.ts';

export const mqlGateSchema = z.strictObject({
  mqlGate: z.strictObject({
    icpFit: z.strictObject({
      /** Of 100, after the points have been scaled so that a perfect fit has 100. */
      minimum: z.number().min(0).max(100),
      points: z.strictObject({
        industry: z.number().nonnegative(),
        companySize: z.number().nonnegative(),
        economicBuyer: z.number().nonnegative(),
        influencer: z.number().nonnegative(),
      }),
      /** Industries in scope, compared without regard to case; an empty list takes all. */
      industries: z.array(z.string().min(1)),
      /** Half-open range of employees. */
      companySize: z.strictObject({ from: z.int().nonnegative(), below: z.int().positive().optional() }),
      from: fromSchema,
    }),
    /** Words of a title that make somebody an economic buyer or an influencer, compared without regard to case. */
    personas: z.strictObject({
      economicBuyer: z.array(z.string().min(1)),
      influencer: z.array(z.string().min(1)),
      from: fromSchema,
    }),
    /** Acts that prove intent: one of tier 1, or this many of tier 2. */
    intent: z.strictObject({
      tier1: z.strictObject({ acts: z.array(idSchema), atLeast: z.int().positive() }),
      tier2: z.strictObject({ acts: z.array(idSchema), atLeast: z.int().positive() }),
      from: fromSchema,
    }),
    completeness: z.strictObject({
      fields: z.array(z.enum(['name', 'company', 'email', 'phone', 'title'])),
      from: fromSchema,
    }),
    email: z.strictObject({
      refuse: z.array(z.enum(['invalid', 'role_based', 'free_mail', 'disposable', 'domain_without_mail'])),
      from: fromSchema,
    }),
    territory: z.strictObject({ staffed: z.boolean(), from: fromSchema }),
    disqualifiers: z.strictObject({
      any: z.array(z.enum(['customer', 'open_opportunity', 'competitor', 'suppressed', 'out_of_scope'])),
      from: fromSchema,
    }),
  }),
});
