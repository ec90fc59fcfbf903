/** Compliance of each person in the present month and the one before it, reckoned anew by each run (policy book §13). */
import { complianceOf } from '../../core/consequences/compliance.ts';
import type { JudgedLead } from '../../core/consequences/facts.ts';
import type { World } from '../../core/ladder/tell.ts';
import { monthOf } from '../../core/reporting/period.ts';
import type { Period } from '../../core/reporting/period.ts';
import { iso } from '../../core/time.ts';
import type { Services } from './services.ts';

/** The month before this one, which late verdicts may still change, and this one. */
export function monthsShown({ policy: { home }, now }: Pick<World, 'policy' | 'now'>): [Period, Period] {
  const present = monthOf(now, home.timeZone);
  return [monthOf(present.from - 1, home.timeZone), present];
}

export async function storeCompliance(
  { consequences }: Pick<Services, 'consequences'>,
  world: World,
  judged: readonly JudgedLead[],
): Promise<void> {
  const asOf = iso(world.now);
  for (const period of monthsShown(world)) {
    const { people } = complianceOf(world.policy, judged, period);
    await Promise.all(
      people.map(({ personId, counted, diagnostic, band }) =>
        consequences.putCompliance(personId, { month: period.name, asOf, counted, diagnostic, band }),
      ),
    );
  }
}
