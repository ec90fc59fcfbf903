import fc from 'fast-check';
import { scoreIntent, signalTypes } from '../../../../core/qualification/gate/intent.ts';
import type { IntentPolicy } from '../../../../core/qualification/gate/intent.ts';
import type { InquirySignal } from '../../../../core/qualification/gate/types.ts';
import { iso } from '../../../../core/time.ts';
import { defaultPolicy } from '../facts.ts';
import { DAY_MS, START, day } from './signals.ts';

const HOUR_MS = DAY_MS / 24;
const LAST = 100;
let policies: IntentPolicy[];
let types: string[];

beforeAll(async () => {
  const policy = await defaultPolicy();
  types = signalTypes(policy);
  const summed = structuredClone(policy);
  summed.scoring.inactivity = 'sum';
  const always = structuredClone(policy);
  for (const act of always.scoring.acts) delete act.again;
  policies = [policy, summed, always];
});

/** Few sessions and few instants, so that signals meet in windows and at their ends. */
const oneOf = (some: string[]) =>
  fc.record({
    type: fc.constantFrom(...some),
    at: fc.oneof(
      fc.integer({ min: 0, max: LAST }).map((days) => iso(day(days))),
      fc.integer({ min: 0, max: 24 * 16 }).map((hours) => iso(START + hours * HOUR_MS)),
    ),
    session: fc.constantFrom(undefined, 'a', 'b', 'c'),
  });
const named = (signals: Omit<InquirySignal, 'id'>[]): InquirySignal[] =>
  signals.map((signal, i) => ({ id: `s${i}`, ...signal }));
/** A policy and signals of one of: all types, clusters of a few types that rules look at. */
const given = () => {
  const pages = ['visit', 'pricing_page', 'product_page', 'other_page', 'blog_visit'];
  const mails = ['content_download', 'email_open', 'email_click', 'email_clicks'];
  const lists = [types, pages, mails].map((some) => fc.array(oneOf(some), { maxLength: 30 }));
  return fc.tuple(fc.constantFrom(...policies), fc.oneof(...lists).map(named));
};
const now = fc.integer({ min: 0, max: 24 * 200 }).map((hours) => START + hours * HOUR_MS);

test('adding a positive signal never lowers the score nor takes a proof away', () => {
  const positive = types.filter((type) => type !== 'unsubscribe');
  fc.assert(
    fc.property(given(), oneOf(positive), now, ([policy, signals], more, at) => {
      const before = scoreIntent(policy, signals, at);
      const after = scoreIntent(policy, [...signals, { id: 'more', ...more }], at);
      expect(after.total).toBeGreaterThanOrEqual(before.total);
      expect(after.acts.tier1.length).toBeGreaterThanOrEqual(before.acts.tier1.length);
      expect(after.acts.tier2.length).toBeGreaterThanOrEqual(before.acts.tier2.length);
    }),
    { numRuns: 1000 },
  );
});

test('a score never rises by waiting', () => {
  fc.assert(
    fc.property(given(), now, now, ([policy, signals], first, second) => {
      const [sooner, later] = [
        day(LAST) + Math.min(first, second) - START,
        day(LAST) + Math.max(first, second) - START,
      ];
      expect(scoreIntent(policy, signals, later).total).toBeLessThanOrEqual(
        scoreIntent(policy, signals, sooner).total,
      );
    }),
  );
});

test('the order of arrival does not matter, and neither do repetitions', () => {
  const shuffled = given().chain(([policy, signals]) => {
    const all = [...signals, ...signals.filter((_, i) => i % 3 === 0)];
    return fc.tuple(
      fc.constant(policy),
      fc.constant(signals),
      fc.shuffledSubarray(all, { minLength: all.length }),
    );
  });
  fc.assert(
    fc.property(shuffled, now, ([policy, signals, arrived], at) => {
      expect(scoreIntent(policy, arrived, at)).toEqual(scoreIntent(policy, signals, at));
    }),
  );
});

test('under one id, whichever of two signals comes first is of no account', () => {
  fc.assert(
    fc.property(given(), now, ([policy, signals], at) => {
      const same = signals.map((signal, i) => ({ ...signal, id: `s${i % 5}` }));
      expect(scoreIntent(policy, same.toReversed(), at)).toEqual(scoreIntent(policy, same, at));
    }),
  );
});

test('evaluating twice is evaluating once, and changes nothing that was given', () => {
  fc.assert(
    fc.property(given(), now, ([policy, signals], at) => {
      const { scoring, mqlGate, sources, signalRules, signals: rows } = policy;
      const read = { scoring, mqlGate, sources, signalRules, signals: rows };
      const copies = structuredClone({ policy: read, signals });
      const once = scoreIntent(policy, signals, at);
      expect(scoreIntent(policy, signals, at)).toEqual(once);
      expect({ policy: read, signals }).toEqual(copies);
      expect(scoreIntent(copies.policy, copies.signals, at)).toEqual(once);
    }),
  );
});

test('signals after now change nothing', () => {
  fc.assert(
    fc.property(given(), now, ([policy, signals], at) => {
      const known = signals.filter((signal) => Date.parse(signal.at) <= at);
      expect(scoreIntent(policy, signals, at)).toEqual(scoreIntent(policy, known, at));
    }),
  );
});

test('the total is the sum of the contributions, none of which is later than now', () => {
  fc.assert(
    fc.property(given(), now, ([policy, signals], at) => {
      const { total, contributions } = scoreIntent(policy, signals, at);
      expect(contributions.reduce((sum, { points }) => sum + points, 0)).toBe(total);
      expect(contributions.filter((one) => (one.at ?? '') > iso(at))).toEqual([]);
    }),
  );
});

/** The most windows of seven days with three clicks each that do not overlap, by trying every choice. */
function most(clicks: readonly number[]): number {
  const [first, ...rest] = clicks;
  if (first === undefined) return 0;
  const within = clicks.filter((at) => at < first + 7 * DAY_MS);
  const later = clicks.filter((at) => at >= first + 7 * DAY_MS);
  return Math.max(most(rest), within.length >= 3 ? 1 + most(later) : 0);
}

test('three clicks in seven days count as often as such weeks fit in without overlapping', () => {
  const hours = fc.array(fc.integer({ min: 0, max: 24 * 35 }), { maxLength: 12 });
  fc.assert(
    fc.property(hours, (list) => {
      const clicks = list.map((hour) => START + hour * HOUR_MS).sort((a, b) => a - b);
      const signals = clicks.map((at, i) => ({ id: `s${i}`, type: 'email_click', at: iso(at) }));
      const { total } = scoreIntent(policies[0]!, signals, day(36));
      const decayed = clicks.length > 0 && day(36) >= clicks.at(-1)! + 30 * DAY_MS;
      const gained = most(clicks) * 15;
      expect(total).toBe(gained - (decayed ? Math.min(10, gained) : 0));
    }),
    { numRuns: 500 },
  );
});
