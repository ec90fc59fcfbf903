/** Looking in again on a lead that was not ready (policy book §11 AE-REJ-02, §13: check-in at month 6). */
import { plusCivil } from '../calendar/civil.ts';
import type { Lead } from '../model/lead.ts';
import { CHECK_IN } from '../ladder/appointed.ts';
import type { Decision } from '../ladder/facts.ts';
import type { World } from '../ladder/tell.ts';
import { iso } from '../time.ts';
import type { EpochMs } from '../time.ts';
import { happen } from './happen.ts';

/**
 * When the SDR looks in again: so many civil months later, in the zone of the policy's home; undefined for a row of
 * recycling without a check-in.
 * @param after what a code says of its own, before the row of recycling
 */
export function checkInAt(
  { policy, now }: Pick<World, 'policy' | 'now'>,
  scenario: string | null,
  after = policy.recycling.find(({ id }) => id === scenario)?.checkInAfter,
): EpochMs | undefined {
  return after === undefined ? undefined : plusCivil(now, after, policy.home.timeZone);
}

/**
 * Opens what is owed at that instant to a lead that has just left Sales: nothing else of it is due any more. Attempts
 * long before it are none of it, like the goodbye of the day after.
 */
export function agreeCheckIn(world: World, lead: Lead, scenario: string | null, after?: string): Decision {
  const { policy, now } = world;
  const at = checkInAt(world, scenario, after);
  if (at === undefined) return { lead, effects: [] };
  const early = policy.recycling.find(({ id }) => id === scenario)?.checkInEarly;
  const opens = early === undefined ? now : Math.max(now, plusCivil(at, `-${early}`, policy.home.timeZone));
  return happen(world, lead, [CHECK_IN], now, { appointed: iso(at), listensFrom: iso(opens) });
}
