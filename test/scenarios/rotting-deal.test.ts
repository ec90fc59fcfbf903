import { LifeStory } from '../support/life-story.ts';

const TUESDAY_NINE = '2026-11-17T09:00:00-05:00';

test('a deal that rots in stage 2: nobody calls the API, and everybody hears of it at its instant', async () => {
  const life = await LifeStory.begin(TUESDAY_NINE);
  const { story } = life;
  try {
    const { leadId, owner } = await life.attempted();
    await life.does('accept', leadId, owner);
    const sql = await life.promoted(leadId, owner, '2026-11-19T15:00:00Z');
    const { meetingId } = sql.life.meetings[0]!;
    await life.invited(sql, owner);
    await life.does('introduce', leadId, owner, { recordedBy: 'system' });
    const ae = sql.life.handoff!.ae.personId;
    const { life: lived } = await life.does('aeAccept', leadId, ae, { briefingRead: true });
    const { opportunityId } = lived.opportunity!;
    await story.attempt(leadId, { personId: ae });
    const prepared = { researchedAt: await story.now(), debriefedAt: await story.now() };
    await life.meets(meetingId, ae, prepared);
    await story.until('2026-11-19T11:00:00-05:00');
    await life.meets(meetingId, ae, { state: 'held', notes: 'Their CISO has to agree.' });
    const nextStep = { what: 'Call with their CFO', due: '2026-11-20' };
    await life.dealt(opportunityId, ae, { stage: 2, nextStep });
    const known = await story.mails();
    await story.until('2026-12-31T18:00:00-05:00');
    // Weekends are nobody's hours: what falls on one is told on Monday, with how late it is.
    expect(await life.mailsAfter(known)).toEqual([
      `Mon 08:00:00 ${ae}: Target missed: Example (21 h late), “A meeting with the economic buyer is booked”`,
      'Mon 08:00:00 aaron: Breach: Example (21 h late), “A meeting with the economic buyer is booked”',
      `Mon 08:00:00 ${ae}: Target missed: Example (56 h late), “An opportunity has a next step”`,
      `Mon 08:00:00 ${ae}: Target missed: Example (32 h late), “Log a specific next step”`,
      'Mon 08:00:00 aaron: Breach: Example (32 h late), “Log a specific next step”',
      `Fri 11:00:00 ${ae}: Target missed: Example (due now), “Somebody works on an opportunity”`,
      'Fri 11:00:00 aaron: Breach: Example (due now), “Somebody works on an opportunity”',
      `Mon 08:00:00 ${ae}: Target missed: Example (21 h late), “Review the deal, update the stage or flag it”`,
      'Mon 08:00:00 aaron: Breach: Example (21 h late), “Review the deal, update the stage or flag it”',
      'Mon 08:00:00 aaron: Breach: Example (45 h late), “Greatest age of stage 2, qualification”',
      'Mon 11:00:00 aaron: Breach: Example (due now), “Hold a deal review with the AE”',
      'Mon 11:00:00 victor: Breach: Example (due now), “Hold a deal review with the AE”',
    ]);
    const { clocks } = await life.lived(leadId);
    const missed = clocks
      .filter(({ verdicts }) => verdicts.at(-1)?.verdict === 'missed')
      .map(({ commitment, dueAt }) => `${dueAt.slice(0, 16)} ${commitment}`);
    expect(missed.toSorted()).toEqual([
      '2026-11-28T05:00 opportunity.no_next_step',
      '2026-11-29T05:00 remedy.no_next_step',
      '2026-11-29T16:00 opportunity.buyer_meeting',
      '2026-12-04T16:00 opportunity.no_activity',
      '2026-12-06T16:00 remedy.no_activity',
      '2026-12-19T16:00 opportunity.stage_2_age',
      '2026-12-21T16:00 remedy.stage_age',
    ]);
  } finally {
    await story.end();
  }
}, 120_000);
