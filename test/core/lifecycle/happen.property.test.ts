import fc from 'fast-check';
import type { World } from '../../../core/ladder/tell.ts';
import { happen } from '../../../core/lifecycle/happen.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs } from '../../../core/time.ts';
import { ownRow, withRows } from '../../support/rows.ts';
import { demoRequest, owned, worldAt } from '../../support/world.ts';

const NINE = '2026-11-17T09:00:00-05:00';
const FACTS = ['a', 'b', 'c', 'd'] as const;
let world: World;
let lead: Lead;
beforeAll(async () => {
  const rows = [
    ownRow({ id: 'own.ab', start: 'a', stop: ['b'] }),
    ownRow({ id: 'own.ba', start: 'b', stop: ['a', 'c'] }),
    ownRow({ id: 'own.cc', start: 'c', stop: ['c'] }),
    ownRow({ id: 'own.ad', start: 'a', stop: ['c', 'd'], machine: 'commitment-clock', target: 'at_once' }),
  ];
  world = withRows(await worldAt(NINE), ...rows);
  lead = owned(world, demoRequest(NINE), 'sam');
});

/** Facts of one act, so many seconds after the act before; none means the same instant. */
const acts = fc.array(
  fc.record({
    facts: fc
      .subarray([...FACTS], { minLength: 1 })
      .chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
    wait: fc.constantFrom(0, 1, 60, 7200),
    /** Told so much later than it was. */
    late: fc.constantFrom(0, 0, 30, 3600),
  }),
  { maxLength: 12 },
);
type Act = { facts: string[]; wait: number; late: number };

function play(list: readonly Act[], times: number): Lead {
  let now = epochMs(NINE);
  return list.reduce((current, { facts, wait, late }) => {
    now += wait * 1000;
    const at = Math.max(epochMs(NINE), now - late * 1000);
    const act = (from: Lead): Lead => happen({ ...world, now }, from, facts, at).lead;
    return Array.from({ length: times }).reduce<Lead>(act, current);
  }, lead);
}

test('facts in any order never leave two open clocks of one commitment', () => {
  fc.assert(
    fc.property(acts, (list) => {
      const open = play(list, 1)
        .clocks.filter(isOpen)
        .map(({ commitment }) => commitment);
      expect(new Set(open).size).toBe(open.length);
    }),
  );
});

test('the same facts at the same instant twice are the facts once', () => {
  fc.assert(
    fc.property(acts, (list) => {
      expect(play(list, 2)).toEqual(play(list, 1));
    }),
  );
});

test('a repetition leaves the very same lead and owes nothing', () => {
  fc.assert(
    fc.property(acts, fc.shuffledSubarray([...FACTS], { minLength: 1 }), (list, facts) => {
      const now = { ...world, now: epochMs(NINE) + 86_400_000 };
      const once = happen(now, play(list, 1), facts).lead;
      const again = happen(now, once, facts);
      expect(again.lead).toBe(once);
      expect(again.effects).toEqual([]);
    }),
  );
});

test('a clock that a fact has met is opened again by it only where the row begins anew with what stops it', () => {
  fc.assert(
    fc.property(acts, fc.constantFrom(...FACTS), (list, fact) => {
      const before = play(list, 1);
      const after = happen({ ...world, now: epochMs(NINE) + 86_400_000 }, before, [fact]).lead;
      const met = before.clocks.filter((clock, i) => isOpen(clock) && !isOpen(after.clocks[i]!));
      const opened = after.clocks.slice(before.clocks.length).map(({ commitment }) => commitment);
      const again = opened.filter((commitment) => met.some((clock) => clock.commitment === commitment));
      expect(again.filter((commitment) => commitment !== 'own.cc')).toEqual([]);
      const running = after.clocks.filter((clock) => clock.commitment === 'own.cc' && isOpen(clock));
      if (fact === 'c') expect(running).toHaveLength(1);
    }),
  );
});

test('no clock is met by what was before its start', () => {
  fc.assert(
    fc.property(acts, (list) => {
      for (const { startedAt, metAt } of play(list, 1).clocks)
        if (metAt !== null) expect(metAt >= startedAt).toBe(true);
    }),
  );
});
