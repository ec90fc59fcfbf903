/** What is measured, by which bounds, and who is told how often (policy book §14, §15). */
import { z } from 'zod';
import { fromSchema, idSchema, roleSchema, spanSchema } from './basics.ts';
import { percentSchema } from './spans.ts';

const rhythmSchema = z.enum(['daily', 'weekly', 'every_two_weeks', 'monthly', 'quarterly']);
const common = { id: idSchema, title: z.string().min(1), rhythm: rhythmSchema, from: fromSchema };

export const metricsSchema = z.strictObject({
  /** Green on one side of `green`, red on the other side of `red`, amber from one to the other, both included. */
  metrics: z.array(
    z.union([
      z.strictObject({
        ...common,
        unit: z.enum(['percent', 'days']),
        better: z.enum(['higher', 'lower']),
        green: z.number(),
        red: z.number(),
      }),
      z.strictObject({
        ...common,
        unit: z.literal('time'),
        better: z.literal('lower'),
        green: spanSchema,
        red: spanSchema,
      }),
    ]),
  ),
  /** Figures without bounds. */
  figures: z.array(z.strictObject({ id: idSchema, title: z.string().min(1), from: fromSchema })),
  breakdowns: z.array(z.enum(['rep', 'team', 'source', 'tier', 'segment', 'partner', 'period'])),
  /** MQL to SQL: below, the definition is too loose; above, too tight. */
  mqlDefinition: z.strictObject({
    tooLooseBelowPercent: percentSchema,
    tooTightAbovePercent: percentSchema,
    from: fromSchema,
  }),
  reports: z.array(
    z.strictObject({
      id: idSchema,
      rhythm: rhythmSchema,
      to: z.array(roleSchema).min(1),
      content: z.array(z.string().min(1)).min(1),
      from: fromSchema,
    }),
  ),
  calibration: z.strictObject({
    sample: z.int().positive(),
    raters: z.array(roleSchema).min(2),
    from: fromSchema,
  }),
});
