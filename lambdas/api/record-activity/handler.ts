/** `POST /leads/{leadId}/activities`: an attempt or a contact, taken once, judged against every clock that it may meet. */
import { isAttempt, isKnown, judged, refusal, takeAttempt } from '../../../core/lifecycle/activity.ts';
import type { Activity } from '../../../core/lifecycle/activity.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs, storedMs } from '../../../core/time.ts';
import { apiHandler } from '../../shared/api.ts';
import { forgetIfErased } from '../../shared/erased.ts';
import { Problem } from '../../shared/errors.ts';
import { leadOr404 } from '../../shared/lead-or-404.ts';
import { withPatience } from '../../shared/patience.ts';
import { saveAndPerform } from '../../shared/perform.ts';
import type { Services, StoredActivity } from '../../shared/services.ts';
import { worldOf } from '../../shared/step.ts';
import type { ActivityAnswer } from '../schemas/activity.ts';
import { viewLead } from '../views/lead.ts';

export const handler = apiHandler('record-activity', async ({ path, body, services }) => {
  const activity: Activity = {
    ...body,
    occurredAt: epochMs(body.occurredAt),
    personId: body.personId ?? null,
  };
  const { lead, stored } = await withPatience(12, () => take(services, path.leadId, activity));
  return { status: 200, body: answer(services, lead, stored) };
});

async function take(
  services: Services,
  leadId: string,
  activity: Activity,
): Promise<{ lead: Lead; stored: StoredActivity }> {
  const lead = await leadOr404(services, leadId);
  await forgetIfErased(services, lead);
  const before = await services.leads.getActivity(leadId, activity.activityId);
  const attempt = isAttempt(services.policy, activity);
  if (before !== undefined && (!attempt || isKnown(lead, activity.activityId)))
    return { lead, stored: before };
  const world = await worldOf(services);
  const refused = before === undefined ? refusal(services.policy, lead, activity, world.now) : null;
  if (refused !== null) throw new Problem(422, refused.type, 'The activity cannot be taken', refused.detail);
  const judgedNow = before ?? {
    ...judged(services.policy, activity, world.now),
    recordedBy: activity.recordedBy,
    attempt,
  };
  // The activity is written before the lead: if this ends in between, posting it again goes on from here.
  if (before === undefined) await services.leads.putActivity(leadId, judgedNow);
  if (!attempt) {
    await forgetIfErased(services, await leadOr404(services, leadId));
    return { lead, stored: judgedNow };
  }
  const taken = takeAttempt(world, lead, activity, storedMs(judgedNow.receivedAt));
  return { lead: await saveAndPerform(services, taken.lead, taken.effects), stored: judgedNow };
}

function answer(services: Services, lead: Lead, stored: StoredActivity): ActivityAnswer {
  const known = lead.judged.find((attempt) => attempt.activityId === stored.activityId);
  const clocksMet = lead.clocks.flatMap((clock) => {
    const verdict = clock.verdicts.at(-1);
    if (clock.metBy !== stored.activityId || clock.metAt === null || verdict === undefined) return [];
    const { clockId, commitment, dueAt, metAt } = clock;
    return [{ clockId, commitment, dueAt, metAt, verdict: verdict.verdict, because: verdict.because }];
  });
  return {
    activityId: stored.activityId,
    attempt: stored.attempt,
    contact: stored.contact,
    backDated: known?.backDated ?? stored.backDated,
    clocksMet,
    lead: viewLead(lead, services),
  };
}
