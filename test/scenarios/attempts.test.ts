import { Story } from '../support/story.ts';

describe('attempts, whenever they arrive (policy book §5)', () => {
  let story: Story;
  beforeAll(async () => {
    story = await Story.begin('2026-11-17T09:00:00-05:00');
  });
  afterAll(async () => {
    await story.end();
  });

  test('a contact between two rungs: the next rung finds it, nobody is told, the execution ends in time', async () => {
    const { leadId } = await story.post();
    await story.pass('PT3M');
    const { body } = await story.attempt(leadId);
    expect(body.clocksMet).toMatchObject([{ commitment: 'mql.respond', verdict: 'met' }]);
    await story.accept(leadId);
    const before = (await story.mail()).length;
    await story.pass('PT1H');
    expect((await story.mail()).length).toBe(before);
    expect(await story.states(`${leadId}-1`)).toEqual([
      'Assign an owner',
      'Is somebody available?',
      'Notify the owner',
      'Is the lead contacted?',
      'Wait until 50 percent',
      'Remind the owner',
      'Is the lead contacted?',
      'Wait until 75 percent',
      'Warn the owner and the manager',
      'Is the lead contacted?',
      'Contacted in time',
    ]);
    expect(await story.lead(leadId)).toMatchObject({ status: 'sal', attempts: 1 });
  });

  test('a contact before the first rung costs eight states', async () => {
    const { leadId } = await story.post();
    await story.pass('PT1M');
    await story.attempt(leadId, { outcome: 'voicemail' });
    await story.pass('PT10M');
    const states = await story.states(`${leadId}-1`);
    expect(states).toHaveLength(8);
    expect(states.at(-1)).toBe('Contacted in time');
    expect(await story.lead(leadId)).toMatchObject({ status: 'assigned', firstContactAt: null });
  });

  test('logged late by the dialler after the breach: the verdict turns, the history keeps both', async () => {
    const { leadId } = await story.post();
    await story.pass('PT4M');
    const occurredAt = await story.now();
    await story.pass('PT20M');
    expect((await story.clock(leadId)).status).toBe('breached');
    const { body } = await story.attempt(leadId, { occurredAt });
    expect(body.clocksMet).toEqual(
      expect.arrayContaining([expect.objectContaining({ commitment: 'mql.respond', verdict: 'met' })]),
    );
    const clock = await story.clock(leadId);
    expect(clock.status).toBe('met');
    expect(clock.verdicts.map((verdict) => verdict.verdict)).toEqual(['missed', 'met']);
    const what = (await story.timeline(leadId)).map((entry) => entry.what);
    expect(what).toEqual(expect.arrayContaining(['rung_breach', 'verdict_turned']));
    expect((await story.events()).map((event) => event.detailType)).toContain('SlaVerdictTurned');
  });

  test('typed in late by hand: it does not turn the verdict and is counted apart', async () => {
    const { leadId } = await story.post();
    await story.pass('PT4M');
    const occurredAt = await story.now();
    await story.pass('PT20M');
    const { body } = await story.attempt(leadId, { occurredAt, recordedBy: { kind: 'manual', name: 'sam' } });
    expect(body.backDated).toBe(true);
    expect((await story.clock(leadId)).status).toBe('missed');
    expect(await story.lead(leadId)).toMatchObject({ backDatedActivities: 1 });
  });

  test('the same activity twice is one attempt and gets the same answer', async () => {
    const { leadId } = await story.post();
    await story.pass('PT1M');
    const activity = { activityId: 'twice', occurredAt: await story.now() };
    const first = await story.attempt(leadId, activity);
    await story.pass('PT1M');
    const second = await story.attempt(leadId, activity);
    expect(second.body.clocksMet).toEqual(first.body.clocksMet);
    expect(await story.lead(leadId)).toMatchObject({ attempts: 1 });
  });

  test.each([
    ['before the lead existed', -60_000, 'activity-before-lead'],
    ['in the future', 3_600_000, 'activity-in-future'],
  ])('an activity %s is refused with the reason', async (_name, offset, type) => {
    const { leadId } = await story.post();
    const occurredAt = new Date(Date.parse(await story.now()) + offset).toISOString();
    const answer = await story.attempt(leadId, { occurredAt });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      type: expect.stringContaining(type) as unknown,
      detail: expect.stringContaining(occurredAt) as unknown,
    });
    expect(await story.lead(leadId)).toMatchObject({ attempts: 0 });
  });
});
