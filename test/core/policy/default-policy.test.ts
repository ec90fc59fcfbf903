import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { checkPolicy } from '../../../core/policy/check.ts';
import { loadPolicy } from '../../../lib/policy/load.ts';

let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await loadPolicy('policy/default.yaml');
});

const commitment = (id: string) => policy.commitments.find((row) => row.id === id)!;

describe("the default policy holds the book's numbers", () => {
  test('nothing is wrong with it', () => {
    expect(checkPolicy(policy)).toEqual([]);
  });

  test.each([
    ['demo_request', 'high', 'PT5M', '6 touches in 48 h'],
    ['pricing_inquiry', 'high', 'PT5M', '6 touches in 48 h'],
    ['contact_sales', 'high', 'PT5M', '6 touches in 48 h'],
    ['inbound_call', 'high', 'PT1M', undefined],
    ['free_trial', 'high', 'PT10M', 'daily for 7 days'],
    ['review_site_intent', 'high', 'PT15M', '5 touches in 72 h'],
    ['partner_referral', 'high', 'PT15M', 'see partners'],
    ['outbound_reply', 'medium_high', 'PT30M', '5 touches in 72 h'],
    ['webinar_attendee', 'medium', 'PT2H', '4 touches in a week'],
    ['content_download', 'medium', 'PT24H', '3 touches in a week'],
    ['case_study', 'medium', 'PT24H', '3 touches in a week'],
    ['roi_calculator', 'medium', 'PT24H', '3 touches in a week'],
    ['newsletter_signup', 'low', 'PT48H', 'nurture'],
  ])('§3 source %s', (id, intent, target, cadence) => {
    const row = policy.sources.find((source) => source.id === id);
    expect(row).toMatchObject({ intent, target });
    expect(row?.cadence).toBe(cadence);
  });

  test.each([
    [1, 'PT5M', 'PT2H', 'PT30M', { attempts: 8, businessDays: 7 }],
    [2, 'PT2H', 'PT4H', 'PT2H', { attempts: 6, businessDays: 10 }],
    [3, 'PT24H', 'PT48H', 'PT24H', { attempts: 5, businessDays: 14 }],
  ])('§3 tier %i', (tier, target, breachThreshold, afterHours, cadence) => {
    const row = policy.tiers.find((one) => one.tier === tier);
    expect(row).toMatchObject({ target, breachThreshold, afterHours, cadence });
  });

  test.each([
    ['enterprise', 'PT1H', 'PT4H', 10, 21],
    ['mid_market', 'PT4H', 'PT8H', 7, 14],
    ['smb', 'PT24H', 'PT24H', 5, 7],
  ])(
    '§3 segment %s: response of leadership and attempts before a disposition',
    (id, from, to, attempts, days) => {
      expect(policy.segments.find((row) => row.id === id)).toMatchObject({
        leadershipResponse: { from, to },
        attemptsBeforeDisposition: { attempts, days },
      });
    },
  );

  test('§3 priorities', () => {
    expect(policy.priorities.map(({ id, target }) => [id, target])).toEqual([
      ['hot', 'PT5M'],
      ['high', 'PT30M'],
      ['standard', 'PT4H'],
      ['low', 'PT24H'],
    ]);
  });

  test('§4 hours and after hours', () => {
    const hours = [['08:00', '18:00']];
    expect(policy.calendars.find(({ id }) => id === 'business')).toMatchObject({
      weekly: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours },
      basis: 'prospect',
      publicHolidays: 'region',
    });
    expect(policy.afterHours).toMatchObject({
      onCall: { target: 'PT1H', calendar: 'around_the_clock' },
      acknowledgeWithin: 'PT5M',
    });
  });

  test('§5 the response ladder', () => {
    const { rungs } = commitment('mql.respond');
    expect(rungs.map(({ rung, at, tell, actions }) => [rung, at, tell, actions])).toEqual([
      ['remind', { percent: 50 }, ['owner'], ['flag_at_risk']],
      ['warn', { percent: 75 }, ['owner', 'owner.manager'], ['flag_urgent']],
      [
        'breach',
        { percent: 100 },
        ['previous_owner', 'owner', 'previous_owner.manager'],
        ['log_breach', 'reassign', 'manager_task', 'breach_review'],
      ],
      ['critical', { percent: 150 }, ['role:sales_director', 'role:vp_sales'], ['process_review']],
      ['incident', { percent: 200 }, ['role:vp_sales'], ['open_incident']],
      ['backup', { afterBreach: 'PT1H' }, ['pool.backup'], ['to_backup_queue', 'escalate']],
      ['threshold', { tierThreshold: true }, ['pool.manager'], ['escalate']],
    ]);
  });

  test.each([
    ['marketing.score', 'PT4H', 'PT8H', 'role:marketing_director'],
    ['mql.route', 'PT15M', 'PT60M', 'role:revops'],
    ['sal.decide', 'PT4H', 'PT24H', 'role:sdr_manager'],
    ['contact.follow_up', 'P2D', 'P3D', 'owner.manager'],
    ['ae.decide', 'PT4H', 'PT8H', 'role:ae_manager'],
    ['ae.first_touch', 'PT24H', 'PT48H', 'role:ae_manager'],
    ['opportunity.create', 'at_once', 'P1D', 'role:ae_manager'],
  ])('§7 to §11 %s: %s, breach threshold %s, to %s', (id, target, afterStart, to) => {
    const row = commitment(id);
    expect(row.target).toBe(target);
    const threshold = row.rungs.find(({ rung }) => rung === 'threshold');
    expect(threshold).toMatchObject({ at: { afterStart } });
    expect(threshold?.tell[0]).toBe(to);
  });

  test.each([
    ['sal.accept', 'PT15M'],
    ['sal.review', 'PT2H'],
    ['activity.log', 'PT30M'],
    ['sal.resolve', 'P14D'],
    ['sql.feedback', 'P7D'],
    ['sql.introduce', 'PT2H'],
    ['ae.discovery', 'P5D'],
    ['opportunity.stage_1_age', 'P21D'],
    ['opportunity.stage_2_age', 'P30D'],
    ['opportunity.stage_3_age', 'P30D'],
    ['opportunity.stage_4_age', 'P21D'],
    ['opportunity.stage_5_age', 'P21D'],
    ['opportunity.next_step', 'PT24H'],
    ['opportunity.buyer_meeting', 'P10D'],
    ['opportunity.mutual_plan', 'P5D'],
    ['opportunity.proposal_follow_up', 'PT24H'],
    ['opportunity.check_in', 'next_business_day'],
    ['meeting.invite', 'PT1H'],
    ['meeting.notes', 'PT2H'],
    ['meeting.research', 'before:PT24H'],
    ['meeting.debrief', 'before:PT24H'],
    ['opportunity.no_next_step', 'after:P7D'],
    ['opportunity.no_activity', 'P10D'],
    ['remedy.no_next_step', 'PT24H'],
    ['remedy.no_activity', 'PT48H'],
    ['remedy.stage_age', 'PT48H'],
    ['remedy.close_date_pushed', 'PT72H'],
    ['remedy.deal_size_changed', 'PT24H'],
    ['support.critical.response', 'PT15M'],
    ['support.critical.resolution', 'PT4H'],
    ['support.high.response', 'PT1H'],
    ['support.high.resolution', 'PT8H'],
    ['support.medium.response', 'PT4H'],
    ['support.medium.resolution', 'PT24H'],
    ['support.low.response', 'PT24H'],
    ['support.low.resolution', 'PT72H'],
  ])('§8 to §16 %s: %s', (id, target) => {
    expect(commitment(id).target).toBe(target);
  });

  test('§6 scores', () => {
    expect(Object.fromEntries(policy.scoring.acts.map(({ id, points }) => [id, points]))).toEqual({
      demo_request: 40,
      free_trial: 40,
      pricing_inquiry: 35,
      roi_calculator: 30,
      contact_sales: 40,
      competitor_comparison: 25,
      webinar_attendee: 15,
      case_study: 15,
      email_clicks: 15,
      product_pages: 10,
      awareness: 5,
      // Without points in 004: those of their tier in 001.
      inbound_call: 40,
      pricing_session: 40,
      repeated_visits: 40,
      content_then_mail: 15,
      // §3 gives these a high intent, and no points: those of tier 1.
      review_site_intent: 40,
      partner_referral: 40,
      outbound_reply: 40,
    });
    expect(policy.scoring).toMatchObject({ mqlAt: 60, review: { from: 40, below: 60 } });
    expect(
      policy.scoring.decay.map(({ points, inactiveFor }) => `${points} ${inactiveFor ?? 'at once'}`),
    ).toEqual(['-10 P30D', '-20 P60D', '-50 at once']);
  });

  test('§6 windows of signals', () => {
    const asked = policy.signalRules.map(
      ({ id, all, within }) =>
        `${id}: ${all.map((one) => `${one.atLeast} ${one.act}`).join(', ')} in ${within}`,
    );
    expect(asked).toEqual([
      'email_clicks: 3 email_click in P7D',
      'product_pages: 2 product_page in session',
      'pricing_session: 1 pricing_page, 2 other_page in session',
      'repeated_visits: 2 visit in P14D',
      'content_then_mail: 1 content_download, 1 email_open, 1 email_click in P7D',
    ]);
  });

  test('§9 touches', () => {
    expect(
      policy.cadence.touches.map(({ day, channel, tiers }) => `${day} ${channel} ${tiers.join('')}`),
    ).toEqual([
      '1 phone 123',
      '1 email 123',
      '2 linkedin 12',
      '3 phone 123',
      '5 email 123',
      '7 phone 12',
      '9 email 12',
      '14 email 1',
    ]);
  });

  test('§14 green and red', () => {
    expect(Object.fromEntries(policy.metrics.map(({ id, green, red }) => [id, [green, red]]))).toEqual({
      tier_1_first_attempt: [80, 60],
      tier_2_first_attempt: [90, 75],
      live_contact: [35, 20],
      mql_to_sal: [75, 55],
      sal_to_sql: [25, 15],
      sql_accepted: [90, 75],
      sql_to_opportunity: [80, 65],
      mql_quality: [95, 85],
      any_breach: [5, 15],
      compliance: [95, 85],
      first_attempt_median: ['PT30M', 'PT2H'],
      escalations: [10, 20],
      rep_spread: [15, 30],
      days_to_disposition: [14, 21],
      early_dispositions: [5, 10],
      attempts_made: [95, 80],
    });
  });

  test('every row of a table tells where it comes from', () => {
    const tables = Object.entries(policy).filter(
      ([key]) => key !== 'breakdowns' && key !== 'chainOfCommand' && key !== 'managerRoles',
    );
    const silent = tables.flatMap(([key, table]) =>
      Array.isArray(table)
        ? table.filter((row) => typeof (row as { from?: string }).from !== 'string').map(() => key)
        : [],
    );
    expect(silent).toEqual([]);
  });

  test('every row is enforced, and each miss is found: nothing is open without a rung', () => {
    expect(policy.commitments.filter((row) => !row.enforced).map((row) => row.id)).toEqual([]);
    const silent = policy.commitments.filter(
      ({ rungs }) => !rungs.some(({ actions }) => actions.includes('log_breach')),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
    expect(policy.commitments.filter(({ machine }) => machine === 'none')).toEqual([]);
  });

  test('nobody hears twice of the same silence: what another rung tells of is only logged', () => {
    const logged = policy.commitments.flatMap(({ id, rungs }) =>
      rungs.some(({ tell }) => tell.length === 0) ? [id] : [],
    );
    expect(logged).toEqual(['sal.review', 'activity.log', 'sequence.enroll', 'cadence.touch']);
  });

  test('feedback is owed of leads that came from a partner', () => {
    const row = policy.commitments.filter(({ when }) => when !== undefined);
    expect(row.map(({ id, when }) => [id, when])).toEqual([['partner.feedback', { partners: 'any' }]]);
  });
});
