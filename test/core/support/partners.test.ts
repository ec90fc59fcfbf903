import fc from 'fast-check';
import type { Clock } from '../../../core/model/clock.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { monthNamed } from '../../../core/reporting/period.ts';
import type { PartnerLead } from '../../../core/support/partners.ts';
import { partnerMonths } from '../../../core/support/partners.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { clock } from '../consequences/leads.ts';
import { supportPolicy } from './support-policy.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const NOVEMBER = monthNamed('2026-11', 'America/New_York');
const LATER = epochMs('2027-02-01T00:00:00Z');
/** A Tuesday, 10:00 in New York. */
const START = epochMs('2026-11-10T15:00:00Z');
let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await supportPolicy();
});

function promised(commitment: string, takenMs: number | null, change: Partial<Clock> = {}): Clock {
  const calendar = commitment === 'mql.respond' ? 'business' : 'around_the_clock';
  return clock('sam', iso(START + 15 * MINUTE), null, {
    ...{ clockId: `${commitment}-1`, commitment, startedAt: iso(START), countsFrom: iso(START) },
    calendar: { id: calendar, timeZone: 'America/New_York', holidays: null },
    metAt: takenMs === null ? null : iso(START + takenMs),
    ...change,
  });
}
const responded = (minutes: number | null, change: Partial<Clock> = {}) =>
  lead([promised('mql.respond', minutes === null ? null : minutes * MINUTE, change)]);
const heard = (ms: number) => lead([promised('partner.feedback', ms)]);
function lead(clocks: Clock[], change: Partial<PartnerLead> = {}): PartnerLead {
  return {
    ...{ leadId: 'lead-1', partner: { id: 'p-17' }, clocks, erasedAt: null },
    contact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', phone: '+1 617 555 0100' },
    company: { name: 'Example' },
    ...change,
  };
}
const many = (n: number, make: () => PartnerLead) => Array.from({ length: n }, make);
const figures = (leads: PartnerLead[], now = LATER) => partnerMonths(policy, leads, NOVEMBER, now);
const response = (leads: PartnerLead[], now = LATER) => figures(leads, now)[0]?.promises[0];

describe('90 percent within 30 minutes', () => {
  test.each([
    [30, true],
    [30.001, false],
  ])('a response after %d business minutes keeps it: %s, whatever its own target was', (minutes, kept) => {
    expect(response([responded(minutes)])?.kept).toBe(kept);
  });

  test.each([
    [9, 1, true, 0],
    [89, 11, false, 5],
    [8, 2, false, 5],
    [79, 21, false, 10],
    [0, 1, false, 10],
  ])('of %i in time and %i late is kept: %s, credit %i', (met, late, kept, creditPercent) => {
    const leads = [...many(met, () => responded(20)), ...many(late, () => responded(31))];
    expect(response(leads)).toMatchObject({ kept, creditPercent, met, judged: met + late });
  });

  test('counts business time, and leaves pauses out', () => {
    const evening = iso(epochMs('2026-11-10T22:50:00Z'));
    const overnight = { countsFrom: evening, metAt: '2026-11-11T13:20:00.000Z' };
    expect(response([responded(0, overnight)])?.met).toBe(1);
    expect(response([responded(0, { ...overnight, metAt: '2026-11-11T13:20:00.001Z' })])?.met).toBe(0);
    const pause = {
      ...{ until: null, reason: 'force_majeure', by: '' },
      statusBefore: 'within_sla' as const,
    };
    const pauses = [{ ...pause, from: iso(START + 10 * MINUTE), to: iso(START + 40 * MINUTE) }];
    expect(response([responded(60, { pauses })])?.met).toBe(1);
  });

  test('waits for what can still be kept, and leaves out what fell away', () => {
    const leads = [responded(null), responded(null, { status: 'cancelled' })];
    expect(response(leads, START + 30 * MINUTE)).toMatchObject({ judged: 0, running: 1, kept: null });
    expect(response(leads, START + 30 * MINUTE + 1)).toMatchObject({ judged: 1, met: 0, running: 0 });
  });
});

describe('95 percent feedback in 7 days', () => {
  test.each([
    [95, 5, true, 0],
    [94, 6, false, 5],
    [85, 15, false, 5],
    [84, 16, false, 10],
  ])('of %i in time and %i late is kept: %s, credit %i', (met, late, kept, creditPercent) => {
    const leads = [...many(met, () => heard(7 * DAY)), ...many(late, () => heard(7 * DAY + 1))];
    expect(figures(leads)[0]?.promises[1]).toMatchObject({ kept, creditPercent });
  });
});

describe('the month of a partner', () => {
  test('is that in which the clock started, partners apart, by name', () => {
    const elsewhere = (id: string) => ({ ...responded(5), partner: { id } });
    const before = responded(5, { startedAt: iso(NOVEMBER.from - 1) });
    const leads = [elsewhere('p-2'), elsewhere('p-1'), before, { ...responded(5), partner: undefined }];
    expect(figures(leads).map(({ partnerId, leads: n }) => [partnerId, n])).toEqual([
      ['p-1', 1],
      ['p-2', 1],
    ]);
    expect(figures([responded(5, { startedAt: iso(NOVEMBER.from) })])).toHaveLength(1);
    expect(figures([responded(5, { startedAt: iso(NOVEMBER.to) })])).toHaveLength(0);
  });

  test('adds the credits of its promises, and owes none where they do not follow compliance', () => {
    const leads = [responded(99), heard(9 * DAY)];
    expect(figures(leads)[0]?.creditPercent).toBe(20);
    const partners = { ...policy.partners, creditsFollowCompliance: false };
    expect(partnerMonths({ ...policy, partners }, leads, NOVEMBER, LATER)[0]?.creditPercent).toBe(0);
  });

  test('says how complete the partner’s data are, erased leads left out', () => {
    const { clocks } = responded(5);
    const leads = [
      lead(clocks),
      lead(clocks, { contact: { lastName: 'Byron', email: 'ada@example.com' } }),
      lead(clocks, { contact: {}, company: {}, erasedAt: iso(START) }),
    ];
    expect(figures(leads)[0]?.completeness).toMatchObject({ judged: 2, met: 1 });
  });

  test('is complete when it is over and nothing of it runs any more', () => {
    const late = responded(null, { startedAt: iso(NOVEMBER.to - 1), countsFrom: iso(NOVEMBER.to - 1) });
    expect(figures([late], NOVEMBER.to)[0]?.complete).toBe(false);
    expect(figures([late])[0]?.complete).toBe(true);
    expect(figures([responded(5)], NOVEMBER.to - 1)[0]?.complete).toBe(false);
  });

  test('is the same in whatever order the leads come', () => {
    const some = fc.array(fc.tuple(fc.constantFrom('p-1', 'p-2'), fc.integer({ min: 0, max: 60 })));
    fc.assert(
      fc.property(some, (facts) => {
        const leads = facts.map(([id, taken]) => ({ ...responded(taken), partner: { id } }));
        expect(figures(leads.toReversed())).toEqual(figures(leads));
      }),
      { numRuns: 40 },
    );
  });
});
