import { Story } from '../support/story.ts';

describe('a demo request on the Friday before Labor Day at 16:50, and nobody reacts until Tuesday', () => {
  let story: Story;
  let leadId: string;
  beforeAll(async () => {
    story = await Story.begin('2026-09-04T16:50:00-04:00');
    leadId = (await story.post()).leadId;
    await story.until('2026-09-08T12:00:00-04:00');
  });
  afterAll(async () => {
    await story.end();
  });

  test('these mails go to these people at these instants, and none at night, at the weekend or on the holiday', async () => {
    expect((await story.mails()).slice(1)).toEqual([
      'Fri 16:52:30 jo: Reminder: Example (2 min 30 s left)',
      'Fri 16:53:45 jo: Urgent: Example (1 min 15 s left)',
      'Fri 16:53:45 mona: Urgent: Example (1 min 15 s left)',
      'Fri 16:55:00 jo: Target missed: Example has a new owner',
      'Fri 16:55:00 sam: Reassigned to you: Example, please call now',
      'Fri 16:55:00 mona: Breach: Example (due now)',
      'Fri 16:57:30 sam: Reminder: Example (2 min 30 s left)',
      'Fri 16:57:30 dana: Critical: Example (2 min 30 s late)',
      'Fri 16:57:30 victor: Critical: Example (2 min 30 s late)',
      'Fri 16:58:45 sam: Urgent: Example (1 min 15 s left)',
      'Fri 16:58:45 mona: Urgent: Example (1 min 15 s left)',
      'Fri 17:00:00 sam: Target missed: Example is still yours, please call now',
      'Fri 17:00:00 mona: Breach: Example (due now)',
      'Fri 17:00:00 victor: Incident opened: Example (5 min late)',
      'Fri 17:55:00 kim: Backup queue: Example (1 h late)',
      'Fri 17:55:00 lee: Backup queue: Example (1 h late)',
      'Fri 17:55:00 pat: Backup queue: Example (1 h late)',
      'Tue 08:50:00 mona: Breach threshold passed: Example (1 h 55 min late)',
      // Nobody has accepted it either. That it was not reviewed or enrolled is logged, and told to nobody besides.
      'Tue 10:50:00 sam: Target missed: Example (due now), “The lead is accepted or rejected with a code”',
    ]);
  });

  test('the execution has climbed the whole ladder in at most 30 states and handed over', async () => {
    const states = await story.states(`${leadId}-1`);
    expect(states.at(-1)).toBe('Handed over');
    expect(states.length).toBeLessThanOrEqual(30);
    expect(states.filter((state) => !state.startsWith('Wait') && state !== 'Is the lead contacted?')).toEqual(
      [
        'Assign an owner',
        'Is somebody available?',
        'Notify the owner',
        'Remind the owner',
        'Warn the owner and the manager',
        'Breach: reassign',
        'Escalate: critical',
        'Open an incident',
        'Send to the backup queue',
        'Escalate beyond the owner',
        'Handed over',
      ],
    );
  });

  test('every miss is found at its instant, and blames nobody who came too late to meet it', async () => {
    const { clocks } = await story.lead(leadId);
    const misses = clocks.flatMap(({ commitment, rungs }) =>
      rungs.flatMap(({ rung, doneAt }) =>
        rung === 'breach' && doneAt !== null ? [[commitment, doneAt]] : [],
      ),
    );
    expect(misses).toEqual([
      ['mql.respond', '2026-09-04T20:55:00.000Z'],
      // Two business hours after Friday 16:50 is Tuesday 08:50; four are 10:50; the day ended at 18:00.
      ['sal.review', '2026-09-08T12:50:00.000Z'],
      ['sal.decide', '2026-09-08T14:50:00.000Z'],
      ['sequence.enroll', '2026-09-04T22:00:00.000Z'],
      ['owner.respond', '2026-09-04T21:00:00.000Z'],
    ]);
  });

  test('the lead stays on the escalated list, and its history says why at each step', async () => {
    const lead = await story.lead(leadId);
    expect(lead.flags).toMatchObject({
      urgent: true,
      breachReview: true,
      escalated: true,
      backupQueue: true,
    });
    const timeline = await story.timeline(leadId);
    expect(timeline.map((entry) => entry.what)).toEqual(
      expect.arrayContaining([
        'lead_received',
        'lead_assigned',
        'rung_breach',
        'lead_reassigned',
        'rung_incident',
      ]),
    );
    expect(timeline.every((entry) => entry.why.length > 10)).toBe(true);
    expect(timeline.map((entry) => entry.at)).toEqual(timeline.map((entry) => entry.at).toSorted());
  });
});
