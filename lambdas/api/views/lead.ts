/** The lead as the API shows it. */
import { responseClock } from '../../../core/ladder/assign.ts';
import { executionName } from '../../../core/ladder/facts.ts';
import { isOpen, pauseReason } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import type { Services } from '../../shared/services.ts';
import type { LeadDetail, LeadView } from '../schemas/lead-view.ts';

/**
 * The lead without contact data; fields of the item that the answer's schema does not name are dropped by it.
 * @param services name the execution that climbs the response ladder
 */
export function viewLead(lead: Lead, services: Pick<Services, 'executions'>): LeadView {
  const open = lead.clocks.filter((clock) => isOpen(clock) && clock.status !== 'paused');
  return {
    ...lead,
    clocks: lead.clocks.map((clock) => ({
      ...clock,
      pauses: clock.pauses.map((pause) => ({ ...pause, reason: pauseReason(pause) })),
    })),
    pool: lead.poolId,
    dueAt: open.map((clock) => clock.dueAt).sort()[0] ?? null,
    executionArn: services.executions.arn('mql-response', runningName(lead)),
  };
}

/** The run that waits for the response now: another one may have taken over from the first. */
function runningName(lead: Lead): string {
  const clock = responseClock(lead);
  if (clock === undefined) return `${lead.leadId}-${lead.cycle}`;
  return executionName(lead, clock, 'mql-response');
}

/** The lead with what the CRM said of the prospect. */
export function viewLeadDetail(lead: Lead, services: Pick<Services, 'executions'>): LeadDetail {
  const { contact, company, signals, partner } = lead;
  return { ...viewLead(lead, services), contact, company, signals, partner };
}
