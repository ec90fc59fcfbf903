/** `POST /inquiries/{inquiryId}/review`: accepts an inquiry of the review band, or leaves it (policy book §6). */
import { answerReview, isAnswered, isOffered } from '../../../core/lifecycle/review.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { peopleFor } from '../../../core/ladder/tell.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { apiHandler } from '../../shared/api.ts';
import { Problem } from '../../shared/errors.ts';
import { changeWithGate } from '../../shared/look-at-gate.ts';
import { mustBeManager } from '../../shared/manager.ts';
import { worldOf } from '../../shared/step.ts';
import { viewInquiry } from '../views/inquiry.ts';

export const handler = apiHandler('review-inquiry', async ({ path: { inquiryId }, body, services }) => {
  const { lead, known } = await changeWithGate(services, inquiryId, (world, before, all) => {
    mayDecide(world, before, body.by);
    if (isAnswered(before, body)) return { lead: before, effects: [] };
    if (!isOffered(before)) throw notInReview(before);
    return answerReview(world, before, body, all);
  });
  return { status: 200, body: viewInquiry(services, await worldOf(services), lead, known) };
});

/** Somebody to whom it was offered, or a manager. */
function mayDecide(world: World, lead: Lead, by: string): void {
  const { people } = peopleFor(world, lead, world.policy.scoring.review.offeredTo, null);
  if (people.some(({ personId, active }) => personId === by && active)) return;
  mustBeManager(world, by, 'by', 'decides about an inquiry');
}

function notInReview({ status, gate }: Lead): Problem {
  const score = gate === null ? '' : ` and its score was ${gate.score.total} when the gate last looked`;
  const detail = `No offer waits for an answer: the status is ${status}${score}.`;
  return new Problem(409, 'not-in-review', 'The inquiry is not offered for review', detail);
}
