/** Whether somebody works on an opportunity (policy book §12: no activity of any kind for 10 business days). */
import type { JudgedAttempt, Lead } from '../model/lead.ts';
import type { CompiledPolicy } from '../policy/compiled.ts';
import type { Decision } from '../ladder/facts.ts';
import { and } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { withLife } from '../lifecycle/commands/command.ts';
import { happen } from '../lifecycle/happen.ts';
import type { EpochMs } from '../time.ts';
import { iso, storedMs } from '../time.ts';

const ACTIVITY = 'opportunity_activity';

/** Whether one of the facts is activity, by the policy's list. Numbers that somebody changes are none. */
export function isActivity(
  policy: Pick<CompiledPolicy, 'opportunityActivity'>,
  facts: readonly string[],
): boolean {
  return facts.some((fact) => policy.opportunityActivity.facts.includes(fact));
}

/** An attempt to reach the prospect of an open opportunity; the first one of its owner is the AE's first touch (§11). */
export function triedOnDeal(world: World, lead: Lead, { countsAt, personId }: JudgedAttempt): Decision {
  const { opportunity } = lead.life;
  if (opportunity === null) return { lead, effects: [] };
  const at = Math.min(storedMs(countsAt), world.now);
  const touched =
    personId === opportunity.ownerId && at >= storedMs(opportunity.openedAt)
      ? happen(world, lead, ['ae_first_touch'], at)
      : { lead, effects: [] };
  return and(touched, workedOn(world, touched.lead, at));
}

/** Somebody has worked on the lead's open opportunity at an instant, now or before: the clock of its silence begins anew. */
export function workedOn(world: World, lead: Lead, at: EpochMs = world.now): Decision {
  const { opportunity } = lead.life;
  if (opportunity === null || opportunity.closed !== null) return { lead, effects: [] };
  const { lastActivityAt } = opportunity;
  const instant = iso(at);
  const isLatest = lastActivityAt === null || instant > lastActivityAt;
  const noted = isLatest
    ? withLife(lead, { opportunity: { ...opportunity, lastActivityAt: instant } })
    : lead;
  return happen(world, noted, [ACTIVITY], at);
}
