/** Nobody is available: the pool's manager is told at once, and the clock of the lead runs on (policy book §2). */
import { goOn } from '../../../core/ladder/next.ts';
import { tellNobody } from '../../shared/assign.ts';
import { workflowHandler } from '../../shared/step.ts';

export const handler = workflowHandler((world, before, { clockId, run }) => {
  const told = before.owner === null ? tellNobody(world, before) : { lead: before, effects: [] };
  return { effects: told.effects, ...goOn(world.policy, told.lead, clockId, run, world.now) };
});
