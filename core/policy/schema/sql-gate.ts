/** What a lead has to bring to become an SQL (policy book §10). */
import { z } from 'zod';
import { fromSchema } from './basics.ts';

export const MEDDPIC_ELEMENTS = [
  'metrics',
  'economic_buyer',
  'decision_criteria',
  'decision_process',
  'paper_process',
  'implicate_pain',
  'champion',
] as const;

export const sqlGateSchema = z.strictObject({
  sqlGate: z.strictObject({
    requires: z.array(z.enum(['booked_meeting', 'pain_statement', 'timeline', 'meeting_link'])),
    meddpic: z.array(
      z.strictObject({
        element: z.enum(MEDDPIC_ELEMENTS),
        level: z.enum(['required', 'preferred', 'optional']),
        ifMissing: z.string().min(1),
        from: fromSchema,
      }),
    ),
    from: fromSchema,
  }),
});
