/** Errors as `application/problem+json` (RFC 9457). */
import { z } from 'zod';

export const problemSchema = z
  .looseObject({
    /** Stable: what a client goes by. */
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    correlationId: z.string(),
    /** For bad input: where, and what would be right. */
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.output<typeof problemSchema>;
