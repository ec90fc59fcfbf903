import fc from 'fast-check';
import type { World } from '../../../core/ladder/tell.ts';
import { isRefused } from '../../../core/lifecycle/commands/command.ts';
import { bookMeeting } from '../../../core/pipeline/meetings.ts';
import { updateMeeting } from '../../../core/pipeline/meeting-update.ts';
import { updateOpportunity } from '../../../core/pipeline/update.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { stageOf } from '../../../core/model/pipeline.ts';
import { iso } from '../../../core/time.ts';
import { checked, dealOf, dealWorld, opened, runTo } from './deals.ts';

const DAY_MS = 86_400_000;
let world: World;
let lead: Lead;
beforeAll(async () => {
  world = await dealWorld();
  lead = opened(world);
});

const date = fc.integer({ min: -2, max: 120 }).map((days) => ({ days }));
const step = fc.oneof(
  fc.record({ stage: fc.integer({ min: 0, max: 6 }) }),
  fc.record({ amount: fc.constantFrom(0, 100, 120, 131, 250) }),
  fc.record({ closesIn: date }),
  fc.record({ nextIn: date, what: fc.constantFrom('follow up', 'Pilot review', 'Call their CFO') }),
  fc.record({ act: fc.constantFrom('proposalSentAt', 'checkedInAt', 'mutualPlanAgreedAt', 'followedUpAt') }),
  fc.record({ meetIn: date, kind: fc.constantFrom('discovery', 'economic_buyer', 'other') }),
  fc.record({ state: fc.constantFrom('held', 'no_show', 'cancelled'), n: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ moveIn: date, n: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ lost: fc.constantFrom('budget', 'no reason') }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const by = 'alice';
const plus = (now: number, { days }: { days: number }) => now + days * DAY_MS;
const civil = (now: number, days: { days: number }) => iso(plus(now, days)).slice(0, 10);

function asked(at: World, of: Lead, one: Step) {
  const { now } = at;
  if ('stage' in one || 'amount' in one) return updateOpportunity(at, of, { by, ...one });
  if ('closesIn' in one) return updateOpportunity(at, of, { by, closeDate: civil(now, one.closesIn) });
  if ('nextIn' in one) {
    return updateOpportunity(at, of, { by, nextStep: { what: one.what, due: civil(now, one.nextIn) } });
  }
  if ('act' in one) return updateOpportunity(at, of, { by, [one.act]: iso(now) });
  if ('meetIn' in one) {
    return bookMeeting(at, of, { by, kind: one.kind, startsAt: plus(now, one.meetIn) });
  }
  if ('state' in one) {
    return updateMeeting(at, of, { by, meetingId: `lead-1-1-m${one.n}`, state: one.state });
  }
  if ('moveIn' in one) {
    return updateMeeting(at, of, { by, meetingId: `lead-1-1-m${one.n}`, startsAt: plus(now, one.moveIn) });
  }
  const closed = { outcome: 'lost' as const, reason: one.lost, detail: 'The project was cut.' };
  return updateOpportunity(at, of, { by, closed });
}

test('whatever is asked for: it is refused or taken whole, once, and an open deal is always watched', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(step, fc.integer({ min: 0, max: 9 * DAY_MS })), { maxLength: 14 }),
      (steps) => {
        let current = lead;
        let at = world;
        for (const [one, later] of steps) {
          at = { ...at, now: at.now + later };
          current = runTo(world, current, iso(at.now)).lead;
          const before = current;
          const outcome = asked(at, before, one);
          if (isRefused(outcome)) {
            expect(outcome.detail).not.toBe('');
            continue;
          }
          current = checked(outcome).lead;
          const ids = outcome.effects.map(({ id }) => id);
          expect(new Set(ids).size).toBe(ids.length);
          const again = asked(at, current, one);
          // A no-show that was moved since cannot be missed again before its new time.
          if (!isRefused(again)) expect(again).toEqual({ lead: current, effects: [] });
          watched(current);
        }
      },
    ),
    { numRuns: 60 },
  );
});

/** Its silence, its next step and the age of its stage, each by one open clock; nothing once it is closed. */
function watched(of: Lead): void {
  const open = of.clocks.filter(isOpen).map(({ commitment }) => commitment);
  if (of.life.closedAt !== null) {
    expect(open).toEqual([]);
    return;
  }
  const age = `opportunity.stage_${stageOf(dealOf(of))}_age`;
  for (const name of ['opportunity.no_activity', 'opportunity.no_next_step', age]) {
    expect(open.filter((one) => one === name)).toHaveLength(1);
  }
  for (const { meetingId, state } of of.life.meetings) {
    const its = of.clocks.filter((clock) => isOpen(clock) && clock.about === meetingId);
    const outcome = its.filter(({ commitment }) => commitment === 'meeting.outcome');
    expect(outcome).toHaveLength(state === 'booked' ? 1 : 0);
    expect(new Set(its.map(({ commitment }) => commitment)).size).toBe(its.length);
  }
}
