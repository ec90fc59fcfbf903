import fc from 'fast-check';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { monthNamed } from '../../../core/reporting/period.ts';
import type { ExcludedSpan, Outage } from '../../../core/support/availability.ts';
import { availabilityOf, monthBudgetMs } from '../../../core/support/availability.ts';
import type { CustomerFacts } from '../../../core/support/remedies.ts';
import { remediesOf } from '../../../core/support/remedies.ts';
import { answerTicket, excludeTicket, resolveTicket } from '../../../core/support/tickets.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { supportPolicy, ticket } from './support-policy.ts';

const MINUTE = 60_000;
const HOME = 'America/New_York';
/** Thirty days and, as the clocks go back, one hour. */
const NOVEMBER = monthNamed('2026-11', HOME);
const LATER = epochMs('2027-02-01T00:00:00Z');
let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await supportPolicy();
});
const minutes = (n: number, from = NOVEMBER.from + 9 * 1440 * MINUTE): Outage => ({
  ...{ service: 'api', from: iso(from), to: iso(Math.round(from + n * MINUTE)) },
});
const free = (exclusion: string, from: number, n: number, service: string | null = null): ExcludedSpan => ({
  ...{ exclusion, service, from: iso(from), to: iso(from + n * MINUTE) },
});
const customer = (change: Partial<CustomerFacts> = {}): CustomerFacts => ({
  ...{ customerId: 'c-1', kind: 'smb', services: ['api'], outages: [], excluded: [], tickets: [] },
  ...change,
});

describe('the budget', () => {
  test.each([
    [99.9, 8.76 * 60],
    [99.99, 52.56],
    [99.999, 5.26],
  ])('of %d percent is %d minutes a year, by the months of it', (percent, aYear) => {
    const months = Array.from({ length: 12 }, (_, i) => `2026-${String(i + 1).padStart(2, '0')}`);
    const sum = months.reduce((all, name) => all + monthBudgetMs(policy, percent, monthNamed(name, HOME)), 0);
    expect(sum / MINUTE).toBeCloseTo(aYear, 6);
  });

  test('of a percentage that nobody promised is none', () => {
    expect(() => monthBudgetMs(policy, 98, NOVEMBER)).toThrow(
      'has no budget; the policy has 99.9, 99.99, 99.999',
    );
  });
});

describe('the availability of a month', () => {
  const of = (outages: Outage[], excluded: ExcludedSpan[] = [], now = LATER) =>
    availabilityOf(policy, { service: 'api', percent: 99.9 }, { outages, excluded }, NOVEMBER, now);

  test('keeps a budget that is used up exactly, and not one millisecond more', () => {
    const budget = Math.floor(monthBudgetMs(policy, 99.9, NOVEMBER));
    const { from } = minutes(0);
    const down = (ms: number) => of([{ service: 'api', from, to: iso(epochMs(from) + ms) }]);
    expect(down(budget)).toMatchObject({ kept: true, usedUpAt: null });
    expect(down(budget + 1)).toMatchObject({ kept: false, usedUpAt: epochMs(from) + budget });
  });

  test('says when the budget was used up, over several outages', () => {
    const second = minutes(30, NOVEMBER.from + 20 * 1440 * MINUTE);
    const budget = monthBudgetMs(policy, 99.9, NOVEMBER);
    const { usedUpAt, downtimeMs } = of([second, minutes(30)]);
    expect(downtimeMs).toBe(60 * MINUTE);
    expect(usedUpAt).toBe(Math.ceil(epochMs(second.from) + budget - 30 * MINUTE));
  });

  test('counts outages that overlap once, those of other services and months not', () => {
    const start = epochMs(minutes(0).from);
    const outages = [
      minutes(10),
      minutes(10, start + 5 * MINUTE),
      { ...minutes(50), service: 'mail' },
      minutes(60, NOVEMBER.from - 60 * MINUTE),
      minutes(60, NOVEMBER.to),
    ];
    expect(of(outages).downtimeMs).toBe(15 * MINUTE);
  });

  test('counts the part of an outage that lies in the month, at both of its ends', () => {
    const outages = [minutes(10, NOVEMBER.from - 7 * MINUTE), minutes(10, NOVEMBER.to - 2 * MINUTE)];
    expect(of(outages).downtimeMs).toBe(5 * MINUTE);
  });

  test.each(['scheduled_maintenance', 'customer_caused', 'third_party_failure', 'force_majeure'])(
    'leaves out %s',
    (exclusion) => {
      const start = epochMs(minutes(0).from);
      const found = of([minutes(60)], [free(exclusion, start + 10 * MINUTE, 30)]);
      expect(found).toMatchObject({ downtimeMs: 30 * MINUTE, excludedMs: 30 * MINUTE, kept: true });
    },
  );

  test.each([
    ['a free tier, which pauses nothing', 'free_tier', null],
    ['an exclusion of another service', 'force_majeure', 'mail'],
  ])('does not leave out %s', (_, exclusion, service) => {
    const start = epochMs(minutes(0).from);
    expect(of([minutes(60)], [free(exclusion, start, 60, service)]).downtimeMs).toBe(60 * MINUTE);
  });

  test('of a running month is that of what has passed, an outage that lasts included', () => {
    const now = NOVEMBER.from + 100 * MINUTE;
    const lasting = { service: 'api', from: iso(now - 25 * MINUTE), to: null };
    expect(of([lasting], [], now)).toMatchObject({ downtimeMs: 25 * MINUTE, percent: 75 });
    expect(of([], [], NOVEMBER.from).percent).toBe(100);
  });

  test('never loses or invents time, whatever the order of outages and exclusions', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 60 }));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), fc.array(span, { maxLength: 6 }), (downs, frees) => {
        const base = NOVEMBER.from + 1440 * MINUTE;
        const outages = downs.map(([from, n]) => minutes(n, base + from * MINUTE));
        const excluded = frees.map(([from, n]) => free('force_majeure', base + from * MINUTE, n));
        const all = (spans: [number, number][]) =>
          new Set(spans.flatMap(([from, n]) => Array.from({ length: n }, (_, i) => from + i)));
        const left = [...all(downs)].filter((minute) => !all(frees).has(minute)).length;
        const found = of(outages, excluded);
        expect(found).toEqual(of(outages.toReversed(), excluded.toReversed()));
        expect(found.downtimeMs).toBe(left * MINUTE);
        expect(found.downtimeMs + found.excludedMs).toBe(all(downs).size * MINUTE);
      }),
      { numRuns: 80 },
    );
  });
});

describe('service credits', () => {
  test.each([
    [0, 0],
    [43, 0],
    [44, 5],
    [86, 5],
    [87, 10],
    [432, 10],
    [433, 25],
  ])('%i minutes down in November at 99.9 percent give %i percent of the fee', (down, creditPercent) => {
    const owed = remediesOf(policy, customer({ outages: [minutes(down)] }), NOVEMBER, LATER);
    expect(owed).toMatchObject({ creditPercent, complete: true });
    expect(owed.credits).toHaveLength(creditPercent === 0 ? 0 : 1);
  });

  test('of an enterprise go by 99.99 percent', () => {
    const facts = customer({ kind: 'enterprise', outages: [minutes(9)] });
    expect(remediesOf(policy, facts, NOVEMBER, LATER)).toMatchObject({
      creditPercent: 10,
      credits: [{ because: 'api: 9 minutes down of 4.33 allowed at 99.99 %.' }],
    });
  });

  const answered = (met: number, missed: number) =>
    Array.from({ length: met + missed }, (_, i) => {
      const at = '2026-11-10T12:00:00Z';
      const one = ticket(policy, at, { ticketId: `t-${i}`, severity: null, kind: 'smb' });
      return answerTicket(policy, one, epochMs(at) + (i < met ? 10 : 600) * MINUTE);
    });
  test.each([
    [19, 1, 0],
    [18, 2, 5],
    [16, 4, 5],
    [15, 5, 10],
  ])('%i answers in time and %i late give %i percent', (met, late, creditPercent) => {
    const owed = remediesOf(policy, customer({ tickets: answered(met, late) }), NOVEMBER, LATER);
    expect(owed).toMatchObject({ creditPercent, tickets: { met, judged: met + late } });
  });

  test('of several kinds add up, to the most that the policy allows', () => {
    const outages = [minutes(500), { ...minutes(44), service: 'mail' }];
    const facts = customer({ outages, services: ['api', 'mail'], tickets: answered(0, 1) });
    const owed = remediesOf(policy, facts, NOVEMBER, LATER);
    expect(owed.credits.map(({ percent }) => percent)).toEqual([25, 5, 10]);
    expect(owed.creditPercent).toBe(30);
  });

  test('are not owed to the free tier, whose tickets are counted all the same', () => {
    const facts = customer({ kind: 'free', outages: [minutes(500)], tickets: answered(0, 3) });
    expect(remediesOf(policy, facts, NOVEMBER, LATER)).toMatchObject({
      ...{ leftOut: 'free_tier', creditPercent: 0, credits: [], analyses: [], availability: [] },
      tickets: { judged: 3, met: 0 },
    });
  });

  test('are not final while the month runs', () => {
    expect(remediesOf(policy, customer(), NOVEMBER, NOVEMBER.to - 1).complete).toBe(false);
  });
});

describe('a root cause analysis', () => {
  test('is owed within five business days of the instant at which a budget was used up', () => {
    const outage = minutes(60, epochMs('2026-11-19T15:00:00Z'));
    const { analyses } = remediesOf(policy, customer({ outages: [outage] }), NOVEMBER, LATER);
    expect(analyses).toMatchObject([{ analysisId: 'c-1/api/2026-11/root_cause' }]);
    // Thursday to Thursday would be Thanksgiving: the fifth business day is the Friday after it.
    expect(analyses[0]?.dueAt.slice(0, 10)).toBe('2026-11-27');
  });

  test('is owed for a missed clock of a critical ticket, and not of another one', () => {
    const at = '2026-11-10T12:00:00Z';
    const tickets = ['critical', 'high'].map((severity) => {
      const one = ticket(policy, at, { ticketId: `t-${severity}`, severity, kind: 'smb' });
      return resolveTicket(policy, answerTicket(policy, one, epochMs(at)), epochMs(at) + 1000 * MINUTE);
    });
    const { analyses } = remediesOf(policy, customer({ tickets }), NOVEMBER, LATER);
    expect(analyses.map(({ analysisId }) => analysisId)).toEqual([
      't-critical/support.critical.resolution-1/root_cause',
    ]);
  });

  test('is owed for one that nobody has answered yet, and no more once an exclusion explains it', () => {
    const at = '2026-11-10T12:00:00Z';
    const open = ticket(policy, at);
    const now = epochMs(at) + 20 * MINUTE;
    const owed = (one: typeof open) =>
      remediesOf(policy, customer({ tickets: [one] }), NOVEMBER, now).analyses.length;
    const ask = { exclusion: 'third_party_failure', from: epochMs(at), until: null, by: 'person:kim' };
    expect([owed(open), owed(excludeTicket(policy, open, ask, now))]).toEqual([1, 0]);
  });
});
