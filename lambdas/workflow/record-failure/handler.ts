/** Notes in the history of the lead or the ticket that a step has failed for good; the reconciler lets another run take over. */
import { z } from 'zod';
import { recordFailure } from '../../../core/ladder/failure.ts';
import { runStateSchema, takeStep } from '../../shared/step.ts';
import { services } from '../../shared/services.ts';

const failedSchema = z.object({
  error: z.object({ Error: z.string().default('Unknown'), Cause: z.string().default('') }),
});

export async function handler(event: unknown): Promise<unknown> {
  const state = runStateSchema.parse(event);
  const { error } = failedSchema.parse(event);
  return takeStep(
    await services(),
    state,
    (world, lead) => recordFailure(world, lead, state, error.Error),
    (world, ticket) => recordFailure(world, ticket, state, error.Error),
  );
}
