/** `POST /leads/{leadId}/introduction`: the three-way introduction was sent (policy book §11). */
import { introduce } from '../../../core/lifecycle/commands/introduce.ts';
import { epochMs } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('record-introduction', async ({ path, body, services }) => {
  const { by, recordedBy, sentAt } = body;
  const lead = await carryOut(services, path.leadId, by, (world, before) =>
    introduce(world, before, {
      by,
      recordedBy,
      sentAt: sentAt === undefined ? undefined : epochMs(sentAt),
    }),
  );
  return { status: 200, body: viewLead(lead, services) };
});
