import fc from 'fast-check';
import type { Suppression, SuppressionKind } from '../../../core/model/suppression.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { isScenario, suppressedBy, windowOf } from '../../../core/qualification/suppression.ts';
import type { Returning } from '../../../core/qualification/suppression.ts';
import { iso } from '../../../core/time.ts';
import { defaultPolicy } from './facts.ts';

/** Ten in the morning in New York, in summer time; both ends of the windows are looked for from here. */
const FROM = '2026-08-01T14:00:00.000Z';
const IN_90_DAYS = '2026-10-30T14:00:00.000Z';
/** Ten in the morning, too: by then it is winter time. */
const IN_6_MONTHS = '2027-02-01T15:00:00.000Z';
const YEARS_LATER = '2040-01-01T00:00:00.000Z';

const NOTHING: Returning = { highIntentAt: null, engagedAt: null, reachable: false };
const demoAt = (at: string): Returning => ({ ...NOTHING, highIntentAt: at, engagedAt: at });
const clickAt = (at: string): Returning => ({ ...NOTHING, engagedAt: at });
const REACHABLE: Returning = { ...NOTHING, reachable: true };
const ANYTHING: Returning = { highIntentAt: YEARS_LATER, engagedAt: YEARS_LATER, reachable: true };

let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await defaultPolicy();
});

function suppression(scenario: string, change: Partial<Suppression> = {}): Suppression {
  const kind: SuppressionKind = change.kind ?? 'person';
  return {
    suppressionId: `${kind}-0a-${scenario}`,
    kind,
    value: null,
    scenario,
    reason: 'Noted by hand.',
    from: FROM,
    until: isScenario(policy, scenario) ? windowOf(policy, scenario, FROM) : null,
    origin: { by: 'olive', leadId: null },
    ...change,
  };
}

const before = (at: string) => iso(Date.parse(at) - 1);
const ask = (found: Suppression | Suppression[], returning: Returning, now: string, by = policy) =>
  suppressedBy(by, [found].flat(), returning, Date.parse(now));

describe('policy book §13, row by row', () => {
  it('has a window of 90 days for an exhausted cadence, of six months by the calendar for 12+ months, and no other', () => {
    const windows = policy.recycling.map(({ id }) => [id, windowOf(policy, id, FROM)]);
    expect(Object.fromEntries(windows)).toEqual({
      cadence_exhausted: IN_90_DAYS,
      not_ready: IN_6_MONTHS,
      wrong_buyer: null,
      bad_data: null,
      competitor: null,
      customer: null,
      // Those of rejections by an SDR (decision 0023).
      below_icp: null,
      wrong_persona: null,
      suppressed_again: IN_90_DAYS,
    });
  });

  it.each<[string, string, () => Returning, string, string | null]>([
    ['cadence_exhausted', 'at once', () => NOTHING, FROM, IN_90_DAYS],
    [
      'cadence_exhausted',
      'a demo request in the window',
      () => demoAt(before(IN_90_DAYS)),
      before(IN_90_DAYS),
      IN_90_DAYS,
    ],
    [
      'cadence_exhausted',
      'the same demo request as the window ends',
      () => demoAt(before(IN_90_DAYS)),
      IN_90_DAYS,
      'returns',
    ],
    ['cadence_exhausted', 'a demo request at its very start', () => demoAt(FROM), IN_90_DAYS, IN_6_MONTHS],
    [
      'cadence_exhausted',
      'a demo request a millisecond later',
      () => demoAt('2026-08-01T14:00:00.001Z'),
      IN_90_DAYS,
      'returns',
    ],
    ['cadence_exhausted', 'a click after the window', () => clickAt(IN_90_DAYS), IN_90_DAYS, IN_6_MONTHS],
    [
      'cadence_exhausted',
      'a click before six months are over',
      () => clickAt(before(IN_6_MONTHS)),
      before(IN_6_MONTHS),
      IN_6_MONTHS,
    ],
    [
      'cadence_exhausted',
      'six months and that stale click',
      () => clickAt(before(IN_6_MONTHS)),
      IN_6_MONTHS,
      null,
    ],
    ['cadence_exhausted', 'six months and a fresh click', () => clickAt(IN_6_MONTHS), IN_6_MONTHS, 'returns'],
    ['cadence_exhausted', 'years without anything', () => NOTHING, YEARS_LATER, null],
    [
      'not_ready',
      'a signal in the window',
      () => clickAt(before(IN_6_MONTHS)),
      before(IN_6_MONTHS),
      IN_6_MONTHS,
    ],
    [
      'not_ready',
      'the same signal as the window ends',
      () => clickAt(before(IN_6_MONTHS)),
      IN_6_MONTHS,
      'returns',
    ],
    ['not_ready', 'no signal since', () => clickAt(FROM), IN_6_MONTHS, null],
    ['wrong_buyer', 'at once', () => NOTHING, FROM, 'returns'],
    ['bad_data', 'a demo request', () => demoAt(YEARS_LATER), YEARS_LATER, null],
    ['bad_data', 'a valid address and phone, at once', () => REACHABLE, FROM, 'returns'],
    ['competitor', 'whatever comes', () => ANYTHING, YEARS_LATER, null],
    ['customer', 'at once', () => NOTHING, FROM, 'returns'],
  ])('%s, %s', (scenario, _what, returning, now, expected) => {
    const told = ask(suppression(scenario), returning(), now);
    if (expected === 'returns') expect(told).toBeNull();
    else expect(told).toMatchObject({ kind: 'person', scenario, until: expected });
  });
});

describe('the sentence', () => {
  it.each([
    [
      'cadence_exhausted',
      FROM,
      'The person has been suppressed since 2026-08-01: Cadence exhausted (Noted by hand); from 2026-10-30 on it takes a new high-intent act, or fresh engagement on 2027-02-01 or later.',
    ],
    [
      'cadence_exhausted',
      IN_90_DAYS,
      'The person has been suppressed since 2026-08-01: Cadence exhausted (Noted by hand); what brings them back is a new high-intent act, or fresh engagement on 2027-02-01 or later.',
    ],
    [
      'not_ready',
      FROM,
      'The person has been suppressed since 2026-08-01: Timeline of 12 months or more (Noted by hand); from 2027-02-01 on it takes a new signal, or a timeline under 12 months.',
    ],
    [
      'bad_data',
      FROM,
      'The person has been suppressed since 2026-08-01: Bad data (Noted by hand); what brings them back is a valid e-mail address and phone number.',
    ],
    [
      'competitor',
      FROM,
      'The person has been suppressed since 2026-08-01: Competitor (Noted by hand); this holds for ever.',
    ],
  ])('of %s at %s', (scenario, now, because) => {
    expect(ask(suppression(scenario), NOTHING, now)?.because).toBe(because);
  });

  it('says whose it is, and never names the domain or the company', () => {
    const told = (kind: SuppressionKind) =>
      ask(suppression('competitor', { kind, value: 'rival.example' }), NOTHING, FROM)?.because;
    expect(told('domain')).toMatch(/^The domain has been suppressed/);
    expect(told('company')).toMatch(/^The company has been suppressed/);
    expect(told('domain')).not.toContain('rival');
  });
});

describe('a policy that lets high intent through', () => {
  let lenient: CompiledPolicy;
  beforeAll(() => {
    lenient = { ...policy, suppression: { insideWindow: 'high_intent_returns' } };
  });

  it('has who asks for a demo come back at once, and says so to the others', () => {
    const exhausted = suppression('cadence_exhausted');
    expect(
      ask(exhausted, demoAt('2026-08-02T00:00:00.000Z'), '2026-08-02T00:00:00.000Z', lenient),
    ).toBeNull();
    expect(ask(exhausted, demoAt(FROM), FROM, lenient)?.until).toBe(IN_90_DAYS);
    expect(
      ask(exhausted, clickAt('2026-08-02T00:00:00.000Z'), '2026-08-02T00:00:00.000Z', lenient),
    ).toMatchObject({
      until: IN_90_DAYS,
      because: expect.stringContaining('before 2026-10-30 a new high-intent act brings them back') as string,
    });
  });

  it('lets no competitor through', () => {
    expect(ask(suppression('competitor'), ANYTHING, YEARS_LATER, lenient)).not.toBeNull();
  });
});

describe('what is stored', () => {
  it('holds until an end that was given in place of the own one', () => {
    const until = '2026-09-01T00:00:00.000Z';
    const shorter = suppression('cadence_exhausted', { until });
    expect(ask(shorter, demoAt(before(until)), before(until))?.until).toBe(until);
    expect(ask(shorter, demoAt(before(until)), until)).toBeNull();
  });

  it.each([
    ['2026-09-01T00:00:00.000Z', '2026-08-31T23:59:59.999Z', '2026-09-01T00:00:00.000Z'],
    ['2026-09-01T00:00:00.000Z', '2026-09-01T00:00:00.000Z', 'returns'],
    [null, YEARS_LATER, null],
  ])('holds to its end %s though the policy has dropped its scenario', (until, now, expected) => {
    const told = ask(suppression('dropped', { until }), NOTHING, now);
    if (expected === 'returns') expect(told).toBeNull();
    else expect(told).toMatchObject({ scenario: 'dropped', until: expected });
  });

  it('is over with its window where the policy asks for nothing more', () => {
    const plain = policy.recycling.map((row) =>
      row.id === 'cadence_exhausted' ? { ...row, returnsWhen: [] } : row,
    );
    const by = { ...policy, recycling: plain };
    expect(ask(suppression('cadence_exhausted'), NOTHING, before(IN_90_DAYS), by)).toMatchObject({
      until: IN_90_DAYS,
      because: expect.stringContaining('they may return on 2026-10-30') as string,
    });
    expect(ask(suppression('cadence_exhausted'), NOTHING, IN_90_DAYS, by)).toBeNull();
  });

  it('is nothing where nothing is stored', () => {
    expect(ask([], NOTHING, FROM)).toBeNull();
  });
});

describe('of several', () => {
  it('the one that lets them return last is told, for ever after what still may happen', () => {
    const [exhausted, early, bad, rival] = [
      suppression('cadence_exhausted'),
      suppression('not_ready', { until: '2026-08-02T00:00:00.000Z' }),
      suppression('bad_data'),
      suppression('competitor', { kind: 'domain' }),
    ];
    const of = (...found: Suppression[]) => ask(found, NOTHING, FROM)?.scenario;
    expect(of(early, exhausted)).toBe('cadence_exhausted');
    expect(of(exhausted, bad)).toBe('bad_data');
    expect(of(bad, rival, exhausted)).toBe('competitor');
  });

  const instants = fc
    .integer({ min: Date.parse('2026-01-01'), max: Date.parse('2028-01-01') })
    .map((at) => iso(at));
  const kinds = fc.constantFrom<SuppressionKind>('person', 'domain', 'company');
  const scenarios = fc.constantFrom(
    'cadence_exhausted',
    'not_ready',
    'wrong_buyer',
    'bad_data',
    'competitor',
    'customer',
    'dropped',
  );
  const some = fc.record({
    scenario: scenarios,
    kind: kinds,
    from: instants,
    hash: fc.stringMatching(/^[0-9a-f]{4}$/),
  });
  const found = fc.uniqueArray(some, {
    maxLength: 6,
    selector: ({ kind, hash, scenario }) => `${kind}-${hash}-${scenario}`,
  });
  const returning = fc.record({
    highIntentAt: fc.option(instants),
    engagedAt: fc.option(instants),
    reachable: fc.boolean(),
  });
  const build = (all: { scenario: string; kind: SuppressionKind; from: string; hash: string }[]) =>
    all.map(({ hash, ...one }) =>
      suppression(one.scenario, {
        ...one,
        suppressionId: `${one.kind}-${hash}-${one.scenario}`,
        until: isScenario(policy, one.scenario) ? windowOf(policy, one.scenario, one.from) : null,
      }),
    );
  const end = (told: ReturnType<typeof ask>) =>
    told === null ? -Infinity : told.until === null ? Infinity : Date.parse(told.until);

  it('their order does not matter', () => {
    fc.assert(
      fc.property(found, returning, instants, (all, back, now) => {
        const stored = build(all);
        expect(ask(stored.toReversed(), back, now)).toEqual(ask(stored, back, now));
      }),
    );
  });

  it('one more never brings anybody back sooner', () => {
    fc.assert(
      fc.property(found, returning, instants, (all, back, now) => {
        const stored = build(all);
        const ends = stored.map((_, n) => end(ask(stored.slice(0, n), back, now)));
        ends.push(end(ask(stored, back, now)));
        expect(ends).toEqual(ends.toSorted((a, b) => a - b));
      }),
    );
  });

  it('nobody is told an instant that has passed', () => {
    fc.assert(
      fc.property(found, returning, instants, (all, back, now) => {
        const told = ask(build(all), back, now);
        if (told?.until != null) expect(Date.parse(told.until)).toBeGreaterThan(Date.parse(now));
      }),
    );
  });
});

it('names a scenario that the policy does not have', () => {
  expect(isScenario(policy, 'competitor')).toBe(true);
  expect(isScenario(policy, 'Competitor')).toBe(false);
  expect(() => windowOf(policy, 'gone', FROM)).toThrow(/gone/);
});
