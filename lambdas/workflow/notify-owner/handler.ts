/** Tells the owner that the lead is theirs, and why. */
import { goOn } from '../../../core/ladder/next.ts';
import { hasChangedHands } from '../../../core/lifecycle/cycle.ts';
import { ownerKnows, tellOwner } from '../../../core/ladder/tell-owner.ts';
import { workflowHandler } from '../../shared/step.ts';

export const handler = workflowHandler((world, before, { clockId, run }) => {
  // Whoever got the lead from somebody else was told by the rung that passed it on, whichever run asks now.
  const told = hasChangedHands(before) ? ownerKnows(world, before) : tellOwner(world, before);
  return { effects: told.effects, ...goOn(world.policy, told.lead, clockId, run, world.now) };
});
