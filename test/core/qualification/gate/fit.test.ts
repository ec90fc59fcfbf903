import fc from 'fast-check';
import type { CompiledPolicy } from '../../../../core/policy/compiled.ts';
import { fitOf } from '../../../../core/qualification/gate/fit.ts';
import { defaultPolicy } from '../facts.ts';

let policy: CompiledPolicy;
beforeAll(async () => {
  policy = structuredClone(await defaultPolicy());
  policy.mqlGate.icpFit.industries = ['Software', 'Télécom'];
  policy.mqlGate.icpFit.companySize = { from: 50, below: 1000 };
});

const person = (title?: string, industry?: string, employees?: number) => ({
  contact: { title },
  company: { industry, employees },
});

describe('the fit (§6: industry 20, size 15, buyer 20, influencer 10, scaled to 100, met from 60)', () => {
  test.each([
    ['CTO', 'software', 50, 100, true],
    ['CTO', 'SOFTWARE ', 999, 100, true],
    ['CTO', 'telecom', 1000, 72.7, true],
    ['CTO', 'Retail', 200, 63.6, true],
    ['Product Manager', 'Software', 200, 81.8, true],
    ['Product Manager', 'Software', 49, 54.5, false],
    ['Product Manager', undefined, 200, 45.5, false],
    ['Analyst', 'Software', 200, 63.6, true],
    ['CTO', undefined, undefined, 36.4, false],
    [undefined, '', undefined, 0, false],
  ])('%s, industry %s, %s employees: %d', (title, industry, employees, score, meets) => {
    expect(fitOf(policy, person(title, industry, employees))).toMatchObject({ score, meets });
  });

  test('each part says what it gave and why', () => {
    expect(fitOf(policy, person('VP Sales', 'Retail', 200)).contributions).toEqual([
      { what: 'industry', points: 0, because: 'The industry is none of those sought.' },
      {
        what: 'company_size',
        points: 27.3,
        because: '200 employees are in range (50 to 999 employees).',
      },
      {
        what: 'persona',
        points: 36.3,
        because: '"vp" in the title tells the seniority vp: an economic buyer.',
      },
    ]);
    expect(fitOf(policy, person()).contributions.map(({ because }) => because)).toEqual([
      'The industry of the company is not known.',
      'The size of the company is not known; 50 to 999 employees would count.',
      'No title is given.',
    ]);
  });

  test('a policy without industries takes all, known or not', async () => {
    const fit = fitOf(await defaultPolicy(), person());
    expect(fit.contributions[0]).toEqual({
      what: 'industry',
      points: 36.4,
      because: 'Every industry is in scope.',
    });
  });

  const weight = fc.integer({ min: 0, max: 50 });
  const weighed = fc
    .record({ industry: weight, companySize: weight, economicBuyer: weight, influencer: weight })
    .map((points): CompiledPolicy => {
      const mqlGate = { ...policy.mqlGate, icpFit: { ...policy.mqlGate.icpFit, points } };
      return { ...policy, mqlGate };
    });
  const title = fc.constantFrom('CTO', 'Product Manager', 'Analyst', undefined);
  const industry = fc.constantFrom('Software', 'Retail', undefined);
  const employees = fc.option(fc.nat(2000), { nil: undefined });

  test('the shares add up to the score, which lies within 0 and 100', () => {
    fc.assert(
      fc.property(weighed, title, industry, employees, (rules, ...facts) => {
        const { score, contributions, meets } = fitOf(rules, person(...facts));
        expect(contributions.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 6);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(meets).toBe(score >= rules.mqlGate.icpFit.minimum);
      }),
    );
  });

  test('whatever the weights, a perfect fit has 100 and nobody fits better', () => {
    fc.assert(
      fc.property(weighed, title, industry, employees, (rules, ...facts) => {
        const { points } = rules.mqlGate.icpFit;
        fc.pre(points.economicBuyer >= points.influencer && points.industry + points.economicBuyer > 0);
        const perfect = fitOf(rules, person('CTO', 'Software', 200)).score;
        expect(perfect).toBe(100);
        expect(fitOf(rules, person(...facts)).score).toBeLessThanOrEqual(perfect);
      }),
    );
  });

  test('what becomes known never lowers the score', () => {
    fc.assert(
      fc.property(title, industry, employees, (...facts) => {
        const known = fitOf(policy, person(...facts)).score;
        for (const left of [0, 1, 2]) {
          const less: typeof facts = [facts[0], facts[1], facts[2]];
          less[left] = undefined;
          expect(fitOf(policy, person(...less)).score).toBeLessThanOrEqual(known);
        }
      }),
    );
  });
});
