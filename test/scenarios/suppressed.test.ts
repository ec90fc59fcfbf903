import { GRACE } from '../support/inquiry.ts';
import { Story } from '../support/story.ts';

interface Refusal {
  type: string;
  title: string;
  until: string | null;
  reason: string;
}

describe('a person whose cadence was exhausted in June', () => {
  let story: Story;
  let inquiry: string;
  const contact = { ...GRACE, phone: '+1 617 555 0142' };
  const lead = (source: string) =>
    story.postRaw({ contact, source }) as Promise<{ status: number; body: unknown }>;
  beforeAll(async () => {
    story = await Story.begin('2026-06-01T10:00:00-04:00');
    inquiry = (await story.inquiry({ contact: { ...contact, title: undefined } })).body.inquiryId;
    const { body } = await story.suppress({ email: contact.email, scenario: 'cadence_exhausted' });
    expect(body.until).toBe('2026-08-30T14:00:00.000Z');
  });
  afterAll(async () => {
    await story.end();
  });

  test('inside the 90 days whatever comes is refused, with the instant of return and the reason', async () => {
    await story.pass('P7D');
    const refusals = [
      await lead('demo_request'),
      await story.inquiry({ contact: { ...contact, email: contact.email.toUpperCase() } }),
    ];
    for (const { status, body } of refusals) {
      expect(status).toBe(409);
      const { type, title, until, reason } = body as Refusal;
      expect([type, title, until]).toEqual([
        'urn:lead-sla:problem:suppressed',
        'The lead is suppressed until 2026-08-30T14:00:00.000Z',
        '2026-08-30T14:00:00.000Z',
      ]);
      expect(reason).toMatch(
        /^The person has been suppressed since 2026-06-01: Cadence exhausted .+; from 2026-08-30 on it takes a new high-intent act, or fresh engagement on 2026-12-01 or later\.$/,
      );
    }
    // An inquiry that was there before waits with its acts.
    const { body } = await story.signals(inquiry, 'case_study');
    expect([body.status, body.evaluation.verdict]).toEqual(['recycled', 'refused']);
    expect(body.evaluation.explanation[1]).toBe(
      'What would pass: somebody who may be approached, as from 2026-08-30T14:00:00.000Z.',
    );
  });

  test('after them a download is too little until six months are over, and a demo request is enough', async () => {
    await story.until('2026-09-14T10:00:00-04:00');
    const early = await lead('content_download');
    expect([early.status, (early.body as Refusal).until]).toEqual([409, '2026-12-01T15:00:00.000Z']);
    expect((await lead('demo_request')).status).toBe(202);
  });

  test('the inquiry of then comes back with its history', async () => {
    await story.until('2026-12-01T10:30:00-05:00');
    await story.patch(inquiry, { contact: { title: 'VP Engineering' } });
    const { body } = await story.signals(inquiry, 'contact_sales');
    expect([body.status, body.evaluation.verdict]).toEqual(['unassigned', 'mql']);
    expect(body.lead.clocks.map(({ commitment, status }) => `${commitment} ${status}`)).toEqual([
      'marketing.score met',
      'mql.respond within_sla',
      'mql.route within_sla',
    ]);
    const told = (await story.timeline(inquiry)).map(({ at, what }) => `${at.slice(0, 7)} ${what}`);
    expect(told).toEqual(
      expect.arrayContaining([
        '2026-06 inquiry_received',
        '2026-06 lead_suppressed',
        '2026-12 lead_qualified',
      ]),
    );
  });

  test('from December on a download is enough', async () => {
    expect((await lead('content_download')).status).toBe(202);
  });
});
