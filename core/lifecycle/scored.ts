/**
 * The time that Marketing has for scoring (policy book §7): from the act to the decision. The system scores an act as
 * soon as it is told, so the clock is opened and met in one decision; what was told too late has climbed its rungs.
 */
import type { GateState } from '../model/gate.ts';
import type { Lead } from '../model/lead.ts';
import { qualifyingAct } from '../qualification/gate/qualifying-act.ts';
import { groupOf } from '../qualification/gate/verdict.ts';
import type { InquiryFacts } from '../qualification/gate/types.ts';
import { qualify } from '../qualification/index.ts';
import type { Decision } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { openClocks } from './clocks.ts';
import { meetOpened } from './timed.ts';

/**
 * Times the scoring of an inquiry that passes now by its acts. Acts that an earlier look has scored are done with: what
 * was missing since, a title, the end of a suppression or somebody's consent, was not the scoring.
 */
export function scored(world: World, lead: Lead, before: GateState | null, facts: InquiryFacts): Decision {
  const none: Decision = { lead, effects: [] };
  const wasScored = before?.passedAt === null && isProven(before);
  if (lead.gate?.decides !== 'gate' || !isProven(lead.gate) || wasScored) return none;
  const act = qualifyingAct(world.policy, facts, world.now);
  if (act === null) return none;
  const strictest = { ...qualify(world.policy, lead, world.now), startedAt: act };
  const opened = openClocks(world, lead, 'qualifying_act', strictest);
  return meetOpened(world, lead, opened, { fact: 'lead_scored', at: world.now });
}

/** Whether the acts alone are enough, whoever has accepted it. */
function isProven({ failing }: GateState): boolean {
  return !failing.some((criterion) => groupOf(criterion) === 'intent');
}
