/** The default policy with its support commitments switched on, and tickets to try them on. */
import type { Ticket } from '../../../core/model/ticket.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { openTicket } from '../../../core/support/tickets.ts';
import { epochMs } from '../../../core/time.ts';
import { loadPolicy } from '../../../lib/policy/load.ts';

export async function supportPolicy(enforced: (id: string) => boolean = () => true): Promise<CompiledPolicy> {
  const policy = structuredClone(await loadPolicy('policy/default.yaml'));
  const commitments = policy.commitments.map((row) =>
    row.subject === 'ticket' ? { ...row, enforced: enforced(row.id) } : row,
  );
  return { ...policy, commitments };
}

export function ticket(
  policy: CompiledPolicy,
  at: string,
  change: Partial<Ticket> & { kind?: string | null } = {},
): Ticket {
  const { kind = 'enterprise', ...rest } = change;
  const facts = {
    ...{ ticketId: 't-1', customer: { id: 'c-1', kind }, severity: 'critical', service: null },
    desk: { system: 'zendesk', recordId: '1' },
    zone: { timeZone: 'Europe/Berlin', holidays: 'DE' },
    ownerId: 'kim',
  };
  return openTicket(policy, { ...facts, ...rest }, epochMs(at));
}
