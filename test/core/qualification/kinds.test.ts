import { UnknownSource } from '../../../core/qualification/index.ts';
import { qualified } from './facts.ts';

describe('the target of each source, for a company of unknown size', () => {
  test.each([
    ['demo_request', 'PT5M', 'source demo_request'],
    ['pricing_inquiry', 'PT5M', 'source pricing_inquiry'],
    ['contact_sales', 'PT5M', 'source contact_sales'],
    ['inbound_call', 'PT1M', 'source inbound_call'],
    // Its own row gives ten minutes; as an act of tier 1 it is owed five.
    ['free_trial', 'PT5M', 'tier 1'],
    ['review_site_intent', 'PT15M', 'source review_site_intent'],
    ['partner_referral', 'PT15M', 'source partner_referral'],
    ['outbound_reply', 'PT30M', 'source outbound_reply'],
    ['webinar_attendee', 'PT2H', 'source webinar_attendee'],
    ['content_download', 'PT24H', 'source content_download'],
    ['case_study', 'PT24H', 'source case_study'],
    ['roi_calculator', 'PT24H', 'source roi_calculator'],
    // Its own row gives 48 hours; tier 3 is stricter.
    ['newsletter_signup', 'PT24H', 'tier 3'],
  ])('%s: %s from %s', async (source, target, targetFrom) => {
    expect(await qualified(source)).toMatchObject({ target, targetFrom });
  });

  test('a source that the policy does not have is refused and the known ones are named', async () => {
    await expect(qualified('billboard')).rejects.toThrow(UnknownSource);
    await expect(qualified('billboard')).rejects.toThrow(
      /no source billboard; it has demo_request, pricing_inquiry/,
    );
  });
});

describe('the segment', () => {
  test.each([
    [{ employees: 1000 }, 'enterprise'],
    [{ employees: 999 }, 'mid_market'],
    [{ employees: 100 }, 'mid_market'],
    [{ employees: 99 }, 'smb'],
    [{ employees: 0 }, 'smb'],
    [{ annualRevenueUsd: 1e9 }, 'enterprise'],
    [{ annualRevenueUsd: 999_999_999.5 }, 'mid_market'],
    [{ annualRevenueUsd: 50e6 }, 'mid_market'],
    [{ annualRevenueUsd: 49e6 }, 'smb'],
    // The larger of the two counts.
    [{ employees: 20, annualRevenueUsd: 2e9 }, 'enterprise'],
    [{ employees: 2000, annualRevenueUsd: 1e6 }, 'enterprise'],
    [{}, null],
  ])('of %j is %s', async (company, segment) => {
    expect((await qualified('content_download', { company })).segment).toBe(segment);
  });

  test.each([
    ['enterprise, any high intent', 2000, 'review_site_intent', 'PT5M', 'segment enterprise'],
    ['enterprise, medium intent', 2000, 'content_download', 'PT24H', 'source content_download'],
    ['mid-market, demo', 500, 'demo_request', 'PT5M', 'source demo_request'],
    ['mid-market, otherwise', 500, 'webinar_attendee', 'PT1H', 'segment mid_market'],
    ['smb, otherwise', 50, 'content_download', 'PT4H', 'segment smb'],
  ])('%s', async (_, employees, source, target, targetFrom) => {
    expect(await qualified(source, { company: { employees } })).toMatchObject({ target, targetFrom });
  });

  test('smb gives demos 15 minutes, but the source is stricter and names itself', async () => {
    expect(await qualified('demo_request', { company: { employees: 50 } })).toMatchObject({
      segment: 'smb',
      target: 'PT5M',
      targetFrom: 'source demo_request',
    });
  });
});

describe('the tier', () => {
  test.each([
    ['demo_request', 1],
    ['pricing_inquiry', 1],
    ['contact_sales', 1],
    ['free_trial', 1],
    ['inbound_call', 1],
    ['review_site_intent', 2],
    ['partner_referral', 2],
    ['outbound_reply', 2],
    ['webinar_attendee', 2],
    ['content_download', 3],
    ['newsletter_signup', 3],
  ])('of %s is %i', async (source, tier) => {
    expect((await qualified(source)).tier).toBe(tier);
  });

  const signals = (...types: string[]) => types.map((type) => ({ type, at: '2026-11-19T15:00:00.000Z' }));

  test('one act of high intent makes a content download tier 1, with five minutes', async () => {
    const lead = await qualified('content_download', { signals: signals('pricing_inquiry') });
    expect(lead).toMatchObject({ tier: 1, target: 'PT5M', targetFrom: 'tier 1' });
  });

  test('three acts of tier 2 make tier 2, with two hours; two do not', async () => {
    const three = await qualified('newsletter_signup', {
      signals: signals('webinar_attendee', 'case_study', 'case_study'),
    });
    expect(three).toMatchObject({ tier: 2, target: 'PT2H', targetFrom: 'tier 2' });
    const two = await qualified('newsletter_signup', { signals: signals('webinar_attendee', 'case_study') });
    expect(two).toMatchObject({ tier: 3, target: 'PT24H' });
  });
});

describe('the priority', () => {
  test.each([
    ['demo_request', undefined, 'hot'],
    ['inbound_call', undefined, 'hot'],
    ['outbound_reply', undefined, 'high'],
    ['webinar_attendee', undefined, 'standard'],
    ['content_download', undefined, 'low'],
    ['newsletter_signup', 65, 'low'],
    ['newsletter_signup', 66, 'high'],
  ])('of %s with score %s is %s', async (source, score, priority) => {
    expect((await qualified(source, { score })).priority).toBe(priority);
  });

  test('a score above 65 gives 30 minutes, whatever the source', async () => {
    expect(await qualified('newsletter_signup', { score: 66 })).toMatchObject({
      target: 'PT30M',
      targetFrom: 'priority high',
    });
  });
});
