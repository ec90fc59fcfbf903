import { leadIdOf } from '../../../lambdas/shared/lead-id.ts';
import { isTicketId, ticketIdOf } from '../../../lambdas/shared/ticket-id.ts';

const record = { system: 'zendesk', recordId: '4711' };

test('the same record at the service desk is the same ticket, and no lead', () => {
  expect(ticketIdOf(record)).toMatch(/^ticket-[0-9a-f]{24}$/);
  expect(ticketIdOf({ ...record })).toBe(ticketIdOf(record));
  expect(ticketIdOf({ ...record, recordId: '4712' })).not.toBe(ticketIdOf(record));
  expect([isTicketId(ticketIdOf(record)), isTicketId(leadIdOf(record))]).toEqual([true, false]);
});
