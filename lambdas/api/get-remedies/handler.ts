/** `GET /reports/remedies`: what is owed to a customer for a month, from stored facts alone (policy book §16). */
import type { Ticket } from '../../../core/model/ticket.ts';
import { monthNamed } from '../../../core/reporting/period.ts';
import { remediesOf } from '../../../core/support/remedies.ts';
import { iso } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { invalidRequest } from '../../shared/problem.ts';
import type { Services } from '../../shared/services.ts';
import { ticketFaults } from '../../shared/ticket-faults.ts';
import { refuseFaults } from '../../shared/intake-faults.ts';
import { viewMonth } from '../views/month.ts';

export const handler = apiHandler('get-remedies', async ({ query, services, now }) => {
  const { policy } = services;
  const month = monthNamed(query.month, policy.home.timeZone);
  refuseFaults(ticketFaults(services, { people: [] }, { customer: { kind: query.kind } }));
  const tickets = await services.tickets.ofCustomer(query.customer, month.from);
  const kind = query.kind ?? latestKind(tickets);
  if (kind === null) throw kindIsMissing(services, query.customer);
  const named = query.services?.split(',') ?? tickets.flatMap(({ service }) => service ?? []);
  const paidFor = [...new Set(named)].sort();
  const stored = (await Promise.all(paidFor.map((service) => services.outages.of(service)))).flat();
  const excluded = stored.flatMap(({ exclusion, service, from, to }) =>
    exclusion === null ? [] : [{ exclusion, service, from, to }],
  );
  const facts = { customerId: query.customer, kind, services: paidFor, outages: stored, excluded, tickets };
  const remedies = remediesOf(policy, facts, month, now);
  const availability = remedies.availability.map((one) => ({
    ...one,
    usedUpAt: one.usedUpAt === null ? null : iso(one.usedUpAt),
  }));
  return { status: 200, body: { ...remedies, kind, availability, month: viewMonth(month) } };
});

function latestKind(tickets: readonly Ticket[]): string | null {
  const latest = tickets.toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : -1))[0];
  return latest?.customer.kind ?? null;
}

function kindIsMissing({ policy: { support } }: Pick<Services, 'policy'>, customer: string) {
  const kinds = support.customers.map(({ id }) => id).join(', ');
  const message = `is required, since no ticket of ${customer} since then names it: one of ${kinds}`;
  return invalidRequest([{ path: 'query.kind', message }]);
}
