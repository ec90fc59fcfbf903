import { Story, local } from '../support/story.ts';

const ZONE = 'America/New_York';

describe('pause, resume and extend', () => {
  let story: Story;
  beforeAll(async () => {
    story = await Story.begin('2026-11-20T17:58:00-05:00');
  });
  afterAll(async () => {
    await story.end();
  });

  test('a pause over the weekend moves every open rung by business time, and the execution takes the new instants', async () => {
    const { leadId } = await story.post();
    await story.until('2026-11-20T17:59:00-05:00');
    expect(
      (await story.call('POST', `/v1/leads/${leadId}/pause`, { reason: 'prospect_asked_for_later' })).status,
    ).toBe(200);
    expect((await story.clock(leadId)).status).toBe('paused');
    const quiet = (await story.mail()).length;
    await story.until('2026-11-23T08:30:00-05:00');
    expect((await story.mail()).length).toBe(quiet);
    expect(
      (await story.call('POST', `/v1/leads/${leadId}/resume`, { reason: 'The prospect called back.' }))
        .status,
    ).toBe(200);
    const clock = await story.clock(leadId);
    expect(local(clock.dueAt, ZONE)).toBe('Mon 08:34:00');
    await story.until('2026-11-23T08:40:00-05:00');
    const mails = (await story.mails()).slice(quiet);
    expect(mails.slice(0, 3)).toEqual([
      expect.stringMatching(/^Mon 08:31:30 \w+: Reminder/),
      expect.stringMatching(/^Mon 08:32:45 \w+: Urgent/),
      expect.stringMatching(/^Mon 08:32:45 mona: Urgent/),
    ]);
    expect((await story.clock(leadId)).status).toBe('breached');
  });

  test('a second pause, a resume of nothing and an unknown reason are refused in words', async () => {
    const { leadId } = await story.post();
    expect((await story.call('POST', `/v1/leads/${leadId}/resume`, {})).status).toBe(409);
    const unknown = await story.call<{ errors: { path: string; message: string }[] }>(
      'POST',
      `/v1/leads/${leadId}/pause`,
      { reason: 'lunch' },
    );
    expect(unknown.status).toBe(400);
    expect(unknown.body.errors).toEqual([
      { path: 'reason', message: expect.stringContaining('force_majeure') as unknown },
    ]);
    const pause = { reason: 'force_majeure' };
    expect((await story.call('POST', `/v1/leads/${leadId}/pause`, pause)).status).toBe(200);
    expect((await story.call('POST', `/v1/leads/${leadId}/pause`, pause)).status).toBe(409);
  });

  test('an end named beforehand is the instant at which the clock runs on by itself', async () => {
    const { leadId } = await story.post();
    const until = '2026-11-23T10:00:00-05:00';
    await story.call('POST', `/v1/leads/${leadId}/pause`, {
      reason: 'prospect_asked_for_later',
      until,
    });
    await story.until('2026-11-23T10:03:00-05:00');
    expect((await story.clock(leadId)).status).toBe('at_risk');
    expect((await story.mails()).at(-1)).toMatch(/^Mon 10:02:30 /);
  });

  test('only a manager extends, and a deadline that has passed stays passed', async () => {
    const { leadId } = await story.post();
    const extend = { reason: 'The prospect travels until noon.', duration: 'PT30M' };
    expect(
      (await story.call('POST', `/v1/leads/${leadId}/extend`, { ...extend, personId: 'sam' })).status,
    ).toBe(422);
    const before = (await story.clock(leadId)).dueAt;
    expect(
      (await story.call('POST', `/v1/leads/${leadId}/extend`, { ...extend, personId: 'mona' })).status,
    ).toBe(200);
    expect(Date.parse((await story.clock(leadId)).dueAt) - Date.parse(before)).toBe(30 * 60_000);
    await story.pass('PT34M');
    expect((await story.clock(leadId)).status).toBe('at_risk');
    await story.pass('PT2M');
    expect((await story.clock(leadId)).status).toBe('breached');
    const due = (await story.clock(leadId)).dueAt;
    const again = await story.call('POST', `/v1/leads/${leadId}/extend`, { ...extend, personId: 'mona' });
    // Only the new owner's personal clock still runs.
    expect(again.status).toBe(200);
    expect((await story.clock(leadId)).dueAt).toBe(due);
    expect((await story.clock(leadId, 'owner.respond')).extensions).toHaveLength(1);
  });
});
