/** What is wrong with what a desk says of a ticket: words that the policy does not have, people who are not there. */
import type { Roster } from '../../core/model/person.ts';
import type { Iso } from '../../core/time.ts';
import type { Services } from './services.ts';

interface Fault {
  path: string;
  message: string;
}

export interface SaidOfTicket {
  severity?: string | undefined;
  customer?: { kind?: string | undefined } | undefined;
  ownerId?: string | undefined;
}

export function ticketFaults(
  { policy: { support } }: Pick<Services, 'policy'>,
  { people }: Pick<Roster, 'people'>,
  { severity, customer, ownerId }: SaidOfTicket,
): Fault[] {
  const known = people.some(({ personId, active }) => personId === ownerId && active);
  return [
    ...unknown('severity', severity, support.severities),
    ...unknown('customer.kind', customer?.kind, support.customers),
    ...(ownerId === undefined || known
      ? []
      : [{ path: 'ownerId', message: 'must be an active person of the roster' }]),
  ];
}

/** An exclusion that pauses, with an end after its beginning. */
export function exclusionFaults(
  { policy: { exclusions } }: Pick<Services, 'policy'>,
  { exclusion, from, to }: { exclusion?: string | undefined; from: Iso; to?: Iso | null | undefined },
): Fault[] {
  const turned = to !== undefined && to !== null && to <= from;
  return [
    ...unknown(
      'exclusion',
      exclusion,
      exclusions.filter(({ pauses }) => pauses),
    ),
    ...(turned ? [{ path: 'to', message: 'must lie after from' }] : []),
  ];
}

function unknown(path: string, value: string | undefined, rows: readonly { id: string }[]): Fault[] {
  const ids = rows.map(({ id }) => id);
  if (value === undefined || ids.includes(value)) return [];
  return [{ path, message: `must be one of the policy's: ${ids.join(', ')}` }];
}
