/** Accepting an inquiry of the review band, or leaving it where it is (policy book §6: never routed by itself). */
import type { Lead } from '../model/lead.ts';
import { iso } from '../time.ts';
import type { Decision } from '../ladder/facts.ts';
import { and, entry, event } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import type { Known } from './gate-state.ts';
import { lookAtGate } from './inquiry.ts';

export interface ReviewAnswer {
  decision: 'accept' | 'leave';
  /** A person's id. */
  by: string;
  reason: string;
}

/** Whether an offer waits for an answer. */
export function isOffered(lead: Lead): boolean {
  return lead.gate?.review?.state === 'offered';
}

/** Whether this very answer has been given already. */
export function isAnswered({ gate }: Lead, { decision, by }: ReviewAnswer): boolean {
  const state = decision === 'accept' ? 'accepted' : 'left';
  return gate?.review?.state === state && gate.review.by === by;
}

/** Takes the answer. What is accepted becomes an MQL at once, or is held until Marketing has done its half. */
export function answerReview(
  world: World,
  lead: Lead,
  { decision, by, reason }: ReviewAnswer,
  known: Known,
): Decision {
  const { gate } = lead;
  if (gate?.review == null || !isOffered(lead)) return { lead, effects: [] };
  const state = decision === 'accept' ? ('accepted' as const) : ('left' as const);
  const review = { ...gate.review, state, decidedAt: iso(world.now), by, reason };
  const answered: Lead = { ...lead, gate: { ...gate, review } };
  const key = String(review.n);
  const told: Decision = {
    lead: answered,
    effects: [
      entry(world.now, `review_${state}`, reason, { key }, `person:${by}`),
      event(answered, 'ReviewDecided', world.now, { key }, { n: review.n, decision: state, by }),
    ],
  };
  return decision === 'leave' ? told : and(told, lookAtGate(world, answered, known));
}
