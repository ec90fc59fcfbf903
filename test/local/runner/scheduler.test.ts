import fc from 'fast-check';
import { InFlight } from '../../../local/clock/in-flight.ts';
import { Reconciliation } from '../../../local/clock/reconciliation.ts';
import { Scheduler } from '../../../local/clock/scheduler.ts';
import { TimerHeap } from '../../../local/clock/timer-heap.ts';
import { VirtualClock } from '../../../local/clock/virtual-clock.ts';
import { DAY, MINUTE, START } from './fixtures/bench.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function setUp(fire?: (key: string) => Promise<void>, speed = 1) {
  const fired: [string, number][] = [];
  const clock = new VirtualClock(START, speed);
  const scheduler = new Scheduler(
    clock,
    async (key) => {
      fired.push([key, clock.now() - START]);
      await fire?.(key);
    },
    64,
  );
  return { scheduler, fired, clock };
}

describe('the heap of timers', () => {
  it('gives timers by instant, then by name', () => {
    const timers = fc.array(fc.record({ at: fc.nat(20), key: fc.string() }), { maxLength: 200 });
    fc.assert(
      fc.property(timers, (all) => {
        const heap = new TimerHeap();
        for (const timer of all) heap.push(timer);
        const out = all.map(() => heap.popDue(Infinity)!);
        const sorted = [...all].sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
        expect(out.map((timer) => [timer.at, timer.key])).toEqual(
          sorted.map((timer) => [timer.at, timer.key]),
        );
        expect(heap.size).toBe(0);
      }),
    );
  });

  it('gives nothing that is not due', () => {
    const heap = new TimerHeap();
    heap.push({ at: 5, key: 'a' });
    expect(heap.popDue(4)).toBeUndefined();
    expect(heap.popDue(5)).toEqual({ at: 5, key: 'a' });
  });
});

describe('advancing the clock', () => {
  it('fires everything due by then, in order, each at its own instant', async () => {
    const { scheduler, fired, clock } = setUp();
    scheduler.add('c', START + 20 * DAY);
    scheduler.add('b', START + 2 * MINUTE);
    scheduler.add('a', START + 2 * MINUTE);
    scheduler.add('later', START + 31 * DAY);
    await scheduler.advance((now) => now + 30 * DAY);
    scheduler.stop();
    expect(fired).toEqual([
      ['a', 2 * MINUTE],
      ['b', 2 * MINUTE],
      ['c', 20 * DAY],
    ]);
    expect(clock.now()).toBeGreaterThanOrEqual(START + 30 * DAY);
    expect(scheduler.waiting).toBe(1);
  });

  it('handles what a timer has set off before it goes on', async () => {
    const done: string[] = [];
    const { scheduler, fired } = setUp((key) => {
      if (key !== 'first') return Promise.resolve();
      scheduler.inFlight.run(async () => {
        await pause(20);
        done.push(`at ${fired.length}`);
        scheduler.add('between', START + 2 * MINUTE);
      });
      return Promise.resolve();
    });
    scheduler.add('first', START + MINUTE);
    scheduler.add('last', START + 3 * MINUTE);
    await scheduler.advance((now) => now + 10 * MINUTE);
    scheduler.stop();
    expect(done).toEqual(['at 1']);
    expect(fired.map(([key]) => key)).toEqual(['first', 'between', 'last']);
  });

  it('does one advance after the other', async () => {
    const { scheduler, clock } = setUp(() => pause(5).then(() => undefined));
    scheduler.add('x', START + MINUTE);
    await Promise.all([
      scheduler.advance((now) => now + 5 * MINUTE),
      scheduler.advance((now) => now + 5 * MINUTE),
    ]);
    expect(clock.now()).toBeGreaterThanOrEqual(START + 10 * MINUTE);
  });
});

describe('real time', () => {
  it('fires at the instant on a clock that runs fast', async () => {
    const { scheduler, fired } = setUp(undefined, 600);
    scheduler.start();
    scheduler.add('x', START + MINUTE);
    await pause(250);
    scheduler.stop();
    expect(fired).toHaveLength(1);
    expect(fired[0]?.[1]).toBeGreaterThanOrEqual(MINUTE);
  });

  it('does not fire a wait of more than 24.8 days at once', async () => {
    const { scheduler, fired } = setUp();
    scheduler.start();
    scheduler.add('far', START + 40 * DAY);
    await pause(50);
    scheduler.stop();
    expect(fired).toEqual([]);
  });
});

describe('work in flight', () => {
  it('runs a limited number at a time, in order', async () => {
    const inFlight = new InFlight(2);
    const started: number[] = [];
    let most = 0;
    let now = 0;
    for (let n = 0; n < 6; n += 1) {
      inFlight.run(async () => {
        started.push(n);
        now += 1;
        most = Math.max(most, now);
        await pause(2);
        now -= 1;
      });
    }
    await inFlight.settled();
    expect(started).toEqual([0, 1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });
});

describe('the reconciler while the clock is advanced', () => {
  const iso = (at: number) => new Date(at).toISOString();

  function withReconciler(next: () => string | null, reconcile: (now: number) => void) {
    const clock = new VirtualClock(START, 1);
    const recurring = new Reconciliation({
      clock,
      nextAttention: () => Promise.resolve(next()),
      reconcile: () => {
        reconcile(clock.now());
        return Promise.resolve();
      },
      onError: (error) => {
        throw error;
      },
    });
    return new Scheduler(clock, () => Promise.resolve(), 1, recurring);
  }

  it('runs at the first whole minute at which it finds something, and only then', async () => {
    const ran: number[] = [];
    let attention: string | null = iso(START + 3 * DAY + 10_000);
    const scheduler = withReconciler(
      () => attention,
      (now) => {
        ran.push(now - START);
        attention = null;
      },
    );
    await scheduler.advance((now) => now + 14 * DAY);
    scheduler.stop();
    expect(ran).toEqual([3 * DAY + MINUTE]);
  });

  it('tries again ever more seldom where it gets nowhere', async () => {
    const ran: number[] = [];
    const scheduler = withReconciler(
      () => iso(START),
      (now) => ran.push(now),
    );
    await scheduler.advance((now) => now + DAY);
    scheduler.stop();
    expect(ran.length).toBeGreaterThan(10);
    expect(ran.length).toBeLessThan(40);
    expect(ran.every((at) => at % MINUTE === 0)).toBe(true);
  });
});

describe('what recurs', () => {
  it('stands in line once, however often the clock wakes before its turn', async () => {
    let runs = 0;
    let release = (): void => undefined;
    const busy = new Promise<void>((resolve) => (release = resolve));
    const recurring = {
      dueInRealTime: () => (runs === 0 ? START : Infinity),
      dueInAdvance: () => Promise.resolve(null),
      run: () => Promise.resolve(void (runs += 1)),
    };
    const scheduler = new Scheduler(new VirtualClock(START, 1), () => busy, 1, recurring);
    scheduler.add('holds the only place', START);
    scheduler.start();
    for (let i = 0; i < 5; i += 1) {
      await pause(5);
      scheduler.add(`wakes the clock ${i}`, START);
    }
    release();
    await scheduler.inFlight.settled();
    scheduler.stop();
    expect(runs).toBe(1);
  });
});
