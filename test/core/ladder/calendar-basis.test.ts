import { responseClock } from '../../../core/ladder/assign.ts';
import type { World } from '../../../core/ladder/tell.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { demoRequest, owned, worldAt } from '../../support/world.ts';

/** The default policy with the business calendar in another zone. */
function basedOn(world: World, basis: 'prospect' | 'owner' | 'pool'): World {
  const calendars: CompiledPolicy['calendars'] = world.policy.calendars.map((row) =>
    row.id === 'business' ? { ...row, basis } : row,
  );
  return { ...world, policy: { ...world.policy, calendars } };
}

// 09:30 in New York is 06:30 in Los Angeles and 15:30 in Berlin.
const AT = '2026-11-17T09:30:00-05:00';

test.each([
  ['prospect' as const, '2026-11-17T14:35:00.000Z', 'America/New_York'],
  ['pool' as const, '2026-11-17T14:35:00.000Z', 'America/New_York'],
  ['owner' as const, '2026-11-17T16:05:00.000Z', 'America/Los_Angeles'],
])(
  'the response clock runs in the zone of the %s if the policy says so (policy book §4)',
  async (basis, dueAt, timeZone) => {
    const lead = owned(basedOn(await worldAt(AT), basis), demoRequest(AT), 'kim');
    expect(responseClock(lead)).toMatchObject({ dueAt, calendar: { timeZone } });
  },
);
