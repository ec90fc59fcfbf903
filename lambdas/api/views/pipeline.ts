/** Opportunities and meetings as the API shows them, each with the clocks that are about it. */
import { explainDeal } from '../../../core/pipeline/explain.ts';
import { clocksOfDeal } from '../../../core/pipeline/clocks-of-deal.ts';
import type { Lead } from '../../../core/model/lead.ts';
import type { Opportunity } from '../../../core/model/life.ts';
import type { Meeting } from '../../../core/model/pipeline.ts';
import { stageOf } from '../../../core/model/pipeline.ts';
import type { Services } from '../../shared/services.ts';
import type { MeetingView, OpportunityView } from '../schemas/pipeline.ts';
import { viewClock } from './clock.ts';

type Shown = Pick<Services, 'executions' | 'policy' | 'clock'>;

/** The opportunity with the clocks that are about it. */
export function viewOpportunity(lead: Lead, deal: Opportunity, services: Shown): OpportunityView {
  const { policy, clock } = services;
  const stage = stageOf(deal);
  const entered = deal.stages.at(-1);
  return {
    ...deal,
    leadId: lead.leadId,
    stage: {
      stage,
      title: policy.stages.find((row) => row.stage === stage)?.title ?? String(stage),
      since: entered?.at ?? deal.openedAt,
      by: entered?.by ?? deal.ownerId,
    },
    discoveryDelay: deal.discoveryDelay ?? null,
    clocks: clocksOfDeal(policy, lead).map((one) => viewClock(lead, one, services)),
    explanation: explainDeal(policy, deal, clock.now()),
  };
}

/** The meeting with its own clocks. */
export function viewMeeting(
  lead: Lead,
  meeting: Meeting,
  services: Pick<Services, 'executions'>,
): MeetingView {
  const own = lead.clocks.filter(({ about }) => about === meeting.meetingId);
  return {
    ...meeting,
    leadId: lead.leadId,
    clocks: own.map((clock) => viewClock(lead, clock, services)),
  };
}
