import fc from 'fast-check';
import { HIGHEST_SEED, sampleOf } from '../../../core/reporting/sample.ts';

const leads = (count: number) => Array.from({ length: count }, (_, i) => ({ leadId: `lead-${i}` }));
const seeds = fc.integer({ min: 0, max: HIGHEST_SEED });

test('a sample has as many as asked for, each one of the leads and each once', () => {
  fc.assert(
    fc.property(fc.nat(80), fc.nat(80), seeds, (count, size, seed) => {
      const all = leads(count);
      const drawn = sampleOf(all, size, seed);
      expect(drawn).toHaveLength(Math.min(count, size));
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(drawn.every((lead) => all.includes(lead))).toBe(true);
    }),
  );
});

test('the same seed draws the same leads in the same order, in whatever order and how often they come', () => {
  const all = leads(60);
  fc.assert(
    fc.property(seeds, fc.shuffledSubarray(all, { minLength: 60 }), (seed, shuffled) => {
      expect(sampleOf([...shuffled, ...shuffled.slice(0, 7)], 20, seed)).toEqual(sampleOf(all, 20, seed));
    }),
  );
});

test('a seed draws the same in every version: sheets that were handed out can be drawn again', () => {
  expect(sampleOf(leads(10), 4, 42).map(({ leadId }) => leadId)).toMatchInlineSnapshot(`
   [
     "lead-5",
     "lead-3",
     "lead-9",
     "lead-6",
   ]
  `);
});

test('other seeds draw others, and every lead has the same chance', () => {
  const times = new Map<string, number>();
  const draws = 4000;
  for (let seed = 0; seed < draws; seed += 1) {
    for (const { leadId } of sampleOf(leads(10), 3, seed)) times.set(leadId, (times.get(leadId) ?? 0) + 1);
  }
  const expected = (draws * 3) / 10;
  // Five standard deviations of a count of 4,000 draws with a chance of 3 in 10.
  const tolerance = 5 * Math.sqrt(draws * 0.3 * 0.7);
  expect(times.size).toBe(10);
  for (const count of times.values()) expect(Math.abs(count - expected)).toBeLessThan(tolerance);
});

test.each([-1, 1.5, Number.NaN, HIGHEST_SEED + 1])('%p is no seed', (seed) => {
  expect(() => sampleOf(leads(3), 1, seed)).toThrow(RangeError);
});
