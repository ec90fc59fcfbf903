/** Becoming an MQL: fit and intent, both checked automatically (policy book §6). */
import { z } from 'zod';
import { fromSchema, idSchema, spanSchema } from './basics.ts';
import { personasSchema } from './personas.ts';

const domainSchema = z.string().regex(/^[^\s@.]+(\.[^\s@.]+)+$/, 'a domain like example.com');

/** Domains before those of a list that others keep; each stands for its subdomains, too. */
const domainOverridesSchema = z.strictObject({
  allow: z.array(domainSchema),
  refuse: z.array(domainSchema),
});

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
    personas: personasSchema,
    /** Acts that prove intent: one of tier 1, or this many of tier 2. */
    intent: z.strictObject({
      tier1: z.strictObject({ acts: z.array(idSchema), atLeast: z.int().positive() }),
      tier2: z.strictObject({ acts: z.array(idSchema), atLeast: z.int().positive() }),
      from: fromSchema,
    }),
    completeness: z.strictObject({
      fields: z.array(z.enum(['name', 'company', 'email', 'phone', 'title'])),
      /** Whether any number will do, or only one that the contact's country gives out. */
      phone: z.enum(['given', 'valid']),
      /** What people write where they know nothing, compared without regard to case. */
      placeholders: z.array(z.string().min(1)),
      from: fromSchema,
    }),
    email: z.strictObject({
      refuse: z.array(z.enum(['invalid', 'role_based', 'free_mail', 'disposable', 'domain_without_mail'])),
      /** What stands before the @ of a role address, without regard to case, tags, dots, dashes and underscores. */
      roles: z.array(z.string().min(1)),
      /** Time for asking the name servers; no answer within it is no failure (wall clock). */
      lookUpWithin: spanSchema,
      freeMail: domainOverridesSchema,
      disposable: domainOverridesSchema,
      from: fromSchema,
    }),
    territory: z.strictObject({ staffed: z.boolean(), from: fromSchema }),
    disqualifiers: z.strictObject({
      any: z.array(z.enum(['customer', 'open_opportunity', 'competitor', 'suppressed', 'out_of_scope'])),
      competitors: z.strictObject({
        /** Of companies and of e-mail addresses; each stands for everything below it. */
        domains: z.array(domainSchema),
        from: fromSchema,
      }),
      outOfScope: z.strictObject({
        countries: z.array(z.string().regex(/^[A-Z]{2}$/, 'a country code like US')),
        /** Compared without regard to case and accents. */
        industries: z.array(z.string().min(1)),
        from: fromSchema,
      }),
      from: fromSchema,
    }),
  }),
});
