import { attemptsMade, attemptsRequired } from '../../../core/cadence/required.ts';
import type { World } from '../../../core/ladder/tell.ts';
import type { JudgedAttempt, Lead } from '../../../core/model/lead.ts';
import { cadenceAt, leadOf, OF_TIER, tried } from './world.ts';

const MON = '2026-11-09T10:00:00-05:00';
let world: World;
let lead: Lead;
beforeAll(async () => {
  world = await cadenceAt(MON);
  lead = leadOf(world, MON, OF_TIER[1]);
});

describe('what is required is the strictest row that applies', () => {
  test.each([
    ['enterprise', 1, 'demo_request', 10, 21, 'calendar', 'segment enterprise'],
    ['enterprise', 3, 'newsletter_signup', 10, 21, 'calendar', 'segment enterprise'],
    ['mid_market', 1, 'demo_request', 8, 7, 'business', 'tier 1'],
    ['mid_market', 2, 'partner_referral', 7, 14, 'calendar', 'segment mid_market'],
    ['mid_market', 3, 'newsletter_signup', 7, 14, 'calendar', 'segment mid_market'],
    ['smb', 1, 'free_trial', 8, 7, 'business', 'tier 1'],
    ['smb', 2, 'partner_referral', 6, 10, 'business', 'tier 2'],
    ['smb', 3, 'newsletter_signup', 5, 7, 'calendar', 'segment smb'],
    [null, 3, 'newsletter_signup', 5, 14, 'business', 'tier 3'],
    [null, 3, 'demo_request', 6, 2, 'business', 'source demo_request'],
  ] as const)(
    '%s, tier %i, %s: %i attempts in %i %s days',
    (segment, tier, source, attempts, days, dayKind, from) => {
      expect(attemptsRequired(world.policy, { segment, tier, source })).toEqual({
        attempts,
        days,
        dayKind,
        from,
        channels: 2,
      });
    },
  );
});

describe('what was made is counted in the present cycle', () => {
  test('attempts, and the channels that they went over; a meeting is an attempt over none', () => {
    let now = lead;
    for (const [type, at] of [
      ['call', '2026-11-09T10:01:00-05:00'],
      ['call', '2026-11-09T11:00:00-05:00'],
      ['email', '2026-11-09T12:00:00-05:00'],
      ['meeting', '2026-11-09T13:00:00-05:00'],
    ] as const)
      now = tried(world, now, type, at).lead;
    expect(attemptsMade(now)).toEqual({ attempts: 4, channels: 2 });
  });

  test('what happened before the cycle began does not count for it', () => {
    const attempt = (occurredAt: string): JudgedAttempt => ({
      ...{ activityId: occurredAt, occurredAt, countsAt: occurredAt, receivedAt: occurredAt },
      ...{ contact: false, backDated: false, personId: null, type: 'call', outcome: 'no_answer' },
    });
    const judged = [attempt('2026-11-09T15:00:00.000Z'), attempt('2026-11-20T15:00:00.000Z')];
    const again = { ...lead, judged, cycle: 2, cycleStartedAt: '2026-11-20T00:00:00.000Z' };
    expect(attemptsMade(again)).toEqual({ attempts: 1, channels: 1 });
    expect(attemptsMade({ ...again, cycleStartedAt: null })).toEqual({ attempts: 2, channels: 1 });
  });
});
