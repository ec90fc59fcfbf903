/** `POST /leads/{leadId}/resolve-rejection`: what a rejection asked for is done (policy book §8). */
import { resolveByHand } from '../../../core/lifecycle/commands/resolve-rejection.ts';
import { apiHandler } from '../../shared/api.ts';
import { decided } from '../../shared/command.ts';
import { changeWithGate } from '../../shared/look-at-gate.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('resolve-rejection', async ({ path, body, services }) => {
  const { lead } = await changeWithGate(services, path.leadId, (world, before, known) =>
    decided(world, before, body.by, (current) => resolveByHand(world, current, body, known)),
  );
  return { status: 200, body: viewLead(lead, services) };
});
