import { complianceOf } from '../../../core/consequences/compliance.ts';
import type { JudgedLead } from '../../../core/consequences/facts.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { monthNamed } from '../../../core/reporting/period.ts';
import { breach, clock, lead, livePolicy } from './leads.ts';

const NOVEMBER = monthNamed('2026-11', 'America/New_York');
const DUE = '2026-11-18T15:00:00Z';
let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await livePolicy();
});
const some = (personId: string, met: number, missed: number, due = DUE): JudgedLead[] => [
  ...Array.from({ length: met }, () => lead([clock(personId, due, 'met')])),
  ...Array.from({ length: missed }, () => lead([clock(personId, due, 'missed')])),
];
const figures = (leads: JudgedLead[]) => complianceOf(policy, leads, NOVEMBER);

describe('the band', () => {
  test.each([
    [20, 0, 'eligible', null],
    [96, 4, 'eligible', null],
    [951, 49, 'eligible', null],
    [95, 5, 'warning', null],
    [80, 20, 'warning', null],
    [799, 201, 'reduction', { from: 5, to: 10 }],
    [0, 3, 'reduction', { from: 5, to: 10 }],
  ])('of %i met and %i missed is %s', (met, missed, id, reductionPercent) => {
    const [sam] = figures(some('sam', met, missed)).people;
    expect(sam).toMatchObject({
      counted: { judged: met + missed, met },
      band: { id, reductionPercent },
    });
  });

  test('leaves out what has no verdict, what nobody owed and what lies outside the period', () => {
    const others = [
      lead([clock('sam', DUE, null), clock(null, DUE, 'missed')]),
      ...some('sam', 0, 1, '2026-11-01T03:59:59Z'),
      ...some('sam', 0, 1, '2026-12-01T05:00:00Z'),
    ];
    const { people } = figures([...others, ...some('sam', 1, 0)]);
    expect(people).toMatchObject([{ personId: 'sam', all: { judged: 1, met: 1, percent: 100 } }]);
  });

  test('counts the first and the last instant of the period', () => {
    const edges = [
      ...some('sam', 1, 0, '2026-11-01T04:00:00Z'),
      ...some('sam', 1, 0, '2026-12-01T04:59:59Z'),
    ];
    expect(figures(edges).people[0]?.all.judged).toBe(2);
  });

  test('takes an overturned breach for met, by the person whom it had named', () => {
    const records = [breach('lead.accept-1', 'sam', { state: 'overturned' })];
    const { people } = figures([lead([clock('ava', DUE, 'missed')], { records })]);
    expect(people).toMatchObject([{ personId: 'sam', all: { met: 1 } }]);
  });
});

describe('a time of diagnosis', () => {
  test('is left out of the band and marked', async () => {
    const rules = await livePolicy([{ on: '2026-10-15' }]);
    // Thirty days from 15 October end on 14 November.
    const leads = [...some('sam', 0, 5, '2026-11-13T15:00:00Z'), ...some('sam', 10, 0)];
    expect(complianceOf(rules, leads, NOVEMBER)).toMatchObject({
      diagnostic: true,
      people: [{ counted: { percent: 100 }, diagnostic: { judged: 5, met: 0 }, band: { id: 'eligible' } }],
    });
  });

  test('has no band where nothing else is', async () => {
    const rules = await livePolicy([]);
    const { people } = complianceOf(rules, some('sam', 1, 9), NOVEMBER);
    expect(people).toMatchObject([{ band: null, counted: { percent: null }, diagnostic: { percent: 10 } }]);
  });
});

describe('the spread', () => {
  test.each([
    [[some0('a', 1, 0)], 0],
    [[some0('a', 1, 0), some0('b', 0, 1)], 50],
    [[some0('a', 9, 1), some0('b', 7, 3), some0('c', 8, 2)], Math.sqrt(200 / 3)],
  ])('is the standard deviation of their percentages', (reps, spread) => {
    expect(figures(reps.flatMap((rep) => rep())).spread).toBeCloseTo(spread, 9);
  });

  test('is that of reps alone where it is said who is one', () => {
    const leads = [...some('sam', 1, 0), ...some('boss', 0, 1)];
    const { people, spread } = complianceOf(policy, leads, NOVEMBER, (id) => id === 'sam');
    expect([people.length, spread]).toEqual([1, 0]);
  });

  test('is none of nobody', () => {
    expect(figures([])).toMatchObject({ people: [], spread: null, diagnostic: false });
  });
});

function some0(personId: string, met: number, missed: number) {
  return () => some(personId, met, missed);
}
