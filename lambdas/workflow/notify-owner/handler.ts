/** Tells the owner that the lead is theirs, and why. */
import { goOn } from '../../../core/ladder/next.ts';
import { tellOwner } from '../../shared/assign.ts';
import { workflowHandler } from '../../shared/step.ts';

export const handler = workflowHandler((world, before, { clockId, run }) => {
  const told = tellOwner(world, before);
  return { effects: told.effects, ...goOn(world.policy, told.lead, clockId, run, world.now) };
});
