/** Looks at the lead or the ticket as it is now: after a pause, or when an execution has just taken over. */
import { lookAgain } from '../../../core/ladder/climb.ts';
import { lookAgainAtTicket } from '../../../core/support/ladder.ts';
import { workflowHandler } from '../../shared/step.ts';

export const handler = workflowHandler(
  (world, lead, on) => lookAgain(world, lead, on),
  (world, ticket, on) => lookAgainAtTicket(world, ticket, on),
);
