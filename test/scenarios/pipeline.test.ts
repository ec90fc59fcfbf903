import { LifeStory } from '../support/life-story.ts';

const TUESDAY_NINE = '2026-11-17T09:00:00-05:00';
let life: LifeStory;
beforeEach(async () => {
  life = await LifeStory.begin(TUESDAY_NINE);
});
afterEach(async () => {
  await life.story.end();
});

/** From the demo request to alice's opportunity, its first meeting on Thursday. */
async function opened(): Promise<{ leadId: string; deal: string; owner: string }> {
  const { leadId, owner } = await life.attempted();
  await life.does('accept', leadId, owner);
  await life.story.pass('PT1H');
  const { life: lived } = await life.promoted(leadId, owner, '2026-11-19T15:00:00Z');
  expect(lived.handoff?.ae.personId).toBe('alice');
  await life.meets(`${leadId}-1-m1`, owner, { invitedAt: await life.story.now() });
  await life.does('introduce', leadId, owner, { recordedBy: 'system' });
  await life.does('aeAccept', leadId, 'alice', { briefingRead: true });
  return { leadId, deal: `${leadId}-o1`, owner };
}

const step = (what: string, due: string) => ({ nextStep: { what, due } });

test('a deal goes from stage to stage until it is won; what skips a stage or says nothing is refused', async () => {
  const { story } = life;
  const { leadId, deal } = await opened();
  const meeting = `${leadId}-1-m1`;
  await life.meets(meeting, 'alice', { researchedAt: await story.now(), debriefedAt: await story.now() });
  await story.until('2026-11-19T11:00:00-05:00');
  await life.meets(meeting, 'alice', { state: 'held', notes: 'Their CISO has to agree.' });

  const vague = await life.deals(deal, 'alice', step('Follow-up!', '2026-11-24'));
  expect([vague.status, vague.body.type]).toEqual([422, 'urn:lead-sla:problem:not-a-next-step']);
  expect(vague.body.errors[0]?.path).toBe('nextStep.what');
  const jump = await life.deals(deal, 'alice', { stage: 3 });
  expect([jump.status, jump.body.type, jump.body.errors]).toEqual([
    422,
    'urn:lead-sla:problem:stage',
    [{ path: 'stage', message: expect.stringContaining('The next one is 2') as string }],
  ]);

  const stages: [string, Record<string, unknown>][] = [
    [
      '2026-11-19T12:00:00-05:00',
      { stage: 2, amount: 48_000, ...step('CISO reviews the report', '2026-11-24') },
    ],
    ['2026-11-24T10:00:00-05:00', { stage: 3, ...step('Two teams begin the trial', '2026-11-30') }],
    [
      '2026-11-30T10:00:00-05:00',
      { stage: 4, closeDate: '2026-12-18', ...step('Legal reads the contract', '2026-12-04') },
    ],
    ['2026-12-04T10:00:00-05:00', { stage: 5, closeDate: '2026-12-11', ...step('CFO signs', '2026-12-08') }],
  ];
  for (const [at, body] of stages) {
    await story.until(at);
    expect((await life.dealt(deal, 'alice', body)).stage.stage).toBe(body['stage']);
    if (body['stage'] === 2) {
      const { meetingId } = await life.books(leadId, 'alice', 'economic_buyer', '2026-11-23T15:00:00Z');
      await life.meets(meetingId, 'alice', { invitedAt: await story.now(), researchedAt: await story.now() });
      await story.until('2026-11-23T11:00:00-05:00');
      await life.meets(meetingId, 'alice', { state: 'held', notes: 'She has the budget.' });
      await life.dealt(deal, 'alice', step('CISO reviews the report with her', '2026-11-24'));
    }
    if (body['stage'] === 3) await life.dealt(deal, 'alice', { mutualPlanAgreedAt: await story.now() });
    if (body['stage'] === 4) await life.dealt(deal, 'alice', { followedUpAt: await story.now() });
  }
  await story.pass('PT2H');
  const won = await life.dealt(deal, 'alice', { closed: { outcome: 'won' } });
  expect([won.closed?.outcome, won.stages.map(({ stage }) => stage)]).toEqual(['won', [1, 2, 3, 4, 5]]);
  const verdicts = won.clocks
    .filter(({ commitment }) => /stage_|buyer|mutual|\.next_step$|follow_up|discovery/.test(commitment))
    .map(({ commitment, status }) => `${commitment} ${status}`);
  expect(verdicts.sort()).toEqual(
    [
      'ae.discovery met',
      ...[1, 2, 3, 4, 5].map((stage) => `opportunity.stage_${stage}_age met`),
      ...[
        'opportunity.buyer_meeting met',
        'opportunity.mutual_plan met',
        'opportunity.proposal_follow_up met',
      ],
      ...['opportunity.next_step met', 'opportunity.next_step met'],
    ].sort(),
  );
  // Nobody works on it any more, and nothing waits.
  const { status } = await story.lead(leadId);
  expect(status).toBe('opportunity');
  await story.until('2027-01-20T09:00:00-05:00');
  expect((await life.executions(leadId)).filter((line) => line.includes('RUNNING'))).toEqual([]);
  const events = (await story.events()).map(({ detailType }) => detailType);
  expect(events).toEqual(expect.arrayContaining(['OpportunityUpdated', 'MeetingHeld', 'OpportunityWon']));
}, 120_000);

test('a meeting is moved with its clocks, reminded of twice, held, and its notes come too late', async () => {
  const { story } = life;
  const { leadId, deal } = await opened();
  const meeting = `${leadId}-1-m1`;
  await life.meets(meeting, 'alice', { researchedAt: await story.now(), debriefedAt: await story.now() });
  const moved = await life.meets(meeting, 'alice', { startsAt: '2026-11-20T15:00:00Z' });
  const outcome = moved.clocks.find(({ commitment }) => commitment === 'meeting.outcome')!;
  expect(outcome.rungs.map(({ at }) => at)).toEqual([
    '2026-11-19T15:00:00.000Z',
    '2026-11-20T14:00:00.000Z',
    '2026-11-20T17:00:00.000Z',
  ]);
  const known = await story.mails();
  await story.until('2026-11-20T10:30:00-05:00');
  const reminders = (await life.mailsAfter(known)).filter((mail) => /^(Thu 10|Fri 09):00:00/.test(mail));
  expect(reminders.map((mail) => mail.split(': ')[0]).sort()).toEqual(
    ['Fri 09:00:00 ada', 'Fri 09:00:00 alice', 'Thu 10:00:00 ada', 'Thu 10:00:00 alice'].sort(),
  );
  // At the old time nobody was told anything.
  expect((await life.mailsAfter(known)).filter((mail) => /^(Wed|Thu 09)/.test(mail))).toEqual([]);

  await life.meets(meeting, 'alice', { state: 'held' });
  await life.dealt(deal, 'alice', step('CISO reviews the report', '2026-11-24'));
  const before = await story.mails();
  await story.until('2026-11-20T13:00:00-05:00');
  expect((await life.mailsAfter(before)).filter((mail) => mail.startsWith('Fri 12:30'))).not.toEqual([]);
  const late = await life.meets(meeting, 'alice', { notes: 'Their CISO has to agree.' });
  expect(late.clocks.find(({ commitment }) => commitment === 'meeting.notes')).toMatchObject({
    status: 'missed',
    dueAt: '2026-11-20T17:30:00.000Z',
  });
}, 120_000);
