/** `POST /tickets`: takes in a support ticket once, however often it is posted (policy book §16). */
import type { TicketFacts } from '../../../core/model/ticket.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { holidayKey, homeHolidays, regionCode } from '../../../core/qualification/place.ts';
import { receiveTicket } from '../../../core/support/changes.ts';
import { epochMs } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { futureFaults, refuseFaults } from '../../shared/intake-faults.ts';
import { measureDecision } from '../../shared/measure.ts';
import { performOwed } from '../../shared/perform.ts';
import { worldOf } from '../../shared/step.ts';
import { ticketFaults } from '../../shared/ticket-faults.ts';
import { ticketIdOf } from '../../shared/ticket-id.ts';
import type { SubmitTicket } from '../schemas/ticket.ts';
import { viewTicket } from '../views/ticket.ts';

export const handler = apiHandler('submit-ticket', async ({ body, services }) => {
  const ticketId = ticketIdOf(body.desk);
  const world = await worldOf(services);
  refuseFaults([
    ...ticketFaults(services, world.roster, body),
    ...futureFaults(services, 'openedAt', body.openedAt),
  ]);
  const { lead, effects } = receiveTicket(
    world,
    factsOf(world.policy, ticketId, body),
    epochMs(body.openedAt),
  );
  const ticket = { ...lead, owed: effects };
  if ((await services.tickets.create(ticket)) === 'created') {
    measureDecision(services.metrics, ticket, effects);
    // Its executions wait for deadlines: there is no first step that performs the rest a moment later.
    return { status: 202, body: viewTicket(await performOwed(services, ticket, effects), services) };
  }
  const other = await services.tickets.get(ticketId);
  if (other === undefined) throw new Error(`ticket ${ticketId} is neither new nor there`);
  return { status: 200, body: viewTicket(other, services) };
});

function factsOf(policy: CompiledPolicy, ticketId: string, body: SubmitTicket): TicketFacts {
  const { desk, customer, severity = null, service = null, ownerId = null } = body;
  const { id, kind = null } = customer;
  return { ticketId, desk, customer: { id, kind }, severity, service, ownerId, zone: zoneOf(policy, body) };
}

function zoneOf(policy: CompiledPolicy, { place }: SubmitTicket): TicketFacts['zone'] {
  if (place === undefined) return { timeZone: policy.home.timeZone, holidays: homeHolidays(policy) };
  const { timeZone, country, region } = place;
  if (country === undefined) return { timeZone, holidays: null };
  const code = region === undefined ? null : regionCode(country, region);
  return { timeZone, holidays: holidayKey(policy, country, code) };
}
