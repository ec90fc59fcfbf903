/** Looks at the lead as it is now: after a pause, or when an execution has just taken over. */
import { lookAgain } from '../../../core/ladder/climb.ts';
import { workflowHandler } from '../../shared/step.ts';

export const handler = workflowHandler((world, lead, on) => lookAgain(world, lead, on));
