/** What the API answers of tickets, as a story reads it. */
import type { z } from 'zod';
import type { remediesSchema } from '../../lambdas/api/schemas/support-reports.ts';
import type { ticketViewSchema } from '../../lambdas/api/schemas/ticket.ts';

export type TicketView = z.output<typeof ticketViewSchema>;
export type RemediesView = z.output<typeof remediesSchema>;
