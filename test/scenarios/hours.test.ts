import { Story, local } from '../support/story.ts';

const ZONE = 'America/New_York';

describe('after hours (policy book §4)', () => {
  test('the hottest go to somebody on call with an hour, around the clock; everybody else gets an acknowledgement and the next opening', async () => {
    const story = await Story.begin('2026-11-21T22:00:00-05:00');
    const hot = await story.post({ score: 82 });
    const trial = await story.post({ source: 'free_trial', score: 60 });
    await story.pass('PT4M');
    expect(await story.lead(hot.leadId)).toMatchObject({
      owner: { personId: 'sam', via: 'on_call' },
      afterHours: 'on_call',
    });
    expect(await story.clock(hot.leadId)).toMatchObject({
      target: 'PT1H',
      targetFrom: 'after hours on call',
      dueAt: '2026-11-22T04:00:00.000Z',
    });
    const waiting = await story.clock(trial.leadId);
    expect(waiting.targetFrom).toBe('after hours tier 1');
    expect(local(waiting.dueAt, ZONE)).toBe('Mon 08:30:00');
    const prospect = (await story.mails()).filter((mail) => mail.includes(' ada: '));
    expect(prospect).toHaveLength(1);
    // The owner of the trial is told in the morning; sam, who is on call, at once.
    await story.until('2026-11-23T08:00:01-05:00');
    const owner = (await story.lead(trial.leadId)).owner!.personId;
    const told = (await story.mails()).filter((mail) => mail.includes(`${owner}: New lead`));
    expect(told.length).toBeGreaterThan(0);
    await story.end();
  });
});

describe('nights on which the clocks change', () => {
  test.each([
    ['forward', '2026-03-08T01:30:00-05:00', '2026-03-08T03:30:00-04:00'],
    ['back', '2026-11-01T01:30:00-04:00', '2026-11-01T01:30:00-05:00'],
  ])('%s: an hour on call is an hour', async (_name, from, due) => {
    const story = await Story.begin(from);
    const { leadId } = await story.post({ score: 90, qualifiedAt: from });
    expect(Date.parse((await story.clock(leadId)).dueAt)).toBe(Date.parse(due));
    await story.pass('PT59M');
    expect((await story.clock(leadId)).status).toBe('at_risk');
    await story.pass('PT2M');
    expect((await story.clock(leadId)).status).toBe('breached');
    await story.end();
  });

  test('the working day after it begins at its own eight o’clock', async () => {
    const story = await Story.begin('2026-10-30T17:58:00-04:00');
    const { leadId } = await story.post({ qualifiedAt: '2026-10-30T17:58:00-04:00' });
    expect((await story.clock(leadId)).dueAt).toBe('2026-11-02T13:03:00.000Z');
    await story.end();
  });
});
