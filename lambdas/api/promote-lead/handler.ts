/** `POST /leads/{leadId}/promote`: a SAL becomes an SQL through the SQL gate (policy book §10), with its briefing (§11). */
import { completeBriefing } from '../../../core/lifecycle/commands/briefing.ts';
import { isRefused } from '../../../core/lifecycle/commands/command.ts';
import { promoteToSql } from '../../../core/lifecycle/commands/promote.ts';
import { and } from '../../../core/ladder/facts.ts';
import { apiHandler } from '../../shared/api.ts';
import { carryOut } from '../../shared/command.ts';
import { withAe } from '../../shared/draw-ae.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('promote-lead', async ({ path, body, services }) => {
  const { briefing, by } = body;
  const lead = await carryOut(services, path.leadId, by, async (world, before, current) => {
    const promoted = promoteToSql(world, before, body);
    if (isRefused(promoted) || briefing === undefined || promoted.lead.status !== 'sql') return promoted;
    // In one act, as the briefing is due the moment the lead is an SQL.
    const briefed = completeBriefing(world, promoted.lead, { by, parts: briefing });
    return isRefused(briefed) ? briefed : withAe(current, world, and(promoted, briefed));
  });
  return { status: 200, body: viewLead(lead, services) };
});
