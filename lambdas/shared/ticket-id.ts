/** The id of a ticket is made from its identity at the service desk, as a lead's is from the CRM's. */
import { createHash } from 'node:crypto';

const PREFIX = 'ticket-';

/** `ticket-` and 24 hexadecimal digits, from `desk.system` and `desk.recordId`. */
export function ticketIdOf(desk: { system: string; recordId: string }): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([desk.system, desk.recordId]))
    .digest('hex');
  return `${PREFIX}${digest.slice(0, 24)}`;
}

/** Whether an id is a ticket's and not a lead's. */
export function isTicketId(subjectId: string): boolean {
  return subjectId.startsWith(PREFIX);
}
