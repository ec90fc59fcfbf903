/** Errors as `application/problem+json` (RFC 9457). */
import { z } from 'zod';

export const problemSchema = z
  .looseObject({
    type: z.string().describe('Stable: what a client goes by.'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    correlationId: z.string(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('For bad input: where, and what would be right.'),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.output<typeof problemSchema>;
