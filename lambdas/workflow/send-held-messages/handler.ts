/** Sends what was held until its recipient's hours, unless the commitment has been met meanwhile (policy book §4). */
import { sendHeld } from '../../../core/ladder/held.ts';
import { sendHeldOfTicket } from '../../../core/support/ladder.ts';
import { workflowHandler } from '../../shared/step.ts';

export const handler = workflowHandler(
  (world, lead, on) => sendHeld(world, lead, on),
  (world, ticket, on) => sendHeldOfTicket(world, ticket, on),
);
