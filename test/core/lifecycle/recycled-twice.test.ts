/** A lead that is recycled and comes back, twice: three cycles of one lead, each with its own owner, clocks and window. */
import fc from 'fast-check';
import { assign } from '../../../core/ladder/assign.ts';
import type { Decision } from '../../../core/ladder/facts.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import { accept } from '../../../core/lifecycle/commands/accept.ts';
import { dispose } from '../../../core/lifecycle/commands/dispose.ts';
import type { Disposal } from '../../../core/lifecycle/commands/dispose.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { iso } from '../../../core/time.ts';
import { assigned, done, enforcing, minutesLater, open, saved, vp } from './commands/fixture.ts';
import { acted, keep, looked, NOTHING_KEPT } from './recycling.ts';
import type { Kept } from './recycling.ts';

const LATER = { disposition: 'disqualified', reason: 'timeline_12_months', detail: 'Budget in 2028' };
const SILENT = { disposition: 'unable_to_reach', signedBy: 'mona' };
const OWNERS = ['sam', 'kim', 'jo'];

let start: World;
beforeAll(async () => {
  const world = await enforcing();
  const commitments = world.policy.commitments.map((row) => ({ ...row, enforced: true }));
  start = { ...world, policy: { ...world.policy, commitments } };
});

interface Life {
  world: World;
  lead: Lead;
  kept: Kept;
}

const days = (world: World, n: number): World => ({ ...world, now: world.now + Math.round(n * 86_400_000) });

function worked({ world, lead, kept }: Life, personId: string): Life {
  const given =
    lead.owner === null
      ? saved(assign(world, lead, { personId, reason: 'Next.', via: 'round_robin' }))
      : lead;
  const call = takeAttempt(minutesLater(world, 2), given, {
    ...{ activityId: `call-${lead.cycle}`, type: 'call', outcome: 'connected', personId },
    ...{ occurredAt: world.now + 120_000, recordedBy: { kind: 'system', name: 'dialler' } },
  });
  const at = minutesLater(world, 5);
  return { world: at, lead: saved(done(accept(at, saved(call), { by: personId }))), kept };
}

function left({ world, lead, kept }: Life, how: Omit<Disposal, 'by'>, afterDays = 1): Life {
  const at = days(world, afterDays);
  const gone: Decision = done(dispose(at, lead, { by: lead.owner!.personId, ...how }));
  return { world: at, lead: saved(gone), kept: keep(at, kept, gone.effects) };
}

/** A demo request so many days later, and what the gate makes of it. */
function asksAgain({ world, lead, kept }: Life, afterDays: number): Life {
  const at = days(world, afterDays);
  const more = acted(at, kept, 'demo_request');
  return { world: at, lead: saved(looked(at, lead, more)), kept: more };
}

const begun = (): Life => ({
  world: minutesLater(start, 1),
  lead: assigned(start, vp()),
  kept: NOTHING_KEPT,
});
const cyclesOf = (lead: Lead): number[] => [...new Set(lead.clocks.filter(isOpen).map(({ cycle }) => cycle))];
const windows = ({ kept }: Life): string[] =>
  kept.suppressions.map(({ scenario, from }) => `${scenario} from ${from.slice(0, 10)}`);

describe('recycled, back, recycled, back', () => {
  test('each cycle has an owner of its own, and the clocks of those before it are closed', () => {
    const first = left(worked(begun(), 'sam'), LATER);
    expect(open(first.lead)).toEqual(['recycle.check_in']);
    const second = asksAgain(first, 190);
    expect(second.lead).toMatchObject({ cycle: 2, owner: null, attempts: 0, status: 'unassigned' });
    expect(cyclesOf(second.lead)).toEqual([2]);
    const gone = left(worked(second, 'kim'), SILENT);
    expect([gone.lead.status, open(gone.lead)]).toEqual(['recycled', []]);
    const third = worked(asksAgain(gone, 91), 'jo');
    expect(third.lead).toMatchObject({
      cycle: 3,
      status: 'sal',
      owner: { personId: 'jo', n: 3 },
      attempts: 1,
    });
    expect(third.lead.previousOwners.map(({ personId }) => personId)).toEqual(['sam', 'kim']);
    expect(cyclesOf(third.lead)).toEqual([3]);
    expect(third.lead.judged.map(({ activityId }) => activityId)).toEqual(['call-1', 'call-2', 'call-3']);
    const owing = third.lead.clocks.filter((one) => isOpen(one) && one.owes !== null);
    expect(new Set(owing.map(({ owes }) => owes))).toEqual(new Set(['jo']));
  });

  test('the window of each counts from its own disposition, and a check-in belongs to the cycle that agreed on it', () => {
    const first = left(worked(begun(), 'sam'), SILENT);
    expect(asksAgain(first, 89).lead.cycle).toBe(1);
    const second = asksAgain(first, 91);
    const gone = left(worked(second, 'kim'), SILENT);
    expect(windows(gone)).toEqual([`cadence_exhausted from ${iso(gone.world.now).slice(0, 10)}`]);
    expect(asksAgain(gone, 89).lead.cycle).toBe(2);
    const third = left(worked(asksAgain(gone, 91), 'jo'), LATER);
    expect(windows(third).map((one) => one.split(' ')[0])).toEqual(['cadence_exhausted', 'not_ready']);
    const checkIns = third.lead.clocks.filter(({ commitment }) => commitment === 'recycle.check_in');
    expect(checkIns.map(({ cycle, owes, clockId }) => [cycle, owes, clockId])).toEqual([
      [3, 'jo', 'recycle.check_in-1'],
    ]);
    const fourth = left(worked(asksAgain(third, 190), 'sam'), LATER);
    const again = fourth.lead.clocks.filter(({ commitment }) => commitment === 'recycle.check_in');
    expect(again.map((clock) => [clock.clockId, isOpen(clock), clock.cycle])).toEqual([
      ['recycle.check_in-1', false, 3],
      ['recycle.check_in-2', true, 4],
    ]);
  });
});

test('whenever it comes back and however it leaves: only the present cycle has open clocks, and somebody owes each', () => {
  const step = fc.record({
    how: fc.constantFrom(LATER, SILENT),
    leaves: fc.integer({ min: 1, max: 20 }),
    asks: fc.integer({ min: 1, max: 400 }),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 4 }), (steps) => {
      let life = begun();
      steps.forEach(({ how, leaves, asks }, i) => {
        if (life.lead.status === 'recycled') return;
        life = left(worked(life, OWNERS[i % 3]!), how, leaves);
        expect(open(life.lead)).toEqual(how === LATER ? ['recycle.check_in'] : []);
        const before = life.lead.cycle;
        const until = life.kept.suppressions
          .map((one) => one.until ?? '')
          .sort()
          .at(-1)!;
        life = asksAgain(life, asks);
        expect(life.lead.cycle).toBe(iso(life.world.now) < until ? before : before + 1);
        expect(cyclesOf(life.lead).every((cycle) => cycle === life.lead.cycle)).toBe(true);
      });
    }),
    { numRuns: 100 },
  );
});
