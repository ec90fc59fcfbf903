/** An inquiry as the API shows it: the lead, and the score for this instant. */
import { judge } from '../../../core/lifecycle/gate-state.ts';
import type { Known } from '../../../core/lifecycle/gate-state.ts';
import type { World } from '../../../core/ladder/tell.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { iso } from '../../../core/time.ts';
import type { Services } from '../../shared/services.ts';
import type { InquiryView } from '../schemas/inquiry.ts';
import { viewLead } from './lead.ts';

/** Nothing of the score is stored: it is computed for the instant of the world. */
export function viewInquiry(services: Services, world: World, lead: Lead, known: Known): InquiryView {
  const { verdict, evaluation } = judge(world, lead, 'gate', known);
  const { track, score, criteria, explanation } = evaluation;
  return {
    inquiryId: lead.leadId,
    status: lead.status,
    evaluation: { at: iso(world.now), verdict, track, score, criteria, explanation },
    signals: {
      count: new Set(known.signals.map(({ id }) => id)).size,
      latestAt:
        known.signals
          .map(({ at }) => at)
          .sort()
          .at(-1) ?? null,
    },
    lead: viewLead(lead, services),
  };
}
