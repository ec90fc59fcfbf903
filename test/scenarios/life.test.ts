import { LifeStory } from '../support/life-story.ts';

const TUESDAY_NINE = '2026-11-17T09:00:00-05:00';
let life: LifeStory;
beforeEach(async () => {
  life = await LifeStory.begin(TUESDAY_NINE);
});
afterEach(async () => {
  await life.story.end();
});

test('a life with every handoff in time: from the demo request to the opportunity', async () => {
  const { story } = life;
  const { leadId, owner } = await life.attempted();
  await story.pass('PT5M');
  expect((await life.does('accept', leadId, owner)).status).toBe('sal');
  expect(await life.executions(leadId)).toEqual([
    '1 SUCCEEDED Contacted in time',
    // The mail and the LinkedIn message of the first day. What is met soon as a rule waits for nothing yet.
    'cadence-touch-1 RUNNING Wait until the deadline',
    'cadence-touch-2 RUNNING Wait until the deadline',
  ]);
  for (const type of ['email', 'linkedin']) {
    await story.pass('PT1H');
    await story.attempt(leadId, { type, outcome: 'sent', personId: owner });
  }
  await story.until('2026-11-18T09:07:00-05:00');
  const sql = await life.promoted(leadId, owner, '2026-11-25T15:00:00Z');
  const { n, ae } = sql.life.handoff!;
  expect([sql.status, n, ae.personId]).toEqual(['sql', 1, 'alice']);
  await life.meets(sql.life.meetings[0]!.meetingId, owner, { invitedAt: await story.now() });
  await story.pass('PT1H');
  await life.does('introduce', leadId, owner, { recordedBy: 'system' });
  await story.pass('PT1H');
  const { status, life: lived } = await life.does('aeAccept', leadId, 'alice', { briefingRead: true });
  expect([status, lived.opportunity]).toEqual([
    'opportunity',
    expect.objectContaining({ opportunityId: `${leadId}-o1`, ownerId: 'alice' }),
  ]);
  await story.pass('PT2H');
  await story.attempt(leadId, { personId: 'alice' });
  expect(await life.clocks(leadId)).toEqual([
    'mql.respond met met',
    'mql.route met met',
    'marketing.notify met met',
    'sal.review met met',
    'sal.decide met met',
    'sequence.enroll met met',
    'activity.log met met',
    'sal.accept met met',
    // The mail and the message of the first day.
    'cadence.touch met met',
    'cadence.touch met met',
    'sal.resolve met met',
    'sql.feedback met met',
    'activity.log met met',
    'activity.log met met',
    // Those of the second day: it was an SQL by then.
    'cadence.touch cancelled',
    'cadence.touch cancelled',
    'cadence.touch cancelled',
    'sql.briefing met met',
    'sql.introduce met met',
    'meeting.invite met met',
    'meeting.research within_sla',
    'meeting.outcome within_sla',
    'meeting.debrief within_sla',
    'ae.notify met met',
    'ae.decide met met',
    'ae.first_touch met met',
    'opportunity.create met met',
    'ae.discovery within_sla',
    'opportunity.stage_1_age within_sla',
    'opportunity.no_activity within_sla',
    'opportunity.no_next_step within_sla',
    // Of the AE's own touch.
    'activity.log met met',
  ]);
  // Nobody was told of anything but what is theirs, and everything that was met ends by itself.
  await story.until('2026-11-23T09:00:00-05:00');
  expect(await story.mails()).toEqual([
    `Tue 09:00:00 ${owner}: New lead: Example (5 min left)`,
    'Wed 09:07:00 alice: SQL for you: Example (4 h left)',
  ]);
  const waiting = (line: string): boolean => line.includes(' RUNNING ');
  const all = await life.executions(leadId);
  expect(all.filter((line) => !waiting(line))).toEqual([
    '1 SUCCEEDED Contacted in time',
    'cadence-touch-1 SUCCEEDED Met in time',
    'cadence-touch-2 SUCCEEDED Met in time',
    'cadence-touch-3 SUCCEEDED Handed over',
    'cadence-touch-4 SUCCEEDED Handed over',
    'cadence-touch-5 SUCCEEDED Handed over',
    'sql-briefing-1 SUCCEEDED Met in time',
    'meeting-invite-1 SUCCEEDED Met in time',
    'ae-decide-1 SUCCEEDED Met in time',
    // Not introduced within the first hour.
    'sql-introduce-1 SUCCEEDED Met in time',
    'ae-first_touch-1 SUCCEEDED Met in time',
  ]);
  expect(all.filter(waiting).map((line) => line.split(' ')[0])).toEqual([
    // Met by now: they end when they wake, and tell nobody.
    'sal-resolve-1',
    'sql-feedback-1',
    'meeting-research-1',
    'meeting-outcome-1',
    'meeting-debrief-1',
    'ae-discovery-1',
    'opportunity-stage_1_age-1',
    'opportunity-no_activity-1',
    'opportunity-no_next_step-1',
  ]);
}, 60_000);

test('acceptance is missed, then the SAL gets old: each is told at its instant', async () => {
  const { story } = life;
  const { leadId, owner } = await life.attempted();
  const known = await story.mails();
  await story.until('2026-11-20T09:00:00-05:00');
  expect(await life.mailsAfter(known)).toEqual([
    `Tue 09:17:00 ${owner}: Target missed: Example (due now), “The lead is accepted after the first attempt”`,
    `Tue 13:00:00 ${owner}: Target missed: Example (due now), “The lead is accepted or rejected with a code”`,
    // Two touches of Tuesday, three with that of Wednesday.
    `Wed 08:00:00 ${owner}: Missed touch: Example`,
    'Wed 08:00:00 mona: Several touches missed: Example',
    `Thu 08:00:00 ${owner}: A disposition is required: Example`,
    'Thu 08:00:00 mona: A disposition is required: Example',
    'Thu 13:00:00 mona: Breach threshold passed: Example (20 h late), “The lead is accepted or rejected with a code”',
    `Fri 08:00:00 ${owner}: Target missed: Example (due now), “The lead has a disposition after its cadence”`,
    'Fri 08:00:00 mona: Breach: Example (due now), “The lead has a disposition after its cadence”',
  ]);
  expect(await life.clocks(leadId)).toContain('sal.decide escalated missed');
  const { owner: still } = await life.does('accept', leadId, owner);
  expect(still?.personId).toBe(owner);
  expect(await life.clocks(leadId)).toEqual(
    expect.arrayContaining(['sal.decide missed missed missed', 'sal.accept missed missed missed']),
  );
  const before = await story.mails();
  await story.until('2026-12-11T18:00:00-05:00');
  expect(await life.mailsAfter(before)).toEqual([
    // Seven days without a word to Marketing.
    `Fri 09:00:00 ${owner}: Target missed: Example (due now), “Disposition feedback to Marketing”`,
    'Fri 09:00:00 mona: Breach: Example (due now), “Disposition feedback to Marketing”',
    // Thanksgiving does not count: day 12 is the 9th of December, day 14 the 11th.
    'Wed 09:00:00 mona: Urgent: Example (20 h left), “Every SAL becomes SQL, is recycled or disqualified”',
    `Fri 09:00:00 ${owner}: Target missed: Example (due now), “Every SAL becomes SQL, is recycled or disqualified”`,
    'Fri 09:00:00 mona: Breach: Example (due now), “Every SAL becomes SQL, is recycled or disqualified”',
  ]);
  const rungs = (await story.clock(leadId, 'sal.resolve')).rungs.map(({ rung, doneAt }) => [rung, doneAt]);
  expect(rungs).toEqual([
    ['warn', '2026-12-09T14:00:00.000Z'],
    ['breach', '2026-12-11T14:00:00.000Z'],
  ]);
  expect(await life.executions(leadId)).toContain('sal-resolve-1 SUCCEEDED Handed over');
}, 60_000);

test('an AE gives it back by AE-REJ-01: it is the SDR’s again, and promoted a second time', async () => {
  const { story } = life;
  const { leadId, owner } = await life.attempted();
  await life.does('accept', leadId, owner);
  await story.pass('PT1H');
  await life.promoted(leadId, owner, '2026-11-25T15:00:00Z');
  await story.pass('PT1H');
  const known = await story.mails();
  const back = await life.does('aeReject', leadId, 'alice', { code: 'AE-REJ-01' });
  expect([back.status, back.life.handoff]).toEqual(['sal', null]);
  await story.pass('PT3H');
  expect(await life.mailsAfter(known)).toEqual([`Tue 11:02:00 ${owner}: Given back by the AE: Example`]);
  const again = await life.promoted(leadId, owner, '2026-11-26T15:00:00Z');
  expect(again.life.handoff?.n).toBe(2);
  const { personId } = again.life.handoff!.ae;
  await story.pass('PT1H');
  await life.does('introduce', leadId, owner, { recordedBy: 'system' });
  await life.does('aeAccept', leadId, personId, { briefingRead: true });
  expect((await life.clocks(leadId)).slice(7)).toEqual([
    'sal.accept met met',
    'cadence.touch cancelled',
    'cadence.touch cancelled',
    'sal.resolve met met',
    'sql.feedback met met',
    'sql.briefing met met',
    'sql.introduce cancelled',
    'meeting.invite breached missed',
    'meeting.research within_sla',
    'meeting.outcome within_sla',
    'meeting.debrief within_sla',
    'ae.notify met met',
    'ae.decide met met',
    'sal.rework met met',
    'cadence.touch cancelled',
    'cadence.touch cancelled',
    'sql.briefing met met',
    'sql.introduce met met',
    'ae.notify met met',
    'ae.decide met met',
    'ae.first_touch within_sla',
    'opportunity.create met met',
    'ae.discovery within_sla',
    'opportunity.stage_1_age within_sla',
    'opportunity.no_activity within_sla',
    'opportunity.no_next_step within_sla',
  ]);
  const names = (await life.executions(leadId)).map((line) => line.split(' ')[0]);
  expect(names).toEqual(expect.arrayContaining(['ae-decide-1', 'ae-decide-2']));
  expect(new Set(names).size).toBe(names.length);
}, 60_000);

test('a lead that nobody reached is recycled, refused in the window, and lives again after it', async () => {
  const { story } = life;
  const { leadId, owner } = await life.attempted();
  await life.does('accept', leadId, owner);
  const { crm } = await story.lead(leadId);
  await story.pass('PT1H');
  const unreached = { disposition: 'unable_to_reach', reason: 'no_answer' };
  expect((await life.asks('dispose', leadId, { by: owner, ...unreached })).status).toBe(422);
  const gone = await life.does('dispose', leadId, owner, { ...unreached, signedBy: 'mona' });
  expect(gone.status).toBe('recycled');
  expect((await life.clocks(leadId)).filter((line) => !line.endsWith(' met met'))).toEqual([
    'cadence.touch cancelled',
    'cadence.touch cancelled',
  ]);
  await story.until('2027-01-15T09:00:00-05:00');
  const early = await story.postRaw({ crm });
  expect([early.status, early.body['until']]).toEqual([409, '2027-02-15T15:02:00.000Z']);
  await story.until('2027-02-16T10:00:00-05:00');
  const late = await story.postRaw({ crm });
  expect([late.status, late.body.leadId, late.body['cycle']]).toEqual([200, leadId, 2]);
  await story.pass('PT2M');
  await story.attempt(leadId, { outcome: 'voicemail' });
  const { owner: second } = await story.lead(leadId);
  await life.does('accept', leadId, second!.personId);
  expect(await life.executions(leadId)).toEqual([
    '1 SUCCEEDED Contacted in time',
    'cadence-touch-1 SUCCEEDED Handed over',
    'cadence-touch-2 SUCCEEDED Handed over',
    '2 RUNNING Wait until 50 percent',
    'cadence-touch-3 RUNNING Wait until the deadline',
    'cadence-touch-4 RUNNING Wait until the deadline',
  ]);
  const told = (await story.timeline(leadId)).map(({ at, what }) => `${at.slice(0, 10)} ${what}`);
  expect(told).toEqual(
    expect.arrayContaining([
      '2026-11-17 lead_accepted',
      '2026-11-17 lead_disposed',
      '2027-02-16 lead_returned',
      '2027-02-16 lead_accepted',
    ]),
  );
}, 60_000);
