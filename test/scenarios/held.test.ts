import { GRACE, PHONE } from '../support/inquiry.ts';
import { Story } from '../support/story.ts';

describe('a lead that is held, and nobody completes it', () => {
  let story: Story;
  let id: string;
  beforeAll(async () => {
    story = await Story.begin('2026-11-22T23:30:00-05:00');
    const signals = [{ id: 'demo', type: 'demo_request', at: await story.now() }];
    id = (await story.inquiry({ contact: GRACE, signals })).body.inquiryId;
    await story.until('2026-11-24T12:00:00-05:00');
  });
  afterAll(async () => {
    await story.end();
  });

  test('Marketing Ops is reminded at half of its four hours, the miss goes to the marketing director after eight', async () => {
    expect(await story.mails()).toEqual([
      'Mon 08:00:00 olive: Held for Marketing: Analytical Engines (4 h left)',
      'Mon 10:00:00 olive: Reminder: Analytical Engines (2 h left), “What is missing is added, so that the lead can be routed”',
      'Mon 12:00:00 olive: Breach: Analytical Engines (due now), “What is missing is added, so that the lead can be routed”',
      'Mon 16:00:00 mark: Breach threshold passed: Analytical Engines (4 h late), “What is missing is added, so that the lead can be routed”',
    ]);
    const lead = await story.lead(id);
    expect(lead).toMatchObject({ status: 'held', owner: null, flags: { escalated: true } });
    expect(lead.clocks.map(({ commitment, status }) => [commitment, status])).toEqual([
      ['marketing.score', 'met'],
      ['marketing.enrich', 'escalated'],
    ]);
    const rungs = (await story.timeline(id)).filter(({ what }) => what.startsWith('rung'));
    expect(rungs.map(({ why }) => why.split('; ')[1])).toEqual([
      'it has not been met. Told: role:marketing_ops.',
      'it has not been met. Told: role:marketing_ops.',
      'it has not been met. Told: role:marketing_director.',
    ]);
    const [execution, ...others] = await story.executions();
    expect([execution?.name, execution?.state, others]).toEqual([
      `${id}-marketing-enrich-1`,
      'Handed over',
      [],
    ]);
    expect((await story.states(`${id}-marketing-enrich-1`)).length).toBeLessThanOrEqual(30);
  });

  test('a number that cannot be right holds it on; the right one starts the clock of Sales, late as it is', async () => {
    const wrong = await story.patch(id, { contact: { phone: '12' } });
    expect(wrong.body).toMatchObject({
      status: 'held',
      gate: { failing: [{ field: 'contact.phone', valueClass: 'wrong_length' }] },
    });
    const { body } = await story.patch(id, PHONE);
    expect(body).toMatchObject({ status: 'unassigned', qualifiedAt: '2026-11-24T17:00:00.000Z' });
    expect(body.clocks.map(({ commitment, status, dueAt }) => [commitment, status, dueAt])).toEqual([
      ['marketing.score', 'met', '2026-11-23T17:00:00.000Z'],
      ['marketing.enrich', 'missed', '2026-11-23T17:00:00.000Z'],
      ['mql.respond', 'within_sla', '2026-11-24T17:05:00.000Z'],
      ['mql.route', 'within_sla', '2026-11-24T17:15:00.000Z'],
    ]);
    await story.pass('PT1M');
    expect(await story.lead(id)).toMatchObject({ status: 'assigned' });
    expect((await story.mails()).slice(4)).toEqual([
      'Tue 12:00:00 jo: New lead: Analytical Engines (5 min left)',
    ]);
  });
});
