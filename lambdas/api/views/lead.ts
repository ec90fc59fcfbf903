/** The lead as the API shows it. */
import { responseClock } from '../../../core/ladder/assign.ts';
import { executionName } from '../../../core/ladder/facts.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { stageOf } from '../../../core/model/pipeline.ts';
import type { Services } from '../../shared/services.ts';
import type { LeadDetail, LeadView } from '../schemas/lead-view.ts';
import { viewClock } from './clock.ts';

/**
 * The lead without contact data; fields of the item that the answer's schema does not name are dropped by it.
 * @param services name the execution that climbs the response ladder
 */
export function viewLead(lead: Lead, services: Pick<Services, 'executions'>): LeadView {
  const { opportunity } = lead.life;
  const open = lead.clocks.filter((clock) => isOpen(clock) && clock.status !== 'paused');
  return {
    ...lead,
    clocks: lead.clocks.map((clock) => viewClock(lead, clock, services)),
    life: { ...lead.life, opportunity: opportunity && { ...opportunity, stage: stageOf(opportunity) } },
    pool: lead.poolId,
    dueAt: open.map((clock) => clock.dueAt).sort()[0] ?? null,
    qualifiedAt: isMql(lead) ? lead.qualifiedAt : null,
    executionArn: runningExecution(lead, services),
  };
}

/**
 * The run that waits for the response now, as another one may have taken over from the first; of a lead that is no MQL
 * the execution of its latest clock.
 */
function runningExecution(lead: Lead, { executions }: Pick<Services, 'executions'>): string | null {
  const response = responseClock(lead);
  if (response !== undefined) {
    return executions.arn('mql-response', executionName(lead, response, 'mql-response'));
  }
  const latest = lead.clocks.findLast((clock) => isOpen(clock) && clock.run > 0);
  if (latest !== undefined) {
    return executions.arn('commitment-clock', executionName(lead, latest, 'commitment-clock'));
  }
  return isMql(lead) ? executions.arn('mql-response', `${lead.leadId}-${lead.cycle}`) : null;
}

/** Whether the gate has let it pass; of a version that did not check, each lead has. */
function isMql({ gate }: Lead): boolean {
  return gate === null || gate.passedAt !== null;
}

/** The lead with what the CRM said of the prospect. */
export function viewLeadDetail(lead: Lead, services: Pick<Services, 'executions'>): LeadDetail {
  const { contact, company, signals, partner } = lead;
  return { ...viewLead(lead, services), contact, company, signals, partner };
}
