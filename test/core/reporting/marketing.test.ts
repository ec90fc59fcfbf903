import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { marketingFigures } from '../../../core/reporting/marketing.ts';
import type { MarketingLead } from '../../../core/reporting/marketing.ts';
import { monthNamed } from '../../../core/reporting/period.ts';
import { epochMs } from '../../../core/time.ts';

const policy = {
  marketing: {
    volume: { mqlsAMonth: 500, from: 'policy book §7' },
    quality: { targetPercent: 95, redBelowPercent: 85, from: 'policy book §7' },
  },
  commitments: [
    { id: 'mql.respond', owes: 'owner', enforced: true },
    { id: 'marketing.score', owes: 'marketing_ops', enforced: true },
    { id: 'marketing.enrich', owes: 'marketing_ops', enforced: true },
    { id: 'marketing.notify', owes: 'marketing_ops', enforced: false },
  ],
} as unknown as CompiledPolicy;
const NOVEMBER = monthNamed('2026-11', 'America/New_York');
const LATER = epochMs('2027-01-15T12:00:00Z');
const CHECKED = { failing: [], heldAt: null, completedAt: null };

let made = 0;
function mql(changes: Partial<MarketingLead> = {}): MarketingLead {
  made += 1;
  return {
    leadId: `lead-${made}`,
    source: 'demo_request',
    status: 'assigned',
    qualifiedAt: '2026-11-10T15:00:00.000Z',
    gate: CHECKED,
    clocks: [],
    ...changes,
  };
}
const failing = (...criteria: string[]): Partial<MarketingLead> => ({
  gate: { ...CHECKED, failing: criteria.map((criterion) => ({ criterion })) },
});
const many = (count: number, changes?: Partial<MarketingLead>) =>
  Array.from({ length: count }, () => mql(changes));
const figures = (leads: MarketingLead[], now = LATER) => marketingFigures(policy, leads, NOVEMBER, now);

describe('the volume', () => {
  test('is of leads that became MQLs in the month, in the home zone, against the target', () => {
    const { volume } = figures([
      mql({ qualifiedAt: '2026-11-01T04:00:00.000Z' }),
      mql({ qualifiedAt: '2026-12-01T04:59:59.999Z' }),
      mql({ qualifiedAt: '2026-11-01T03:59:59.999Z' }),
      mql({ qualifiedAt: '2026-12-01T05:00:00.000Z' }),
      mql({ qualifiedAt: null, status: 'nurture' }),
    ]);
    expect(volume).toEqual({ mqls: 2, target: 500, percent: 0.4 });
  });

  test('is that so far while the month runs', () => {
    expect(figures([], epochMs('2026-11-20T12:00:00Z')).complete).toBe(false);
    expect(figures([], NOVEMBER.to).complete).toBe(true);
  });
});

describe('the quality', () => {
  test.each([
    { good: 95, bad: 5, band: 'green' },
    { good: 189, bad: 11, band: 'amber' },
    { good: 85, bad: 15, band: 'amber' },
    { good: 84, bad: 16, band: 'red' },
    { good: 0, bad: 1, band: 'red' },
    { good: 1, bad: 0, band: 'green' },
  ])('of $good good and $bad others is $band', ({ good, bad, band }) => {
    const leads = [...many(good), ...many(bad, failing('persona'))];
    expect(figures(leads).quality).toMatchObject({ band, good, checked: good + bad });
  });

  test('does not take for good what was not checked', () => {
    const { quality } = figures([...many(3), ...many(1, failing('icp_fit')), ...many(6, { gate: null })]);
    expect(quality).toMatchObject({ mqls: 10, checked: 4, good: 3, notChecked: 6, percent: 75, band: 'red' });
  });

  test('is none where nothing was checked', () => {
    expect(figures(many(4, { gate: null })).quality).toMatchObject({
      percent: null,
      band: null,
      notChecked: 4,
    });
  });

  test('is told by source, most MQLs first, and adds up', () => {
    const { bySource, quality } = figures([
      ...many(1, { source: 'webinar_attendee', ...failing('persona') }),
      ...many(3),
      ...many(1, { source: 'case_study', gate: null, status: 'rejected' }),
    ]);
    expect(bySource).toMatchObject([
      { source: 'demo_request', mqls: 3, band: 'green', notChecked: 0, rejected: 0 },
      { source: 'case_study', mqls: 1, band: null, notChecked: 1, rejected: 1 },
      { source: 'webinar_attendee', mqls: 1, band: 'red', notChecked: 0, rejected: 0 },
    ]);
    expect(quality).toMatchObject({ mqls: 5, checked: 4, good: 3, notChecked: 1, rejected: 1 });
  });

  test('counts what fails, a criterion once per lead', () => {
    const leads = [mql(failing('persona', 'icp_fit', 'persona')), mql(failing('persona')), mql()];
    expect(figures(leads).failing).toEqual([
      { criterion: 'persona', mqls: 2 },
      { criterion: 'icp_fit', mqls: 1 },
    ]);
  });
});

describe('leads that were held', () => {
  const held = (heldAt: string, completedAt: string | null, status: MarketingLead['status'] = 'assigned') =>
    mql({ qualifiedAt: completedAt, status, gate: { ...CHECKED, heldAt, completedAt } });

  test('are those held in the month; how long, of those that are over', () => {
    const leads = [
      held('2026-11-02T10:00:00.000Z', '2026-11-02T11:00:00.000Z'),
      held('2026-11-03T10:00:00.000Z', '2026-11-03T13:00:00.000Z'),
      held('2026-11-04T10:00:00.000Z', null, 'held'),
      held('2026-10-04T10:00:00.000Z', '2026-11-04T10:00:00.000Z'),
    ];
    expect(figures(leads).held).toEqual({
      leads: 3,
      stillHeld: 1,
      medianMs: 2 * 3_600_000,
      longestMs: 3 * 3_600_000,
    });
  });

  test('an end before the hold belongs to an earlier one', () => {
    const again = held('2026-11-04T10:00:00.000Z', '2026-11-01T10:00:00.000Z', 'held');
    expect(figures([again]).held).toEqual({ leads: 1, stillHeld: 1, medianMs: null, longestMs: null });
  });

  test('the middle one of three is the median', () => {
    const leads = ['11', '15', '12'].map((hour) =>
      held('2026-11-02T10:00:00.000Z', `2026-11-02T${hour}:00:00.000Z`),
    );
    expect(figures(leads).held.medianMs).toBe(2 * 3_600_000);
  });
});

describe('the commitments of Marketing', () => {
  const clock = (commitment: string, status: string, ...verdicts: ('met' | 'missed')[]) => ({
    commitment,
    status,
    startedAt: '2026-11-10T15:00:00.000Z',
    verdicts: verdicts.map((verdict) => ({ verdict })),
  });

  test('count the last verdict of each clock that started in the month, also of leads that are no MQLs', () => {
    const clocks = [
      clock('marketing.score', 'met', 'met'),
      clock('marketing.score', 'met', 'missed', 'met'),
      clock('marketing.score', 'escalated', 'missed'),
      clock('marketing.score', 'within_sla'),
      clock('marketing.score', 'cancelled'),
      { ...clock('marketing.score', 'met', 'met'), startedAt: '2026-10-10T15:00:00.000Z' },
      clock('marketing.enrich', 'missed', 'missed'),
      clock('mql.respond', 'missed', 'missed'),
    ];
    expect(figures([mql({ qualifiedAt: null, status: 'nurture', clocks })]).clocks).toEqual([
      { commitment: 'marketing.score', met: 2, missed: 1, running: 1, cancelled: 1, percent: (2 / 3) * 100 },
      { commitment: 'marketing.enrich', met: 0, missed: 1, running: 0, cancelled: 0, percent: 0 },
    ]);
  });

  test('have no share where no clock has a verdict', () => {
    expect(figures([]).clocks.map(({ percent }) => percent)).toEqual([null, null]);
  });
});
