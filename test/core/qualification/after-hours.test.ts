import { SATURDAY, qualified } from './facts.ts';

/** Monday after the Saturday, 08:00 in New York. */
const MONDAY = '2026-11-23T13:00:00.000Z';

describe('a lead outside business hours', () => {
  test.each([
    ['a demo request', 'demo_request', undefined],
    ['a pricing inquiry', 'pricing_inquiry', undefined],
    ['a score of 75', 'newsletter_signup', 75],
  ])('%s goes to somebody on call, with one hour around the clock', async (_, source, score) => {
    expect(await qualified(source, { score, qualifiedAt: SATURDAY })).toMatchObject({
      afterHours: 'on_call',
      target: 'PT1H',
      targetFrom: 'after hours on call',
      calendar: { id: 'around_the_clock', timeZone: 'America/New_York', holidays: null },
      startedAt: SATURDAY,
      countsFrom: SATURDAY,
      dueAt: '2026-11-21T16:00:00.000Z',
    });
  });

  test.each([
    [
      'tier 1: 30 minutes from the opening',
      'contact_sales',
      'PT30M',
      'after hours tier 1',
      '2026-11-23T13:30:00.000Z',
    ],
    ['tier 2: by 10:00', 'webinar_attendee', 'PT2H', 'after hours tier 2', '2026-11-23T15:00:00.000Z'],
    [
      'tier 3: 24 business hours from the opening',
      'content_download',
      'PT24H',
      'after hours tier 3',
      '2026-11-25T17:00:00.000Z',
    ],
  ])('%s', async (_, source, target, targetFrom, dueAt) => {
    expect(await qualified(source, { qualifiedAt: SATURDAY, score: 74 })).toMatchObject({
      afterHours: 'acknowledged',
      target,
      targetFrom,
      calendar: { id: 'business' },
      startedAt: SATURDAY,
      countsFrom: MONDAY,
      dueAt,
      notBefore: null,
    });
  });

  test('a lead within hours is neither, and one second before closing still is within', async () => {
    const lead = await qualified('contact_sales', { qualifiedAt: '2026-11-20T22:59:59.000Z' });
    expect(lead).toMatchObject({ afterHours: null, target: 'PT5M', dueAt: '2026-11-23T13:04:59.000Z' });
  });

  test('at closing time the day is over', async () => {
    const lead = await qualified('contact_sales', { qualifiedAt: '2026-11-20T23:00:00.000Z' });
    expect(lead).toMatchObject({ afterHours: 'acknowledged', countsFrom: MONDAY });
  });

  test('a holiday of the region is outside hours', async () => {
    // Patriots' Day, third Monday in April: Massachusetts, not New York.
    const qualifiedAt = '2026-04-20T15:00:00.000Z';
    const inMassachusetts = await qualified('contact_sales', {
      qualifiedAt,
      contact: { country: 'US', region: 'MA' },
    });
    const inNewYork = await qualified('contact_sales', {
      qualifiedAt,
      contact: { country: 'US', region: 'NY' },
    });
    expect([inMassachusetts.afterHours, inNewYork.afterHours]).toEqual(['acknowledged', null]);
  });
});
