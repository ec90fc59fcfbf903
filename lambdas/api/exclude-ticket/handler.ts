/** `POST /tickets/{ticketId}/exclusions`: time that counts for none of its clocks; it may be entered afterwards. */
import { excludeFromTicket } from '../../../core/support/changes.ts';
import { exclusionOf } from '../../../core/support/tickets.ts';
import { epochMs } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { changeTicketBy } from '../../shared/change-ticket.ts';
import { Problem } from '../../shared/errors.ts';
import { refuseFaults } from '../../shared/intake-faults.ts';
import { exclusionFaults } from '../../shared/ticket-faults.ts';
import { viewTicket } from '../views/ticket.ts';

export const handler = apiHandler('exclude-ticket', async ({ path, body, services }) => {
  const { exclusion, from, to, by } = body;
  refuseFaults(exclusionFaults(services, body));
  const until = to === undefined ? null : epochMs(to);
  const ask = { exclusion, from: epochMs(from), until, by };
  const changed = await changeTicketBy(services, path.ticketId, by, (world, ticket) => {
    const known = exclusionOf(ticket, ask);
    if (known !== undefined && known.to !== null && known.to !== (to ?? null)) {
      const detail = `${exclusion} from ${known.from} is known and ends ${known.to}; enter what was left out as another one.`;
      throw new Problem(409, 'exclusion-known', 'The exclusion has another end', detail);
    }
    return excludeFromTicket(world, ticket, ask);
  });
  return { status: 200, body: viewTicket(changed, services) };
});
