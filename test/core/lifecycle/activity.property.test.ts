import fc from 'fast-check';
import { responseClock } from '../../../core/ladder/assign.ts';
import { calendarOf, elapsed } from '../../../core/calendar/index.ts';
import { pauseLead, resumeLead } from '../../../core/ladder/pause.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs, storedMs } from '../../../core/time.ts';
import { demoRequest, owned, worldAt } from '../../support/world.ts';

const NINE = '2026-11-17T09:00:00-05:00';
let world: World;
let lead: Lead;
beforeAll(async () => {
  world = await worldAt(NINE);
  lead = owned(world, demoRequest(NINE), 'sam');
});

const recordedBy = { kind: 'system' as const, name: 'dialler' };

test('attempts stamped by systems give the same verdict in whatever order they arrive', () => {
  const seconds = fc.uniqueArray(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(
      seconds.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      ([inOrder, shuffled]) => {
        const arrive = (order: number[]): Lead =>
          order.reduce<Lead>((current, second, n) => {
            const occurredAt = epochMs(NINE) + second * 1000;
            const activity = {
              activityId: `a${second}`,
              type: 'call' as const,
              outcome: 'voicemail' as const,
              occurredAt,
              recordedBy,
              personId: null,
            };
            return takeAttempt({ ...world, now: epochMs(NINE) + (1000 + n) * 1000 }, current, activity).lead;
          }, lead);
        const sorted = responseClock(arrive([...inOrder].sort((a, b) => a - b)));
        const any = responseClock(arrive(shuffled));
        expect(any?.metAt).toBe(sorted?.metAt);
        expect(any?.status).toBe(sorted?.status);
        expect(any?.status).toBe(Math.min(...inOrder) <= 300 ? 'met' : 'missed');
      },
    ),
  );
});

test('a pause moves the deadline by exactly the business time that it took', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 299 }),
      fc.integer({ min: 1, max: 5 * 86_400 }),
      (after, length) => {
        const from = epochMs(NINE) + after * 1000;
        const to = from + length * 1000;
        const ask = { reason: 'force_majeure', by: 'api' };
        const paused = pauseLead(lead, { ...ask, now: from, until: null }).lead;
        const clock = responseClock(resumeLead(world.policy, paused, { ...ask, now: to }).lead)!;
        const calendar = calendarOf(world.policy, clock.calendar);
        const due = storedMs(clock.dueAt);
        expect(elapsed(calendar, to, due)).toBe((300 - after) * 1000);
        expect(due).toBeGreaterThanOrEqual(to);
      },
    ),
  );
});
