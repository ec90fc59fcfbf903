/** Notes in the lead's history that a step has failed for good; the reconciler lets another run take over. */
import { z } from 'zod';
import { recordFailure } from '../../../core/ladder/failure.ts';
import { takeStep, workflowStateSchema } from '../../shared/step.ts';
import { services } from '../../shared/services.ts';

const failedSchema = workflowStateSchema.extend({
  error: z.object({ Error: z.string().default('Unknown'), Cause: z.string().default('') }),
});

export async function handler(event: unknown): Promise<unknown> {
  const { error, ...state } = failedSchema.parse(event);
  return takeStep(await services(), state, (world, lead) => recordFailure(world, lead, state, error.Error));
}
