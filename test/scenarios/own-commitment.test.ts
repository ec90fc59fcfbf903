import { Story } from '../support/story.ts';
import type { StoryLead } from '../support/story.ts';

/** A Tuesday; the lead is given to somebody at once. */
const NINE = '2026-11-17T09:00:00-05:00';

describe('adding an SLA is editing the policy (policy book §1)', () => {
  let story: Story;
  beforeAll(async () => {
    story = await Story.begin(NINE, { policy: 'test/support/own-commitment.yaml' });
  });
  afterAll(async () => {
    await story.end();
  });

  test('a commitment of the file alone is started, climbed at its instants and stopped', async () => {
    const { leadId } = await story.post();
    await story.pass('PT1M');
    const owner = (await story.lead(leadId)).owner!.personId;
    await story.attempt(leadId, { outcome: 'voicemail' });
    await story.accept(leadId);
    await story.until('2026-11-17T10:05:00-05:00');
    const clock = await story.clock(leadId, 'own.reach');
    const start = Date.parse(clock.dueAt) - 3_600_000;
    expect(start).toBeGreaterThanOrEqual(Date.parse(NINE));
    expect(start).toBeLessThan(Date.parse(NINE) + 60_000);
    const after = (minutes: number) => new Date(start + minutes * 60_000).toISOString();
    expect(clock).toMatchObject({
      status: 'breached',
      target: 'PT1H',
      rungs: [
        { rung: 'remind', at: after(30), outcome: 'done' },
        { rung: 'warn', at: after(45), outcome: 'done' },
        { rung: 'breach', at: after(60), outcome: 'done' },
        { rung: 'threshold', at: after(120), outcome: null },
      ],
    });
    expect((await story.mails()).filter((mail) => !mail.includes('New lead'))).toEqual([
      `Tue 09:30:00 ${owner}: Reminder: Example (30 min left), “The prospect is reached within the hour”`,
      `Tue 09:45:00 ${owner}: Urgent: Example (15 min left), “The prospect is reached within the hour”`,
      'Tue 09:45:00 mona: Urgent: Example (15 min left), “The prospect is reached within the hour”',
      `Tue 10:00:00 ${owner}: Target missed: Example (due now), “The prospect is reached within the hour”`,
      'Tue 10:00:00 mona: Breach: Example (due now), “The prospect is reached within the hour”',
    ]);

    const { body } = await story.attempt(leadId, { outcome: 'connected' });
    expect(body.clocksMet).toMatchObject([{ commitment: 'own.reach', verdict: 'missed' }]);
    await story.pass('PT2H');
    expect((await story.mails()).some((mail) => mail.includes(' dana: '))).toBe(false);
  });

  test('its execution is found from the lead, and ends in time when the prospect is reached', async () => {
    const { leadId } = await story.post();
    await story.pass('PT10M');
    await story.attempt(leadId, { outcome: 'connected' });
    await story.accept(leadId);
    const before = (await story.mail()).length;
    await story.pass('PT1H');
    expect((await story.mail()).length).toBe(before);
    const { clockId } = await story.clock(leadId, 'own.reach');
    const name = `${leadId}-${clockId.replaceAll('.', '-')}`;
    const found = (await story.executions()).filter((execution) => execution.name === name);
    expect(found).toMatchObject([{ status: 'SUCCEEDED', state: 'Met in time' }]);
    // The step of the first rung looks, finds it met, and tells nobody.
    expect(await story.states(name)).toEqual([
      'Is the commitment met?',
      'Wait until 50 percent',
      'Remind the owner',
      'Is the commitment met?',
      'Met in time',
    ]);
  });

  test('one whose words are its own is told over HTTP: started, climbed and stopped', async () => {
    const { leadId } = await story.post();
    await story.pass('PT1M');
    const { owner } = await story.lead(leadId);
    await story.attempt(leadId, { outcome: 'connected' });
    const known = (await story.mails()).length;
    const tell = (fact: string, change: Record<string, unknown> = {}) =>
      story.call<StoryLead & { type: string; detail: string }>('POST', `/v1/leads/${leadId}/facts`, {
        ...{ by: owner!.personId, fact },
        ...change,
      });
    const askedAt = await story.now();
    expect((await tell('papers_asked_for', { occurredAt: askedAt })).status).toBe(200);
    // A repetition starts no second one.
    const { body } = await tell('papers_asked_for', { occurredAt: askedAt });
    expect(body.clocks.filter(({ commitment }) => commitment === 'own.papers')).toMatchObject([
      {
        status: 'within_sla',
        target: 'PT2H',
        executionArn: expect.stringContaining(`${leadId}-own-papers-1`) as string,
      },
    ]);
    await story.pass('PT1H1M');
    const told = (await story.mails()).slice(known).filter((mail) => mail.includes('Reminder'));
    expect(told).toHaveLength(1);
    const sent = await tell('papers_sent');
    expect(sent.body.clocks.find(({ commitment }) => commitment === 'own.papers')).toMatchObject({
      status: 'met',
      verdicts: [{ verdict: 'met' }],
    });
    await story.pass('PT3H');
    expect((await story.mails()).slice(known).filter((mail) => mail.includes('Reminder'))).toHaveLength(1);
    const name = `${leadId}-own-papers-1`;
    expect((await story.executions()).find((execution) => execution.name === name)).toMatchObject({
      status: 'SUCCEEDED',
      state: 'Met in time',
    });
    const timeline = await story.timeline(leadId);
    expect(
      timeline.flatMap(({ what, who, why }) =>
        what === 'fact_told' ? [`${who} ${why.split(' ')[0]!}`] : [],
      ),
    ).toEqual([`person:${owner!.personId} papers_asked_for`, `person:${owner!.personId} papers_sent`]);
    const events = (await story.events()).filter(({ detail }) => detail.data['leadId'] === leadId);
    expect(events.filter(({ detailType }) => detailType === 'FactTold')).toHaveLength(2);

    const made = await tell('lead_accepted');
    expect([made.status, made.body.type]).toEqual([422, 'urn:lead-sla:problem:made-otherwise']);
    expect(made.body.detail).toContain('POST /leads/{leadId}/accept');
    const unknown = await tell('papers_lost');
    expect([unknown.status, unknown.body.type]).toEqual([422, 'urn:lead-sla:problem:unknown-fact']);
    expect(unknown.body.detail).toContain('papers_asked_for, papers_sent');
  });
});
