/** Opening an opportunity: the act in which an AE accepts an SQL (policy book §11, §12). */
import type { Clock } from '../model/clock.ts';
import { isOpen } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import { NEW_DEAL } from '../model/pipeline.ts';
import type { Decision } from '../ladder/facts.ts';
import { and } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { withLife } from '../lifecycle/commands/command.ts';
import { happen } from '../lifecycle/happen.ts';
import { iso } from '../time.ts';
import { workedOn } from './activity.ts';

/**
 * The opportunity that the lead has just got enters the policy's first stage. The opening is its first activity, and
 * from now on it is without a next step. One that is in a stage already is left as it is.
 */
export function enterFirstStage(world: World, lead: Lead, by: string): Decision {
  const { opportunity } = lead.life;
  const first = world.policy.stages.map(({ stage }) => stage).sort((a, b) => a - b)[0];
  const stages = opportunity?.stages ?? [];
  if (opportunity === null || first === undefined || stages.length > 0) return { lead, effects: [] };
  const at = iso(world.now);
  const entered = withLife(owedBy(world, lead, opportunity.ownerId), {
    opportunity: {
      ...NEW_DEAL,
      ...opportunity,
      stages: [{ stage: first, at, by }],
      economicBuyerMeeting: bookedWithBuyer(lead),
    },
  });
  const happened = happen(world, entered, [`stage_${first}_entered`]);
  const worked = and(happened, workedOn(world, happened.lead));
  return and(worked, happen(world, worked.lead, ['next_step_due'], world.now, { appointed: at }));
}

/** What an AE owes of a meeting that was booked before there was one is theirs now. */
function owedBy({ policy }: World, lead: Lead, ownerId: string): Lead {
  const isTheAes = (clock: Clock): boolean =>
    policy.commitments.find(({ id }) => id === clock.commitment)?.owes === 'ae';
  const clocks = lead.clocks.map((clock) =>
    isOpen(clock) && clock.owes === null && isTheAes(clock) ? { ...clock, owes: ownerId } : clock,
  );
  return { ...lead, clocks };
}

/** A meeting with the economic buyer may have been booked before there was an opportunity. */
function bookedWithBuyer({ life }: Lead) {
  const meeting = life.meetings.find(({ kind, state }) => kind === 'economic_buyer' && state !== 'cancelled');
  return meeting?.booked ?? null;
}
