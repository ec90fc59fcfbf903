import { Story } from '../support/story.ts';
import type { StoryLead } from '../support/story.ts';

const MONDAY = '2026-11-16T09:00:00-05:00';
const SDRS = ['sam', 'jo', 'kim', 'lee', 'ines', 'erik', 'pat'];

describe('leads moved by hand (policy book §2)', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.begin(MONDAY);
  });
  afterEach(async () => {
    await story.end();
  });

  const move = (leadId: string, change: Record<string, unknown> = {}) =>
    story.call<StoryLead>('POST', `/v1/leads/${leadId}/reassign`, {
      reason: 'The prospect asked for somebody else.',
      by: 'mona',
      ...change,
    });

  test('the new owner is told at once and reminded of their own target; the old one hears no more of it', async () => {
    const { leadId } = await story.post();
    await story.pass('PT3M');
    const from = (await story.lead(leadId)).owner!.personId;
    const to = from === 'kim' ? 'jo' : 'kim';
    const moved = await move(leadId, { personId: to });
    expect(moved.body.owner).toMatchObject({ personId: to, via: 'by_hand' });
    const before = (await story.mails()).length;
    expect((await story.mails()).slice(-2)).toEqual([
      expect.stringContaining(`${to}: New lead`),
      expect.stringContaining(`${from}: Moved`),
    ]);
    await story.pass('PT10M');
    const since = (await story.mails()).slice(before);
    expect(since).toContain(`Mon 09:05:30 ${to}: Reminder: Example (2 min 30 s left)`);
    expect(since.filter((mail) => mail.includes(` ${from}: `))).toEqual([]);
    // The lead's own deadline passes at 09:05; who got it too late for that keeps it, and has until 09:08.
    expect((await story.lead(leadId)).owner?.personId).toBe(to);
    expect(await story.clock(leadId, 'owner.respond')).toMatchObject({
      dueAt: '2026-11-16T14:08:00.000Z',
      status: 'breached',
    });
    expect((await story.clock(leadId)).dueAt).toBe('2026-11-16T14:05:00.000Z');
  });

  test('a lead for which nobody is there goes to whom the manager names, and its execution goes on from there', async () => {
    for (const personId of SDRS) {
      await story.call('POST', `/v1/people/${personId}/availability`, {
        available: false,
        reason: 'training',
      });
    }
    const { leadId } = await story.post();
    await story.pass('PT1M');
    expect((await move(leadId)).status).toBe(409);
    const { body } = await move(leadId, { personId: 'jo' });
    expect(body.owner?.reason).toContain('jo is away until further notice, and was named all the same.');
    await story.pass('PT1M');
    await story.attempt(leadId);
    await story.pass('PT1H');
    expect(await story.lead(leadId)).toMatchObject({ status: 'contacted', owner: { personId: 'jo' } });
    expect((await story.executions()).find(({ name }) => name === `${leadId}-1`)?.state).toBe(
      'Contacted in time',
    );
    expect((await story.timeline(leadId)).find(({ what }) => what === 'lead_assigned')?.who).toBe(
      'person:mona',
    );
  });

  test('the CRM can be brought to the lead’s values from the events alone', async () => {
    const { leadId } = await story.post();
    await story.pass('PT4M');
    await move(leadId);
    await story.pass('PT30M');
    await story.attempt(leadId, { outcome: 'voicemail' });
    await story.attempt(leadId);
    const told = (await story.events()).flatMap(({ detail }) => {
      const crm = detail.data['crm'] as { revision: number; slaStatus: string } | undefined;
      return crm === undefined ? [] : [crm];
    });
    const newest = told.toSorted((a, b) => b.revision - a.revision)[0];
    const lead = await story.lead(leadId);
    const clock = await story.clock(leadId);
    // The response is over: what is due next is the acceptance. Why the response was missed stays.
    expect(newest).toMatchObject({
      slaDue: (await story.clock(leadId, 'sal.accept')).dueAt,
      slaStatus: 'within_sla',
      priority: lead['priority'],
      firstContact: lead.firstContactAt,
      attempts: 2,
      breachReason: `Nobody had met it by ${clock.dueAt}.`,
    });
    expect(told.map(({ slaStatus }) => slaStatus)).toEqual([
      'within_sla',
      'at_risk',
      'breached',
      'within_sla',
      'within_sla',
    ]);
    expect(new Set(told.map(({ revision }) => revision)).size).toBe(told.length);
  });
});
