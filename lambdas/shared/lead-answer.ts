/** The lead in an answer, with the execution that waits for it. */
import { responseClock } from '../../core/ladder/assign.ts';
import { executionName } from '../../core/ladder/facts.ts';
import type { Lead } from '../../core/model/lead.ts';
import type { LeadView } from '../api/schemas/lead-view.ts';
import { viewLead } from '../api/views/lead.ts';
import type { Services } from './services.ts';

/** ARN of the execution that climbs the response ladder of the lead's present cycle. */
export function responseArn(services: Services, lead: Lead): string {
  const clock = responseClock(lead);
  const name = clock === undefined ? lead.execution.name : executionName(lead, clock, 'mql-response');
  return services.executions.arn('mql-response', name);
}

/** The lead as the API shows it in every answer. */
export function leadAnswer(services: Services, lead: Lead): LeadView {
  return viewLead(lead, responseArn(services, lead));
}
