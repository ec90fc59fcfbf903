import fc from 'fast-check';
import { agreementOf, compareRatings, strengthOf } from '../../../core/reporting/agreement.ts';
import type { Pair } from '../../../core/reporting/agreement.ts';

/** Pairs of a table of counts: rows are the answers of the first rater, columns those of the second. */
function pairsOf(counts: readonly (readonly number[])[]): Pair[] {
  return counts.flatMap((row, i) =>
    row.flatMap((count, j) => Array.from({ length: count }, (): Pair => [`answer ${i}`, `answer ${j}`])),
  );
}

describe('kappa of published tables', () => {
  test.each([
    // J. Cohen (1960), his table of two judges and three categories: p_o .70, p_e .41, kappa .492.
    {
      of: 'Cohen 1960',
      counts: [
        [88, 14, 18],
        [10, 40, 10],
        [2, 6, 12],
      ],
      share: 0.7,
      kappa: 0.29 / 0.59,
    },
    // The grant proposals that most introductions to kappa reckon: p_o .70, p_e .50.
    {
      of: 'fifty proposals',
      counts: [
        [20, 5],
        [10, 15],
      ],
      share: 0.7,
      kappa: 0.4,
    },
    // The same agreement, other frequencies: .1304 and .2593.
    {
      of: 'unequal marginals',
      counts: [
        [45, 15],
        [25, 15],
      ],
      share: 0.6,
      kappa: 0.06 / 0.46,
    },
    {
      of: 'unequal raters',
      counts: [
        [25, 35],
        [5, 35],
      ],
      share: 0.6,
      kappa: 0.14 / 0.54,
    },
    {
      of: 'exactly by chance',
      counts: [
        [25, 25],
        [25, 25],
      ],
      share: 0.5,
      kappa: 0,
    },
    {
      of: 'never',
      counts: [
        [0, 10],
        [10, 0],
      ],
      share: 0,
      kappa: -1,
    },
    {
      of: 'one rater with one answer',
      counts: [
        [30, 20],
        [0, 0],
      ],
      share: 0.6,
      kappa: 0,
    },
  ])('$of', ({ counts, share, kappa }) => {
    const found = agreementOf(pairsOf(counts));
    expect(found.share).toBeCloseTo(share, 12);
    expect(found.kappa).toBeCloseTo(kappa, 12);
  });
});

describe('kappa where it is not defined', () => {
  test('both gave the same answer throughout: full agreement, and no kappa', () => {
    expect(agreementOf(pairsOf([[50]]))).toEqual({
      rated: 50,
      agreed: 50,
      share: 1,
      kappa: null,
      inWords: 'not defined: both gave the same answer throughout, which chance would have given, too',
    });
  });

  test('nothing was rated', () => {
    const inWords = 'not defined: nothing was rated by both';
    expect(agreementOf([])).toEqual({ rated: 0, agreed: 0, share: null, kappa: null, inWords });
  });
});

describe('kappa of any ratings', () => {
  const answer = fc.constantFrom('yes', 'no', 'perhaps');
  const ratings = fc.array(fc.tuple(answer, answer), { minLength: 1, maxLength: 60 });

  test('is the same for the raters in the other order', () => {
    fc.assert(
      fc.property(ratings, (pairs) => {
        expect(agreementOf(pairs.map(([a, b]): Pair => [b, a]))).toEqual(agreementOf(pairs));
      }),
    );
  });

  test('does not depend on the order of the rows', () => {
    const shuffled = ratings.chain((pairs) =>
      fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
    );
    fc.assert(
      fc.property(shuffled, ([pairs, other]) => expect(agreementOf(other)).toEqual(agreementOf(pairs))),
    );
  });

  test('is 1 for identical ratings with two answers or more, and never above', () => {
    fc.assert(
      fc.property(fc.array(answer, { minLength: 1, maxLength: 60 }), (answers) => {
        const { kappa } = agreementOf(answers.map((one): Pair => [one, one]));
        expect(kappa).toBe(new Set(answers).size === 1 ? null : 1);
      }),
    );
    fc.assert(
      fc.property(ratings, (pairs) => {
        const { kappa, share } = agreementOf(pairs);
        if (kappa === null) expect(share).toBe(1);
        else {
          expect(kappa).toBeGreaterThanOrEqual(-1);
          expect(kappa).toBeLessThanOrEqual(share ?? 0);
        }
      }),
    );
  });

  test('does not depend on what the answers are called', () => {
    fc.assert(
      fc.property(ratings, (pairs) => {
        const renamed = pairs.map(([a, b]): Pair => [`<${a}>`, `<${b}>`]);
        expect(agreementOf(renamed)).toEqual(agreementOf(pairs));
      }),
    );
  });
});

test.each([
  [-0.01, 'poor'],
  [0, 'slight'],
  [0.2, 'slight'],
  [0.21, 'fair'],
  [0.4, 'fair'],
  [0.41, 'moderate'],
  [0.6, 'moderate'],
  [0.61, 'substantial'],
  [0.8, 'substantial'],
  [0.81, 'almost perfect'],
  [1, 'almost perfect'],
])('a kappa of %p is %s in the words of Landis and Koch', (kappa, words) => {
  expect(strengthOf(kappa)).toBe(words);
});

describe('a comparison of two raters', () => {
  const first = new Map([
    ['a', { call: 'yes', fit: 'yes' }],
    ['b', { call: 'no', fit: 'no' }],
    ['c', { call: 'yes', fit: 'no' }],
    ['d', { call: 'yes' }],
    ['only here', { call: 'yes', fit: 'yes' }],
  ]);
  const second = new Map([
    ['d', { call: 'no', fit: 'yes' }],
    ['c', { call: 'no', fit: 'yes' }],
    ['b', { call: 'no', fit: 'no' }],
    ['a', { call: 'yes', fit: 'yes' }],
  ]);

  test('counts question by question, over what both have answered', () => {
    const { questions } = compareRatings(['call', 'fit'], first, second);
    expect(questions).toMatchObject([
      { question: 'call', agreement: { rated: 4, agreed: 2 } },
      { question: 'fit', agreement: { rated: 3, agreed: 2 } },
    ]);
  });

  test('names the leads on which they part, those with most questions first', () => {
    expect(compareRatings(['call', 'fit'], first, second).parted).toEqual([
      { leadId: 'c', questions: ['call', 'fit'] },
      { leadId: 'd', questions: ['call'] },
    ]);
  });
});
