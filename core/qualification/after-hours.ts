/** What holds for a lead whose clock starts outside business hours (policy book §3 and §4). */
import type { Policy } from '../policy/schema.ts';
import type { TierRow } from '../policy/schema/lead-kinds.ts';
import type { Traits } from './condition.ts';
import { anyHolds } from './condition.ts';

export type AfterHours =
  | { kind: 'on_call'; target: string; targetFrom: string; calendar: string; because: string }
  | { kind: 'acknowledged'; target: string; targetFrom: string };

/**
 * The hottest go to somebody on call, around the clock; everybody else gets a mail and a clock that starts at the next
 * opening, with the time that the tier allows from there.
 */
export function afterHoursOf(policy: Pick<Policy, 'afterHours'>, tier: TierRow, lead: Traits): AfterHours {
  const { onCall } = policy.afterHours;
  const because = anyHolds(onCall.anyOf, lead);
  if (because === null) {
    return { kind: 'acknowledged', target: tier.afterHours, targetFrom: `after hours tier ${tier.tier}` };
  }
  return {
    kind: 'on_call',
    target: onCall.target,
    targetFrom: 'after hours on call',
    calendar: onCall.calendar,
    because,
  };
}
