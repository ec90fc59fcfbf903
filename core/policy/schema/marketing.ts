/** Marketing's half: volume and quality, and what a rejection by an SDR asks of Marketing (policy book §7, §8). */
import { z } from 'zod';
import { fromSchema, idSchema, roleSchema } from './basics.ts';
import { percentSchema } from './spans.ts';

export const marketingSchema = z.strictObject({
  marketing: z.strictObject({
    volume: z.strictObject({ mqlsAMonth: z.int().positive(), from: fromSchema }),
    quality: z.strictObject({
      targetPercent: percentSchema,
      redBelowPercent: percentSchema,
      from: fromSchema,
    }),
    /** A lead with this half undone is held and the SDR's clock does not start. */
    heldUntil: z.array(z.enum(['scored', 'enriched', 'routed', 'notified'])),
    inquiries: z.strictObject({
      /** The source of an inquiry whose acts name none. */
      fallbackSource: idSchema,
      /** Signals that are kept of one inquiry; more are refused. */
      mostSignals: z.int().positive(),
      from: fromSchema,
    }),
    from: fromSchema,
  }),
  rejections: z.array(
    z.strictObject({
      code: z.string().regex(/^REJ-\d{2}$/, 'a code like REJ-01'),
      reason: z.string().min(1),
      task: z.strictObject({ title: z.string().min(1), owner: roleSchema }),
      /** What becomes of the lead. */
      effect: z.enum([
        'enrich_or_suppress',
        'suppress_company',
        'do_not_route',
        'to_account_team',
        'keep_suppressed',
        'suppress_domain',
        'reroute_or_hold',
      ]),
      /** The row of recycling by which the effect suppresses somebody; left out: it suppresses nobody. */
      scenario: idSchema.optional(),
      from: fromSchema,
    }),
  ),
});
