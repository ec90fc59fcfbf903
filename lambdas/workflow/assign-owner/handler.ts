/** Gives the lead to the next in the round robin, or finds that nobody is available (policy book §2). */
import { awake, goOn } from '../../../core/ladder/next.ts';
import { endDuePauses } from '../../../core/ladder/pause.ts';
import { responseClock } from '../../../core/ladder/assign.ts';
import { isOpen } from '../../../core/model/clock.ts';
import { findOwner } from '../../shared/assign.ts';
import { workflowHandler } from '../../shared/step.ts';

export const handler = workflowHandler(async (world, before, { clockId, run }, services) => {
  const ended = endDuePauses(world.policy, before, world.now);
  const clock = responseClock(ended.lead);
  const wanted = clock !== undefined && clock.clockId === clockId && clock.run === run && isOpen(clock);
  const found = wanted ? await findOwner(services, world, ended.lead) : { lead: ended.lead, effects: [] };
  const { lead, state } = goOn(world.policy, found.lead, clockId, run, world.now);
  const outcome = lead.owner === null ? 'nobody' : 'assigned';
  const effects = [...ended.effects, ...found.effects];
  if (state.outcome !== 'climb') return { lead, effects, state };
  // Somebody is told at once. If that never comes, nobody must have to wait for the first rung.
  return { lead: awake(lead, clockId, run, world.now), effects, state: { ...state, outcome } };
});
