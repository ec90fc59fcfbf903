import { rungInstants } from '../../../core/ladder/rungs.ts';
import type { Reckoning } from '../../../core/ladder/rungs.ts';
import { epochMs } from '../../../core/time.ts';
import { loadPolicy } from '../../../lib/policy/load.ts';

const NEW_YORK = { id: 'business', timeZone: 'America/New_York', holidays: 'US' };

async function ladder(
  from: string,
  target: string,
  change: Partial<Reckoning> = {},
): Promise<Record<string, string>> {
  const policy = await loadPolicy('policy/default.yaml');
  const row = policy.commitments.find((candidate) => candidate.id === 'mql.respond')!;
  const reckoning = {
    tier: 1 as const,
    calendar: NEW_YORK,
    countsFrom: epochMs(from),
    target,
    pauses: [],
    addedMs: 0,
    ...change,
  };
  const local = (at: number): string =>
    `${new Date(at).toLocaleDateString('en-US', { timeZone: 'America/New_York', weekday: 'short' })} ${new Date(at).toLocaleTimeString('en-GB', { timeZone: 'America/New_York' })}`;
  return Object.fromEntries(rungInstants(policy, row, reckoning).map(({ rung, at }) => [rung, local(at)]));
}

describe('the rungs of the response ladder', () => {
  test('a 5-minute target on a Friday at 16:50 climbs within the hour, the threshold on Monday', async () => {
    expect(await ladder('2026-11-20T16:50:00-05:00', 'PT5M')).toEqual({
      remind: 'Fri 16:52:30',
      warn: 'Fri 16:53:45',
      breach: 'Fri 16:55:00',
      critical: 'Fri 16:57:30',
      incident: 'Fri 17:00:00',
      backup: 'Fri 17:55:00',
      threshold: 'Mon 08:50:00',
    });
  });

  test('with a 5-minute target the incident comes before the backup hour, with 24 hours after it', async () => {
    const short = Object.keys(await ladder('2026-11-16T09:00:00-05:00', 'PT5M'));
    const long = Object.keys(await ladder('2026-11-16T09:00:00-05:00', 'PT24H', { tier: 3 }));
    expect(short.indexOf('incident')).toBeLessThan(short.indexOf('backup'));
    expect(long.indexOf('backup')).toBeLessThan(long.indexOf('critical'));
  });

  test.each([
    ['tier 1', 1 as const, 'PT5M', 'Mon 11:00:00'],
    ['tier 2', 2 as const, 'PT2H', 'Mon 13:00:00'],
    ['tier 3: 48 business hours', 3 as const, 'PT24H', 'Fri 17:00:00'],
  ])('the breach threshold of %s is its own rung', async (_name, tier, target, at) => {
    expect((await ladder('2026-11-16T09:00:00-05:00', target, { tier })).threshold).toBe(at);
  });

  test('a threshold that would come before the deadline waits for the deadline', async () => {
    const rungs = await ladder('2026-11-16T09:00:00-05:00', 'PT4H');
    expect(rungs.threshold).toBe(rungs.breach);
  });

  test('a pause moves every rung by the business time it took', async () => {
    const pauses = [{ from: epochMs('2026-11-16T09:01:00-05:00'), to: epochMs('2026-11-16T09:31:00-05:00') }];
    expect(await ladder('2026-11-16T09:00:00-05:00', 'PT5M', { pauses })).toMatchObject({
      remind: 'Mon 09:32:30',
      breach: 'Mon 09:35:00',
      backup: 'Mon 10:35:00',
    });
  });

  test('an extension makes the target longer, and the percentages with it', async () => {
    expect(await ladder('2026-11-16T09:00:00-05:00', 'PT5M', { addedMs: 5 * 60_000 })).toMatchObject({
      remind: 'Mon 09:05:00',
      breach: 'Mon 09:10:00',
      incident: 'Mon 09:20:00',
    });
  });
});
