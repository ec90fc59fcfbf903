/** `POST /leads/{leadId}/facts`: what has come to pass and nothing in the product makes happen (policy book §1). */
import { tellFact } from '../../../core/lifecycle/tell-fact.ts';
import { epochMs } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('tell-fact', async ({ path, body, services }) => {
  const { occurredAt, ...rest } = body;
  const lead = await carryOut(services, path.leadId, body.by, (world, before) =>
    tellFact(world, before, {
      ...rest,
      occurredAt: occurredAt === undefined ? undefined : epochMs(occurredAt),
    }),
  );
  return { status: 200, body: viewLead(lead, services) };
});
