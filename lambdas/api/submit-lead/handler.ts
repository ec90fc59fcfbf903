/** `POST /leads`: takes in an MQL once, however often it is posted. */
import { wallMs } from '../../../core/calendar/index.ts';
import { tellCrm } from '../../../core/lifecycle/crm-fields.ts';
import { takeIn } from '../../../core/lifecycle/intake.ts';
import type { LeadFacts } from '../../../core/model/lead.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { Problem } from '../../shared/errors.ts';
import { leadIdOf } from '../../shared/lead-id.ts';
import { measureDecision } from '../../shared/measure.ts';
import { startOwed } from '../../shared/perform.ts';
import type { Services } from '../../shared/services.ts';
import type { SubmitLead } from '../schemas/lead-intake.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('submit-lead', async ({ body, services, now }) => {
  check(services, body, now);
  const leadId = leadIdOf(body.crm);
  // Nobody owns the lead yet, so that nothing depends on the people.
  const world = { policy: services.policy, roster: { version: 0, people: [] }, now };
  const taken = takeIn(world, leadId, factsOf(body));
  const { lead, effects } = tellCrm(taken.lead, taken.effects, now);
  const owing = { ...lead, owed: effects };
  if ((await services.leads.create(owing)) === 'created') {
    measureDecision(services.metrics, owing, effects);
    await startOwed(services, owing);
    return { status: 202, body: viewLead(owing, services) };
  }
  // The record has been posted before, perhaps a moment ago: that is the lead.
  const other = await services.leads.get(leadId);
  return { status: 200, body: viewLead(other ?? lead, services) };
});

function check(services: Services, body: SubmitLead, now: number): void {
  const errors: { path: string; message: string }[] = [];
  const sources = services.policy.sources.map((row) => row.id);
  if (!sources.includes(body.source)) {
    errors.push({ path: 'source', message: `must be one of the policy's sources: ${sources.join(', ')}` });
  }
  if (epochMs(body.qualifiedAt) > now + wallMs(services.policy.intake.futureTolerance)) {
    errors.push({ path: 'qualifiedAt', message: `must not lie in the future: it is ${iso(now)} now` });
  }
  if (errors.length > 0) {
    throw new Problem(
      400,
      'invalid-request',
      'The request is not valid',
      'Some fields cannot be taken as they are.',
      { errors },
    );
  }
}

/** Instants are kept in UTC with milliseconds, so that stored texts sort like the instants they name. */
function factsOf(body: SubmitLead): LeadFacts {
  return {
    ...body,
    qualifiedAt: iso(epochMs(body.qualifiedAt)),
    signals: body.signals.map((signal) => ({
      type: signal.type,
      at: iso(epochMs(signal.at)),
      endsAt: signal.endsAt === undefined ? undefined : iso(epochMs(signal.endsAt)),
    })),
  };
}
