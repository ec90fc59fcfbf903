import { LifeStory } from '../support/life-story.ts';

const TUESDAY_NINE = '2026-11-17T09:00:00-05:00';
const UNREACHED = { disposition: 'unable_to_reach', reason: 'no_answer', signedBy: 'mona' };

test('a lead goes twice through recycling, each time with a window of its own, and is reached the third time', async () => {
  const life = await LifeStory.begin(TUESDAY_NINE);
  const { story } = life;
  try {
    const { leadId, owner } = await life.attempted();
    const { crm } = await story.lead(leadId);
    await life.does('accept', leadId, owner);
    await life.does('dispose', leadId, owner, UNREACHED);

    /** Refused in the window; after it the same lead in its next cycle, called by whoever has it now. */
    const comesBack = async (
      inTheWindow: string,
      after: string,
    ): Promise<{ until: unknown; owner: string }> => {
      await story.until(inTheWindow);
      const early = await story.postRaw({ crm });
      expect([early.status, early.body['reason']]).toEqual([409, expect.stringContaining('since')]);
      await story.until(after);
      const late = await story.postRaw({ crm });
      expect([late.status, late.body.leadId]).toEqual([200, leadId]);
      await story.pass('PT2M');
      await story.attempt(leadId, { outcome: 'voicemail' });
      const { owner: next } = await story.lead(leadId);
      return { until: early.body['until'], owner: next!.personId };
    };

    const second = await comesBack('2027-01-15T09:00:00-05:00', '2027-02-16T10:00:00-05:00');
    expect(second.until).toBe('2027-02-15T14:02:00.000Z');
    await life.does('accept', leadId, second.owner);
    expect((await life.does('dispose', leadId, second.owner, UNREACHED)).status).toBe('recycled');

    const third = await comesBack('2027-04-01T09:00:00-04:00', '2027-05-18T10:00:00-04:00');
    expect(third.until).toBe('2027-05-17T14:02:00.000Z');
    await story.attempt(leadId, { personId: third.owner });
    const { cycle, status, clocks } = await life.lived(leadId);
    expect([cycle, status]).toEqual([3, 'contacted']);
    const open = clocks.filter((clock) => !['met', 'missed', 'cancelled'].includes(clock.status));
    const cycles = open.map((clock) => (clock as unknown as { startedAt: string }).startedAt.slice(0, 10));
    expect([...new Set(cycles)]).toEqual(['2027-05-18']);
    const responses = (await life.executions(leadId)).filter((line) => /^\d /.test(line));
    expect(responses.map((line) => line.split(' ')[0])).toEqual(['1', '2', '3']);
    const told = (await story.timeline(leadId)).map(({ at, what }) => `${at.slice(0, 10)} ${what}`);
    expect(told.filter((line) => /lead_(disposed|returned)$/.test(line))).toEqual([
      '2026-11-17 lead_disposed',
      '2027-02-16 lead_returned',
      '2027-02-16 lead_disposed',
      '2027-05-18 lead_returned',
    ]);
  } finally {
    await story.end();
  }
}, 120_000);
