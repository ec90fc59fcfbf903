import { said } from '../support/inquiry.ts';
import { Story } from '../support/story.ts';

describe('two inquiries of the review band, on a Saturday afternoon', () => {
  let story: Story;
  let accepted: string;
  let left: string;
  beforeAll(async () => {
    story = await Story.begin('2026-11-21T15:00:00-05:00');
    const signals = [{ id: 'blog', type: 'blog_visit', at: await story.now() }];
    const first = await story.inquiry({ signals });
    expect(said(first.body)).toEqual(['nurture', 'review', null, 50]);
    accepted = first.body.inquiryId;
    left = (await story.inquiry({ company: { name: 'Left Behind', employees: 300 } })).body.inquiryId;
    await story.until('2026-11-23T08:01:00-05:00');
  });
  afterAll(async () => {
    await story.end();
  });

  test('the SDR manager is told on Monday at the opening, and nothing else has happened', async () => {
    expect((await story.mails()).toSorted()).toEqual([
      'Mon 08:00:00 mona: For you to decide: Analytical Engines (50 of 60 points)',
      'Mon 08:00:00 mona: For you to decide: Left Behind (45 of 60 points)',
    ]);
    expect(await story.executions()).toEqual([]);
  });

  test('an SDR has no say in it', async () => {
    const answer = await story.review(accepted, 'accept', 'sam');
    expect([answer.status, answer.body]).toMatchObject([422, { detail: 'sam is not a manager.' }]);
  });

  test('accepted, it is an MQL in spite of its score, and its clock starts then', async () => {
    const { status, body } = await story.review(accepted, 'accept');
    expect([status, body.status]).toEqual([200, 'unassigned']);
    await story.pass('PT1M');
    const lead = await story.lead(accepted);
    expect(lead).toMatchObject({
      status: 'assigned',
      qualifiedAt: '2026-11-23T13:01:00.000Z',
      gate: { review: { state: 'accepted', by: 'mona' } },
    });
    // Neither half of Marketing's was late: nothing was missing, and its acts never were enough.
    expect(lead.clocks.map(({ commitment, target }) => [commitment, target])).toEqual([
      ['mql.respond', 'PT24H'],
      ['mql.route', 'PT15M'],
      ['marketing.notify', 'PT5M'],
      ['sal.review', 'PT2H'],
      ['sal.decide', 'PT4H'],
      // Until the close of the day.
      ['sequence.enroll', 'PT9H59M'],
    ]);
    const qualified = (await story.timeline(accepted)).find(({ what }) => what === 'lead_qualified');
    expect(qualified?.why).toMatch(/^An MQL, accepted from the review band: 50 points where 60 are needed/);
  });

  test('left, it stays, and is not offered again as long as it does not leave the band', async () => {
    const { body } = await story.review(left, 'leave');
    expect(said(body)).toEqual(['nurture', 'review', null, 45]);
    const again = await story.review(left, 'accept');
    expect([again.status, again.body]).toMatchObject([
      409,
      { detail: expect.stringMatching(/^No offer waits for an answer/) as unknown },
    ]);
    const mails = (await story.mail()).length;
    expect(said((await story.signals(left, 'blog_visit')).body)).toEqual(['nurture', 'review', null, 50]);
    await story.pass('PT1H');
    expect((await story.mail()).length).toBe(mails);
    expect(await story.lead(left)).toMatchObject({ status: 'nurture', clocks: [], owner: null });
  });

  test('left, it needs nobody’s consent once its acts are enough', async () => {
    expect((await story.signals(left, 'demo_request')).body.status).toBe('unassigned');
  });
});
