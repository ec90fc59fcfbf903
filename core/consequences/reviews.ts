/**
 * The three-way review of an AE's rejections as an item (policy book §11). It is opened when its period is over, tells
 * those who are to meet, and says nothing of whose doing it is.
 */
import { handoffsOf } from '../model/life.ts';
import type { Roster } from '../model/person.ts';
import type { Policy } from '../policy/schema.ts';
import { aeRejections } from '../reporting/ae-rejections.ts';
import type { HandedOver } from '../reporting/ae-rejections.ts';
import { monthOf, quarterOf } from '../reporting/period.ts';
import type { Period } from '../reporting/period.ts';
import { iso, storedMs } from '../time.ts';
import type { EpochMs } from '../time.ts';
import type { ConsequenceItem } from './items.ts';

/**
 * Every review that the facts call for at an instant, one an AE and period, by period and AE.
 * @param leads all leads, in any order
 */
export function reviewsOf(
  policy: Pick<Policy, 'aeRejectionReview' | 'home'>,
  roster: Pick<Roster, 'people'>,
  leads: readonly HandedOver[],
  now: EpochMs,
): ConsequenceItem[] {
  return periodsOf(policy, leads)
    .filter(({ to }) => to <= now)
    .flatMap((period) =>
      aeRejections(policy, roster, leads, period).flatMap(({ aeId, leadIds, review }): ConsequenceItem[] =>
        review === null
          ? []
          : [
              {
                itemId: `${aeId}/${period.name}/three_way_review`,
                personId: aeId,
                period: period.name,
                item: 'three_way_review',
                at: iso(period.to),
                breaches: leadIds,
                diagnostic: false,
                tell: review.attendees.flatMap(({ people }) => people.map((id) => `person:${id}` as const)),
                poolId: '',
                title: `A three-way review with ${aeId} is due for ${period.name}`,
                explanation: review.explanation,
              },
            ],
      ),
    );
}

/** The periods in which any AE has decided, oldest first. */
function periodsOf(
  { aeRejectionReview, home }: Pick<Policy, 'aeRejectionReview' | 'home'>,
  leads: readonly HandedOver[],
): Period[] {
  const of = aeRejectionReview.period === 'month' ? monthOf : quarterOf;
  const periods = new Map<string, Period>();
  for (const { accepted, rejected } of leads.flatMap(handoffsOf)) {
    const act = rejected ?? accepted;
    if (act === null) continue;
    const period = of(storedMs(act.at), home.timeZone);
    periods.set(period.name, period);
  }
  return [...periods.values()].sort((a, b) => a.from - b.from);
}
