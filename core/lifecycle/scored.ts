/**
 * The time that Marketing has for scoring (policy book §7): from the act to the decision. The system scores an act as
 * soon as it is told, so the clock is opened and met in one decision; what was told too late has climbed its rungs.
 */
import type { GateState } from '../model/gate.ts';
import type { Lead } from '../model/lead.ts';
import { qualifyingAct } from '../qualification/gate/qualifying-act.ts';
import type { InquiryFacts } from '../qualification/gate/types.ts';
import { qualify } from '../qualification/index.ts';
import { storedMs } from '../time.ts';
import { climb } from '../ladder/climb.ts';
import type { Decision } from '../ladder/facts.ts';
import { and } from '../ladder/facts.ts';
import { clockOf } from '../ladder/next.ts';
import type { World } from '../ladder/tell.ts';
import { meetClocks, openClocks } from './clocks.ts';

/** Times the scoring of an inquiry that passes now and had not passed before. */
export function scored(world: World, lead: Lead, before: GateState | null, facts: InquiryFacts): Decision {
  const none: Decision = { lead, effects: [] };
  const passedBefore = before?.passedAt === null && (before.verdict === 'held' || before.verdict === 'mql');
  if (lead.gate?.decides !== 'gate' || passedBefore) return none;
  const act = qualifyingAct(world.policy, facts, world.now);
  if (act === null) return none;
  const strictest = { ...qualify(world.policy, lead, world.now), startedAt: act };
  const opened = openClocks(world, lead, 'qualifying_act', strictest);
  const climbed = opened.lead.clocks
    .slice(lead.clocks.length)
    .reduce((sum, { clockId }) => and(sum, climbDue(world, sum.lead, clockId)), opened);
  return and(climbed, meetClocks(world, climbed.lead, 'lead_scored'));
}

/** Climbs what was due of a clock for which no execution waits; what is met at the deadline itself is in time. */
function climbDue(world: World, lead: Lead, clockId: string): Decision {
  const due = clockOf(lead, clockId)?.rungs.filter(({ at }) => storedMs(at) < world.now) ?? [];
  return due.reduce<Decision>(
    (sum, { rung }) => and(sum, climb(world, sum.lead, { clockId, run: 0, rung }, null)),
    {
      lead,
      effects: [],
    },
  );
}
