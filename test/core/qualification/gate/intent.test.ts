import { band, signalTypes } from '../../../../core/qualification/gate/intent.ts';
import { iso } from '../../../../core/time.ts';
import { defaultPolicy } from '../facts.ts';
import { day, intentOf, lines, signal } from './signals.ts';

describe('the rows of appendix B', () => {
  test.each([
    ['a demo request', ['demo_request'], 'demo_request 40'],
    ['a trial request', ['free_trial'], 'free_trial 40'],
    ['a pricing visit with the form sent', ['pricing_inquiry'], 'pricing_inquiry 35'],
    ['the ROI calculator', ['roi_calculator'], 'roi_calculator 30'],
    ['contact sales', ['contact_sales'], 'contact_sales 40'],
    ['a competitor comparison', ['competitor_comparison'], 'competitor_comparison 25'],
    ['a live webinar', ['webinar_attendee'], 'webinar_attendee 15'],
    ['a case study', ['case_study'], 'case_study 15'],
    ['three e-mail clicks', ['email_click', 'email_click', 'email_click'], 'email_clicks 15'],
    ['several product pages', ['product_page', 'product_page'], 'product_pages 10'],
    ['a blog visit', ['blog_visit'], 'awareness 5'],
    ['a newsletter opened', ['newsletter_open'], 'awareness 5'],
    ['a generic paper', ['content_download'], 'awareness 5'],
    ['a social follow', ['social_follow'], 'awareness 5'],
    ['a recorded webinar, which is not a live one', ['webinar_recording'], 'awareness 5'],
    ['an unsubscription', ['unsubscribe'], 'unsubscribe -50'],
  ])('%s', async (_, types, line) => {
    const signals = types.map((type, i) => signal(type, i / 1000, { session: 'visit-1' }));
    const intent = await intentOf(signals, 1);
    expect(lines(intent)).toEqual([line]);
    expect(intent.total).toBe(Number(line.split(' ')[1]));
  });
});

describe('what signal rules see', () => {
  const page = (type: string, minutes: number, session?: string) =>
    signal(type, minutes / 1440, session === undefined ? {} : { session });

  test.each([
    [
      'the pricing page and two more',
      [page('pricing_page', 0, 'a'), page('other_page', 1, 'a'), page('product_page', 2, 'a')],
      ['pricing_session 40'],
    ],
    [
      'the pricing page last',
      [page('other_page', 0, 'a'), page('blog_visit', 1, 'a'), page('pricing_page', 2, 'a')],
      ['awareness 5', 'pricing_session 40'],
    ],
    ['the pricing page and one more', [page('pricing_page', 0, 'a'), page('other_page', 1, 'a')], []],
    [
      'pages of two sessions, which are a repeated visit',
      [page('pricing_page', 0, 'a'), page('other_page', 1, 'a'), page('other_page', 2, 'b')],
      ['repeated_visits 40'],
    ],
    ['pages without a session', [page('pricing_page', 0), page('other_page', 1), page('other_page', 2)], []],
    [
      'one visit of many pages',
      [page('other_page', 0, 'a'), page('other_page', 1, 'a'), page('visit', 2, 'a')],
      [],
    ],
    ['two visits told without a session', [page('visit', 0), page('visit', 600)], ['repeated_visits 40']],
    [
      'two product pages of two sessions',
      [page('product_page', 0, 'a'), page('product_page', 9, 'b')],
      ['repeated_visits 40'],
    ],
  ])('%s', async (_, signals, expected) => {
    expect(lines(await intentOf(signals, 1))).toEqual(expected);
  });

  test.each([
    ['visits', ['visit', 'visit'], 13.99, ['repeated_visits 40']],
    ['visits', ['visit', 'visit'], 14, []],
    ['clicks', ['email_click', 'email_click', 'email_click'], 6.99, ['email_clicks 15']],
    ['clicks', ['email_click', 'email_click', 'email_click'], 7, []],
    [
      'content, opening and click',
      ['content_download', 'email_open', 'email_click'],
      6.99,
      ['awareness 5', 'content_then_mail 15'],
    ],
    ['content, opening and click', ['content_download', 'email_open', 'email_click'], 7, ['awareness 5']],
    [
      'click, opening and content',
      ['email_click', 'email_open', 'content_download'],
      6.99,
      ['awareness 5', 'content_then_mail 15'],
    ],
  ])('%s: %j within %d days', async (_, types, days, expected) => {
    const signals = types.map((type, i) => signal(type, i === types.length - 1 ? days : 0));
    const found = lines(await intentOf(signals, 20));
    expect(found.sort()).toEqual(expected);
  });

  test('a rule counts at the instant at which it is complete', async () => {
    const clicks = [0, 2, 5].map((days) => signal('email_click', days));
    expect((await intentOf(clicks, 4.9)).contributions).toEqual([]);
    expect((await intentOf(clicks, 5)).contributions).toEqual([
      { what: 'email_clicks', points: 15, because: 'Three e-mail clicks in 7 days', at: iso(day(5)) },
    ]);
  });
});

describe('how often an act counts', () => {
  test.each([
    ['demo requests of a month', 'demo_request', [0, 1, 29.9], 1],
    ['a demo request 30 days later', 'demo_request', [0, 30], 2],
    ['case studies of a day', 'case_study', [0, 0.5], 1],
    ['case studies of three days', 'case_study', [0, 1, 2], 3],
    ['blog visits of a week', 'blog_visit', [0, 2, 4, 6], 1],
    ['blog visits of two weeks', 'blog_visit', [0, 3, 7, 10], 2],
    ['six clicks of a week', 'email_click', [0, 1, 2, 3, 4, 5], 1],
    ['six clicks of two weeks', 'email_click', [0, 1, 2, 7, 8, 9], 2],
    ['five clicks of two weeks', 'email_click', [0, 1, 2, 7, 8], 1],
    ['visits of a month', 'visit', [0, 9, 18, 27], 1],
    ['visits of two months', 'visit', [0, 9, 30, 39], 2],
    ['a call and a chat on it', 'inbound_chat', [0, 0.1], 1],
  ])('%s', async (_, type, days, times) => {
    const { contributions } = await intentOf(
      days.map((at) => signal(type, at)),
      40,
    );
    expect(contributions.filter(({ points }) => points > 0)).toHaveLength(times);
  });

  test('without a time each signal counts, and each session of a rule over sessions', async () => {
    const signals = [
      ...[0, 0, 0.1].map((at) => signal('case_study', at)),
      ...[0, 0.01, 0.02].map((at) => signal('product_page', at, { session: 'a' })),
      ...[0.1, 0.11].map((at) => signal('product_page', at, { session: 'b' })),
    ];
    const always = await intentOf(signals, 1, ({ scoring }) => {
      for (const act of scoring.acts) delete act.again;
    });
    expect(lines(always).filter((line) => line.startsWith('case_study'))).toHaveLength(3);
    expect(lines(always).filter((line) => line.startsWith('product_pages'))).toHaveLength(2);
  });

  test('a page seen earlier in a later visit does not take that visit away', async () => {
    const product = (at: number, session: string) => signal('product_page', at, { session });
    const visits = [product(0, 'a'), product(0.1, 'a'), product(1, 'b'), product(1.1, 'b')];
    const products = async (signals: typeof visits) =>
      lines(await intentOf(signals, 2)).filter((line) => line === 'product_pages 10');
    expect(await products(visits)).toHaveLength(2);
    expect(await products([...visits, product(0.9, 'b')])).toHaveLength(2);
  });

  test('what is told of a session and seen in it is one act', async () => {
    const types = ['product_page', 'product_page', 'product_pages'];
    const signals = types.map((type, i) => signal(type, i, { session: 'a' }));
    const always = await intentOf(signals, 3, ({ scoring }) => {
      for (const act of scoring.acts) delete act.again;
    });
    expect(lines(always)).toEqual(['product_pages 10']);
  });

  test('what is told as three clicks and seen as three clicks is one act', async () => {
    const signals = [0, 1, 2].map((at) => signal('email_click', at));
    expect(lines(await intentOf([...signals, signal('email_clicks', 2)], 3))).toEqual(['email_clicks 15']);
  });

  test('the first points of an act say of which signal they are', async () => {
    const { contributions } = await intentOf([signal('blog_visit')]);
    expect(contributions[0]?.because).toBe(
      'Awareness act (blog, newsletter, generic paper, social): Blog visited',
    );
  });
});

describe('decay', () => {
  const demo = signal('demo_request');
  test.each([
    [29.99, []],
    [30, ['inactive_30_days -10']],
    [59.99, ['inactive_30_days -10']],
    [60, ['inactive_60_days -20']],
    [400, ['inactive_60_days -20']],
  ])('after %d days', async (days, expected) => {
    expect(lines(await intentOf([demo], days))).toEqual(['demo_request 40', ...expected]);
  });

  test('a policy may take both off', async () => {
    const intent = await intentOf([demo], 60, (policy) => (policy.scoring.inactivity = 'sum'));
    expect(lines(intent)).toEqual(['demo_request 40', 'inactive_30_days -10', 'inactive_60_days -20']);
    expect(intent.total).toBe(10);
  });

  test('says since when nothing was done and from when the points are off', async () => {
    const { contributions, lastActivityAt } = await intentOf([demo], 45);
    expect(lastActivityAt).toBe(iso(day(0)));
    expect(contributions[1]).toEqual({
      what: 'inactive_30_days',
      points: -10,
      because: 'No activity for 30 days (the last was on 2026-09-01)',
      at: iso(day(30)),
    });
  });

  test('any activity ends it, also one without points', async () => {
    expect((await intentOf([demo, signal('email_open', 50)], 61)).total).toBe(40);
  });

  test('an unsubscription is no activity', async () => {
    const intent = await intentOf([demo, signal('unsubscribe', 50)], 61);
    expect(lines(intent)).toEqual(['demo_request 40', 'inactive_60_days -20', 'unsubscribe -50']);
    expect(intent).toMatchObject({ total: -30, unsubscribed: true, lastActivityAt: iso(day(0)) });
  });

  test('takes off no more than was given', async () => {
    expect(lines(await intentOf([signal('blog_visit')], 90))).toEqual(['awareness 5', 'inactive_60_days -5']);
    expect(lines(await intentOf([signal('email_open')], 90))).toEqual([]);
  });

  test('without any signal there is nothing to take off', async () => {
    expect(await intentOf([], 90)).toEqual({
      total: 0,
      contributions: [],
      acts: { tier1: [], tier2: [] },
      proven: false,
      lastActivityAt: null,
      unsubscribed: false,
    });
  });
});

test('who unsubscribes twice is charged once', async () => {
  expect((await intentOf([signal('unsubscribe'), signal('unsubscribe', 3)], 4)).total).toBe(-50);
});

describe('intent is proven', () => {
  test.each<[string, string[], boolean]>([
    ['by a demo request', ['demo_request'], true],
    ['by a trial', ['free_trial'], true],
    ['by the pricing form', ['pricing_inquiry'], true],
    ['by contact sales', ['contact_sales'], true],
    ['by a call', ['inbound_call'], true],
    ['by a chat', ['inbound_chat'], true],
    ['by repeated visits', ['visit', 'visit'], true],
    ['by a pricing page and two more', ['pricing_page', 'other_page', 'other_page'], true],
    ['by webinar, case study and ROI calculator', ['webinar_attendee', 'case_study', 'roi_calculator'], true],
    [
      'by webinar, case study and three clicks',
      ['webinar_attendee', 'case_study', 'email_click', 'email_click', 'email_click'],
      true,
    ],
    [
      'by webinar, case study and content with mail',
      ['webinar_attendee', 'case_study', 'content_download', 'email_open', 'email_click'],
      true,
    ],
    ['not by two acts of tier 2', ['webinar_attendee', 'case_study'], false],
    ['not by one act of tier 2 done thrice on a day', ['case_study', 'case_study', 'case_study'], false],
    [
      'not by points: comparison and awareness',
      ['competitor_comparison', 'blog_visit', 'social_follow'],
      false,
    ],
    ['not by nothing', [], false],
  ])('%s', async (_, types, proven) => {
    const session = types.includes('pricing_page') ? { session: 'a' } : {};
    const signals = types.map((type, i) => signal(type, i / 100, session));
    expect((await intentOf(signals, 1)).proven).toBe(proven);
  });

  test('and the acts that prove it are named with their instants', async () => {
    const { acts } = await intentOf([signal('webinar_attendee', 2), signal('demo_request', 1)], 3);
    expect(acts).toEqual({
      tier1: [{ act: 'demo_request', title: 'Demo request', at: iso(day(1)) }],
      tier2: [{ act: 'webinar_attendee', title: 'Webinar attended live', at: iso(day(2)) }],
    });
  });
});

describe('signals that do not count', () => {
  test('are those after now, also for activity', async () => {
    const intent = await intentOf([signal('demo_request', 1), signal('unsubscribe', 2)], 0.99);
    expect(intent).toMatchObject({ total: 0, lastActivityAt: null, unsubscribed: false });
  });

  test('are those of a type that the policy does not know', async () => {
    expect(await intentOf([signal('billboard')], 1)).toMatchObject({ total: 0, lastActivityAt: null });
  });

  test('are those with an id that was seen; the earlier one stays', async () => {
    const twice = [signal('demo_request', 2, { id: 'x' }), signal('case_study', 1, { id: 'x' })];
    expect(lines(await intentOf(twice, 3))).toEqual(['case_study 15']);
  });
});

test('the known types are acts, sources, raw signals and acts against, without the rows of inactivity', async () => {
  const types = signalTypes(await defaultPolicy());
  expect(types).toEqual(
    expect.arrayContaining(['demo_request', 'partner_referral', 'email_open', 'unsubscribe', 'email_clicks']),
  );
  expect(types).not.toContain('inactive_30_days');
});

describe('the band', () => {
  test.each([
    [-50, 'below'],
    [39.9, 'below'],
    [40, 'review'],
    [59.9, 'review'],
    [60, 'mql'],
    [270, 'mql'],
  ])('of %d points is %s', async (total, expected) => {
    expect(band(await defaultPolicy(), total)).toBe(expected);
  });

  test('leaves out what lies between review and MQL in the policy', async () => {
    const policy = structuredClone(await defaultPolicy());
    policy.scoring.review.below = 50;
    expect(band(policy, 55)).toBe('below');
  });
});
