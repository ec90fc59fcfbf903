import { Story } from '../support/story.ts';

const MONDAY = '2026-11-16T09:00:00-05:00';
const SDRS = ['sam', 'jo', 'kim', 'lee', 'ines', 'erik', 'pat'];

async function away(story: Story, people: string[], until?: string): Promise<void> {
  for (const personId of people) {
    const answer = await story.call('POST', `/v1/people/${personId}/availability`, {
      available: false,
      reason: 'vacation',
      ...(until === undefined ? {} : { until }),
    });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
  }
}

describe('people on leave (policy book §2)', () => {
  let story: Story;
  beforeEach(async () => {
    story = await Story.begin(MONDAY);
  });
  afterEach(async () => {
    await story.end();
  });

  test('everybody on leave: a state of its own, the manager is told at once, the fallback owner gets it after 10 minutes', async () => {
    await away(story, SDRS);
    const { leadId } = await story.post();
    await story.pass('PT1S');
    expect(await story.lead(leadId)).toMatchObject({ status: 'unassigned', owner: null });
    expect((await story.mails()).at(-1)).toMatch(/mona: /);
    expect(await story.states(`${leadId}-1`)).toEqual(
      expect.arrayContaining(['Tell the manager that nobody is available', 'Wait until 50 percent']),
    );
    await story.pass('PT6M');
    expect((await story.clock(leadId)).status).toBe('breached');
    await story.pass('PT5M');
    const lead = await story.lead(leadId);
    expect(lead.owner).toMatchObject({ personId: 'mona', via: 'fallback' });
    expect(lead.status).toBe('assigned');
    const nobody = (await story.events()).filter((event) => event.detailType === 'NobodyAvailable');
    expect(nobody).toHaveLength(1);
  });

  test('somebody comes back: the lead is theirs at once, and told once', async () => {
    await away(story, SDRS);
    const { leadId } = await story.post();
    await story.pass('PT2M');
    const back = await story.call<{ assigned: number }>('POST', '/v1/people/jo/availability', {
      available: true,
      reason: 'back',
    });
    expect(back.body.assigned).toBe(1);
    expect((await story.lead(leadId)).owner).toMatchObject({ personId: 'jo', via: 'round_robin' });
    await story.pass('PT20M');
    const assigned = (await story.mails()).filter((mail) => mail.includes('jo: New lead'));
    expect(assigned).toHaveLength(1);
  });

  test('a known end of leave is waited for, and not a minute longer', async () => {
    await away(story, SDRS, '2026-11-16T09:04:00-05:00');
    const { leadId } = await story.post();
    await story.pass('PT5M');
    const lead = await story.lead(leadId);
    expect(lead.owner).toMatchObject({ via: 'round_robin' });
    expect((lead.owner as unknown as { assignedAt: string }).assignedAt).toBe('2026-11-16T14:04:00.000Z');
  });

  test('no manager and nobody at all: the lead is kept and the history says who was missing', async () => {
    await away(story, [...SDRS, 'mona', 'dana', 'victor', 'vera', 'aaron']);
    const { leadId } = await story.post();
    await story.pass('PT15M');
    const lead = await story.lead(leadId);
    expect(lead.owner).toBeNull();
    expect(
      (await story.clock(leadId)).rungs.filter((rung) => rung.doneAt !== null).map((rung) => rung.rung),
    ).toEqual(['remind', 'warn', 'breach', 'critical', 'incident']);
    expect((await story.timeline(leadId)).some((entry) => entry.what === 'recipient_replaced')).toBe(true);
    await story.call('POST', '/v1/people/sam/availability', { available: true, reason: 'back' });
    expect((await story.lead(leadId)).owner).toMatchObject({ personId: 'sam' });
  });

  test('the owner goes on leave at 60 percent: the manager is warned, and the breach gives the lead to somebody who is there', async () => {
    const { leadId } = await story.post();
    await story.pass('PT3M');
    const owner = (await story.lead(leadId)).owner!.personId;
    await away(story, [owner]);
    await story.pass('PT1M');
    expect((await story.mails()).at(-1)).toMatch(/mona: Urgent/);
    await story.pass('PT2M');
    const lead = await story.lead(leadId);
    expect(lead.owner?.personId).not.toBe(owner);
    expect(lead.previousOwners.map((person) => person.personId)).toEqual([owner]);
  });

  test("Marketing's routing clock runs while nobody owns the lead: breached at 15 minutes, with RevOps at 60", async () => {
    await away(story, [...SDRS, 'mona', 'dana', 'victor', 'vera', 'aaron']);
    const { leadId } = await story.post();
    await story.pass('PT16M');
    expect(await story.clock(leadId, 'mql.route')).toMatchObject({ status: 'breached' });
    expect((await story.mails()).some((mail) => mail.startsWith('Mon 09:15:00 olive'))).toBe(true);
    await story.pass('PT45M');
    expect((await story.mails()).some((mail) => mail.startsWith('Mon 10:00:00 rex'))).toBe(true);
    expect(
      (await story.executions()).find((execution) => execution.name === `${leadId}-mql-route-1`),
    ).toMatchObject({ stateMachine: 'commitment-clock' });
  });
});
