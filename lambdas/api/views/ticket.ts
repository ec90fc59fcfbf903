/** The ticket as the API shows it. */
import { isOpen } from '../../../core/model/clock.ts';
import type { Ticket } from '../../../core/model/ticket.ts';
import { lookAtTicket } from '../../../core/support/tickets.ts';
import type { Services } from '../../shared/services.ts';
import type { TicketView } from '../schemas/ticket.ts';
import { viewClock } from './clock.ts';

/** As it stands now: exclusions that have ended are over, whether or not its execution has looked since. */
export function viewTicket(
  stored: Ticket,
  services: Pick<Services, 'executions' | 'policy' | 'clock'>,
): TicketView {
  const ticket = lookAtTicket(services.policy, stored, services.clock.now());
  const open = ticket.clocks.filter((clock) => isOpen(clock) && clock.status !== 'paused');
  return {
    ...ticket,
    clocks: ticket.clocks.map((clock) => viewClock(ticket, clock, services)),
    dueAt: open.map(({ dueAt }) => dueAt).sort()[0] ?? null,
  };
}
