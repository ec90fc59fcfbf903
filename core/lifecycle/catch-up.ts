/** Facts that are told late: what they start may have been met long ago (policy book §5: the earliest event wins). */
import type { Clock } from '../model/clock.ts';
import type { Lead } from '../model/lead.ts';
import type { Decision } from '../ladder/facts.ts';
import { and } from '../ladder/facts.ts';
import { clockOf } from '../ladder/next.ts';
import type { World } from '../ladder/tell.ts';
import type { Iso } from '../time.ts';
import { storedMs } from '../time.ts';
import { meetClocks } from './clocks.ts';
import { judgeClock, listensTo } from './judge.ts';

/** A clock that was opened with a start that had passed, met by the first that is known to have come after that. */
export function catchUp(world: World, lead: Lead, { clockId, startedAt, stop }: Clock): Decision {
  const isIt = (clock: Clock): boolean => clock.clockId === clockId;
  const met = actsOf(lead)
    .filter(({ fact, at }) => at >= startedAt && stop.includes(fact))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .reduce<Decision>(
      (sum, { fact, at }) => and(sum, meetClocks(world, sum.lead, fact, storedMs(at), isIt)),
      { lead, effects: [] },
    );
  return lead.judged.reduce((sum, attempt) => {
    const clock = clockOf(sum.lead, clockId);
    if (clock === undefined || !listensTo(clock, attempt)) return sum;
    return and(sum, judgeClock(world, sum.lead, clock, attempt, attempt.backDated));
  }, met);
}

/** What is known of the present cycle, in the words of the policy's rows. */
function actsOf({ life }: Lead): { fact: string; at: Iso }[] {
  const { accepted, rejection, sql, briefing, handoff, opportunity } = life;
  const acts = [
    { fact: 'lead_accepted', at: accepted?.at },
    { fact: 'lead_rejected', at: rejection?.at },
    { fact: 'lead_promoted', at: sql?.at },
    { fact: 'briefing_completed', at: briefing?.completed?.at },
    { fact: 'ae_notified', at: handoff?.notifiedAt },
    { fact: 'introduction_sent', at: handoff?.introducedAt },
    { fact: 'ae_accepted', at: handoff?.accepted?.at },
    { fact: 'ae_rejected', at: handoff?.rejected?.at },
    { fact: 'opportunity_created', at: opportunity?.openedAt },
  ];
  return acts.flatMap(({ fact, at }) => (at == null ? [] : [{ fact, at }]));
}
