import { planOf } from '../../../core/cadence/plan.ts';
import type { World } from '../../../core/ladder/tell.ts';
import type { LeadFacts } from '../../../core/model/lead.ts';
import { iso } from '../../../core/time.ts';
import { later } from '../../support/world.ts';
import { cadenceAt, leadOf, OF_TIER } from './world.ts';

const MON = '2026-10-05T09:00:00-04:00';
let world: World;
beforeAll(async () => {
  world = await cadenceAt(MON);
});

/** `1 phone 2026-…Z` of each touch. */
function plan(change: Partial<LeadFacts>, at = MON): string[] {
  const then = later(world, at);
  return planOf(then, leadOf(then, at, change)).map(
    ({ touch, channel, dueAt }) => `${touch} ${channel} ${iso(dueAt)}`,
  );
}

// Monday 5 to Friday 23 October; Columbus Day, the 12th, is a holiday in Massachusetts. 18:00 in New York is 22:00 UTC.
const CLOSE: Readonly<Record<number, string>> = {
  1: '2026-10-05T22:00:00.000Z',
  2: '2026-10-06T22:00:00.000Z',
  3: '2026-10-07T22:00:00.000Z',
  5: '2026-10-09T22:00:00.000Z',
  7: '2026-10-14T22:00:00.000Z',
  9: '2026-10-16T22:00:00.000Z',
  14: '2026-10-23T22:00:00.000Z',
};
const TABLE = [
  [1, 1, 'phone', [1, 2, 3]],
  [2, 1, 'email', [1, 2, 3]],
  [3, 2, 'linkedin', [1, 2]],
  [4, 3, 'phone', [1, 2, 3]],
  [5, 5, 'email', [1, 2, 3]],
  [6, 7, 'phone', [1, 2]],
  [7, 9, 'email', [1, 2]],
  [8, 14, 'email', [1]],
] as const;

describe('each touch of the table, due at the close of its business day', () => {
  const cases = TABLE.flatMap(([touch, day, channel, tiers]) =>
    ([1, 2, 3] as const).map((tier) => ({
      touch,
      day,
      channel,
      tier,
      has: tiers.some((one) => one === tier),
    })),
  );
  test.each(cases)(
    'tier $tier, touch $touch, day $day, $channel: $has',
    ({ touch, day, channel, tier, has }) => {
      const found = planOf(world, leadOf(world, MON, OF_TIER[tier])).find((one) => one.touch === touch);
      expect(found !== undefined).toBe(has);
      if (!has) return;
      expect(found).toMatchObject({ channel, day });
      // The touch at once is the response; of tier 3 it may wait until day 3, and touch 2 follows it.
      const responseDay = tier === 3 ? 3 : 1;
      if (touch !== 1) expect(iso(found?.dueAt ?? 0)).toBe(CLOSE[Math.max(day, responseDay)]);
    },
  );

  test.each([
    [1, '2026-10-05T13:01:00.000Z'],
    [2, '2026-10-05T13:15:00.000Z'],
    [3, '2026-10-07T17:00:00.000Z'],
  ] as const)('touch 1 of tier %i is the response itself, due %s', (tier, dueAt) => {
    expect(plan(OF_TIER[tier])).toContain(`1 phone ${dueAt}`);
  });
});

describe('a source with a pace of its own: the stricter of two rows holds', () => {
  const days = (change: Partial<LeadFacts>): number[] =>
    planOf(world, leadOf(world, MON, { company: { name: 'Example' }, ...change })).map(({ day }) => day);

  test.each([
    ['demo_request', [1, 1, 1, 2, 2, 2, 9, 14]],
    ['pricing_inquiry', [1, 1, 1, 2, 2, 2, 9, 14]],
    ['contact_sales', [1, 1, 1, 2, 2, 2, 9, 14]],
    ['free_trial', [1, 1, 2, 3, 4, 5, 6, 7]],
    ['inbound_call', [1, 1, 2, 3, 5, 7, 9, 14]],
    ['review_site_intent', [1, 1, 2, 3, 3, 7, 9]],
    ['outbound_reply', [1, 1, 2, 3, 3, 7, 9]],
    ['webinar_attendee', [1, 1, 2, 3, 5, 7, 9]],
    // The table has four touches for tier 3 and the tier asks for five attempts in fourteen days.
    ['content_download', [1, 1, 3, 5, 14]],
    ['newsletter_signup', [1, 1, 3, 5, 14]],
  ])('%s', (source, expected) => {
    expect(days({ source })).toEqual(expected);
  });

  test('says by which row a touch is due', () => {
    const found = planOf(world, leadOf(world, MON, { source: 'demo_request', company: { name: 'Example' } }));
    expect(found.map(({ touch, from }) => `${touch} ${from}`)).toEqual([
      ...['1 tier 1', '2 tier 1', '3 source demo_request', '4 source demo_request', '5 source demo_request'],
      ...['6 source demo_request', '7 tier 1', '8 tier 1'],
    ]);
  });
});

describe('a segment that asks for more attempts than the table has touches', () => {
  test('gets further ones over the days that are left', () => {
    const enterprise = planOf(
      world,
      leadOf(world, MON, { ...OF_TIER[3], company: { name: 'E', employees: 2000 } }),
    );
    expect(enterprise.map(({ day, channel }) => `${day} ${channel}`)).toEqual([
      ...['1 phone', '1 email', '3 phone', '5 email'],
      ...['7 phone', '8 email', '10 phone', '11 email', '13 phone', '14 email'],
    ]);
    expect(enterprise.slice(4).map(({ touch, from }) => `${touch} ${from}`)).toEqual(
      [9, 10, 11, 12, 13, 14].map((touch) => `${touch} segment enterprise`),
    );
  });
});

describe('days are business days on the calendar of the lead', () => {
  test('after the close on a Friday, day 1 is Monday', () => {
    const friday = '2026-10-16T19:30:00-04:00';
    expect(plan(OF_TIER[1], friday).slice(0, 3)).toEqual([
      '1 phone 2026-10-19T12:30:00.000Z',
      '2 email 2026-10-19T22:00:00.000Z',
      '3 linkedin 2026-10-20T22:00:00.000Z',
    ]);
  });

  test('on a Friday evening before the close, day 1 is that Friday and day 2 is Monday', () => {
    expect(plan(OF_TIER[1], '2026-10-16T17:30:00-04:00').slice(0, 3)).toEqual([
      '1 phone 2026-10-16T21:31:00.000Z',
      '2 email 2026-10-16T22:00:00.000Z',
      '3 linkedin 2026-10-19T22:00:00.000Z',
    ]);
  });

  test('no touch is due before the day of the response is over', () => {
    // Fifteen business minutes from 17:50 end on Monday morning.
    expect(plan(OF_TIER[2], '2026-10-16T17:50:00-04:00').slice(0, 3)).toEqual([
      '1 phone 2026-10-19T12:05:00.000Z',
      '2 email 2026-10-19T22:00:00.000Z',
      '3 linkedin 2026-10-19T22:00:00.000Z',
    ]);
  });

  test('a holiday is no day of the cadence', () => {
    // The day after Friday the 9th is Tuesday the 13th.
    expect(plan(OF_TIER[1], '2026-10-09T09:00:00-04:00')[2]).toBe('3 linkedin 2026-10-13T22:00:00.000Z');
  });

  test('a clock change moves no touch from the close of its day', () => {
    // Clocks go back on 1 November in New York: 18:00 is 22:00 UTC before and 23:00 after.
    expect(plan(OF_TIER[1], '2026-10-30T09:00:00-04:00').slice(1, 4)).toEqual([
      '2 email 2026-10-30T22:00:00.000Z',
      '3 linkedin 2026-11-02T23:00:00.000Z',
      '4 phone 2026-11-03T23:00:00.000Z',
    ]);
  });
});
