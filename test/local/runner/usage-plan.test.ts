import fc from 'fast-check';
import { UsagePlan } from '../../../local/gateway/usage-plan.ts';
import type { UsageLimits } from '../../../local/gateway/usage-plan.ts';

const START = Date.parse('2026-11-20T23:59:00Z');

function planned(limits: UsageLimits): { take: () => string; pass: (ms: number, realMs?: number) => void } {
  let [now, real] = [START, 0];
  const plan = new UsagePlan(limits, { now: () => now }, () => real);
  return {
    take: () => plan.take() ?? 'taken',
    pass: (ms, realMs = ms) => {
      now += ms;
      real += realMs;
    },
  };
}

it('takes everything without limits', () => {
  const { take } = planned({});
  expect(new Set(Array.from({ length: 10_000 }, take))).toEqual(new Set(['taken']));
});

it('takes what a second may bring at once, and then as fast as the rate', () => {
  const { take, pass } = planned({ requestsPerSecond: 2 });
  expect([take(), take(), take()]).toEqual(['taken', 'taken', 'THROTTLED']);
  pass(500);
  expect([take(), take()]).toEqual(['taken', 'THROTTLED']);
  pass(60_000);
  expect([take(), take(), take()]).toEqual(['taken', 'taken', 'THROTTLED']);
});

it('takes so many in a day of UTC, whatever the rate, and a refused request is not one of them', () => {
  const { take, pass } = planned({ requestsPerSecond: 1, requestsPerDay: 2 });
  expect([take(), take()]).toEqual(['taken', 'THROTTLED']);
  pass(1000);
  expect(take()).toBe('taken');
  pass(1000);
  expect(take()).toBe('QUOTA_EXCEEDED');
  pass(60_000);
  expect(take()).toBe('taken');
});

it('goes by the clock of the runner for the day and by real time for the second', () => {
  const { take, pass } = planned({ requestsPerSecond: 1, requestsPerDay: 1 });
  expect(take()).toBe('taken');
  pass(60_000, 0);
  expect(take()).toBe('THROTTLED');
  pass(0, 1000);
  expect(take()).toBe('taken');
});

it('never takes more than the rate and one second’s worth in any stretch of time', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), pauses, (rate, waits) => {
      const { take, pass } = planned({ requestsPerSecond: rate });
      let [taken, elapsed] = [0, 0];
      for (const wait of waits) {
        pass(wait);
        elapsed += wait;
        if (take() === 'taken') taken += 1;
        expect(taken).toBeLessThanOrEqual(rate + (elapsed / 1000) * rate + 1e-6);
      }
    }),
  );
});
