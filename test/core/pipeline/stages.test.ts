import type { World } from '../../../core/ladder/tell.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { later, events, timeline } from '../../support/world.ts';
import { ask, clock, dealOf, dealWorld, opened, refusedOf, running, runTo, update } from './deals.ts';

let world: World;
let lead: Lead;
beforeAll(async () => {
  world = await dealWorld();
  lead = opened(world);
});

/** The opportunity moved on stage by stage, with a close date that every stage allows. */
function inStage(stage: number): Lead {
  let moved = lead;
  for (let next = 2; next <= stage; next++) {
    moved = update(world, moved, { stage: next, closeDate: '2026-11-30' }).lead;
  }
  return moved;
}

describe('an opportunity that has just been opened', () => {
  test('is in stage 1, and its age, its silence and its missing next step run', () => {
    expect(dealOf(lead).stages).toEqual([{ stage: 1, at: '2026-11-17T15:00:00.000Z', by: 'alice' }]);
    expect(running(lead)).toEqual([
      'opportunity.no_activity',
      'opportunity.no_next_step',
      'opportunity.stage_1_age',
    ]);
  });

  test.each([
    ['opportunity.stage_1_age', '2026-12-08T15:00:00.000Z'],
    ['opportunity.no_next_step', '2026-11-24T15:00:00.000Z'],
    // Thanksgiving and the day of it are no business days in Massachusetts.
    ['opportunity.no_activity', '2026-12-02T15:00:00.000Z'],
  ])('%s is due %s', (commitment, dueAt) => {
    expect(clock(lead, commitment)?.dueAt).toBe(dueAt);
    expect(clock(lead, commitment)?.owes).toBe('alice');
  });
});

describe('the stages of policy book §12', () => {
  test.each([
    [1, '2026-12-08T15:00:00.000Z', []],
    [2, '2026-12-17T15:00:00.000Z', ['opportunity.buyer_meeting']],
    [3, '2026-12-17T15:00:00.000Z', ['opportunity.mutual_plan']],
    [4, '2026-12-08T15:00:00.000Z', ['opportunity.proposal_follow_up']],
    [5, '2026-12-08T15:00:00.000Z', ['opportunity.check_in']],
  ])('stage %i: its greatest age ends %s, and what it asks for runs', (stage, dueAt, actions) => {
    const moved = inStage(stage);
    expect(clock(moved, `opportunity.stage_${stage}_age`)?.dueAt).toBe(dueAt);
    for (const action of actions) expect(running(moved)).toContain(action);
    expect(running(moved).filter((name) => name.endsWith('_age'))).toEqual([
      `opportunity.stage_${stage}_age`,
    ]);
  });

  test.each([
    [
      'opportunity.buyer_meeting',
      2,
      { economicBuyerMeetingBookedAt: '2026-11-27T15:00:00.000Z' },
      '2026-11-27T15:00:00.000Z',
    ],
    [
      'opportunity.mutual_plan',
      3,
      { mutualPlanAgreedAt: '2026-11-22T15:00:00.000Z' },
      '2026-11-22T15:00:00.000Z',
    ],
    [
      'opportunity.proposal_follow_up',
      4,
      { followedUpAt: '2026-11-18T15:00:00.000Z' },
      '2026-11-18T15:00:00.000Z',
    ],
    ['opportunity.check_in', 5, { checkedInAt: '2026-11-18T23:00:00.000Z' }, '2026-11-18T23:00:00.000Z'],
  ])('%s of stage %i is met at its very deadline', (commitment, stage, changes, at) => {
    const met = update(later(world, at), inStage(stage), changes).lead;
    const clocks = met.clocks.filter((one) => one.commitment === commitment);
    expect(clocks[0]).toMatchObject({ dueAt: at, status: 'met', metAt: at });
  });

  test('a check-in is due again by the close of the business day after each, until the stage is left', () => {
    const checked = update(later(world, '2026-11-18T09:00:00-05:00'), inStage(5), {
      checkedInAt: '2026-11-18T14:00:00.000Z',
    }).lead;
    expect(clock(checked, 'opportunity.check_in')?.dueAt).toBe('2026-11-19T23:00:00.000Z');
    const back = update(later(world, '2026-11-18T10:00:00-05:00'), checked, { stage: 4 }).lead;
    expect(running(back)).not.toContain('opportunity.check_in');
  });

  test('what was done before the stage was entered is not asked for again', () => {
    const early = update(world, lead, { economicBuyerMeetingBookedAt: '2026-11-17T15:00:00.000Z' }).lead;
    expect(running(update(world, early, { stage: 2 }).lead)).not.toContain('opportunity.buyer_meeting');
  });

  test.each([
    [1, 3, 'The next one is 2.'],
    [1, 5, 'The next one is 2.'],
    [5, 6, 'It is the last one'],
    [2, 0, 'There is no stage 0.'],
  ])('from %i to %i is refused, and says what would be right', (from, to, right) => {
    const refused = refusedOf(ask(world, inStage(from), { stage: to }));
    expect(refused).toMatchObject({ refused: 'stage', missing: [{ path: 'stage' }] });
    expect(refused.detail).toContain(right);
  });

  test('back is allowed to any stage, and its age begins anew', () => {
    const back = update(later(world, '2026-11-18T10:00:00-05:00'), inStage(4), { stage: 2 }).lead;
    expect(clock(back, 'opportunity.stage_2_age')).toMatchObject({ n: 2, dueAt: '2026-12-18T15:00:00.000Z' });
    expect(clock(back, 'opportunity.stage_4_age')?.status).toBe('met');
  });
});

describe('the close date', () => {
  test.each([
    [1, '2027-02-15', '2027-02-16'],
    [4, '2026-12-17', '2026-12-18'],
    [5, '2026-12-01', '2026-12-02'],
  ])('in stage %i may be %s and is refused at %s', (stage, last, beyond) => {
    const deal = inStage(stage);
    expect(dealOf(update(world, deal, { closeDate: last }).lead).closeDates.at(-1)?.closeDate).toBe(last);
    const refused = refusedOf(ask(world, deal, { closeDate: beyond }));
    expect(refused).toMatchObject({ refused: 'close-date', missing: [{ path: 'closeDate' }] });
    expect(refused.detail).toContain(`${last} at the latest`);
  });

  test('has to be there to enter stage 4, and near enough', () => {
    const third = update(world, update(world, lead, { stage: 2 }).lead, { stage: 3 }).lead;
    expect(refusedOf(ask(world, third, { stage: 4 })).detail).toContain('send it');
    const far = update(world, third, { closeDate: '2027-06-30' }).lead;
    expect(refusedOf(ask(world, far, { stage: 4 })).detail).toContain('2026-12-17 at the latest');
    expect(dealOf(update(world, far, { stage: 4, closeDate: '2026-12-17' }).lead).stages.at(-1)?.stage).toBe(
      4,
    );
  });

  test('is flagged in stage 2 until a meeting with the economic buyer is booked', () => {
    const second = update(world, lead, { stage: 2, closeDate: '2027-06-30' }).lead;
    expect(dealOf(second).flags).toEqual(['close_date_without_economic_buyer_meeting']);
    const booked = update(world, second, { economicBuyerMeetingBookedAt: '2026-11-17T15:00:00.000Z' }).lead;
    expect(dealOf(booked).flags).toEqual([]);
  });

  test.each([['2026-11-16'], ['2026-02-30'], ['soon'], ['2026-11-17T00:00:00Z']])(
    '%s is none',
    (closeDate) => {
      expect(refusedOf(ask(world, lead, { closeDate })).refused).toBe('close-date');
    },
  );
});

describe('the next step', () => {
  const step = { what: 'Security review with their CISO', due: '2026-11-20' };

  test('moves the clock of its absence to 7 days after its date', () => {
    const { lead: logged } = update(world, lead, { nextStep: step });
    expect(clock(logged, 'opportunity.no_next_step')).toMatchObject({
      n: 2,
      dueAt: '2026-11-28T05:00:00.000Z',
      appointed: { at: '2026-11-21T05:00:00.000Z', side: 'after' },
    });
  });

  test.each([
    [{ what: 'Follow-up', due: '2026-11-20' }, 'nextStep.what'],
    [{ what: 'Security review' }, 'nextStep.due'],
    [{ what: 'Security review', due: 'Friday' }, 'nextStep.due'],
    [{ what: 'Security review', due: '2026-11-16' }, 'nextStep.due'],
  ])('%j is refused at %s', (nextStep, path) => {
    expect(refusedOf(ask(world, lead, { nextStep }))).toMatchObject({
      refused: 'not-a-next-step',
      missing: [{ path }],
    });
  });

  test('said again changes nothing, even after its date', () => {
    const logged = update(world, lead, { nextStep: step }).lead;
    const again = update(later(world, '2026-12-01T10:00:00-05:00'), logged, { nextStep: step });
    expect(again).toEqual({ lead: logged, effects: [] });
  });
});

describe('the end of an opportunity', () => {
  test('won: the lead is converted, and no clock runs', () => {
    const won = update(world, lead, { closed: { outcome: 'won' } });
    expect(won.lead).toMatchObject({
      status: 'opportunity',
      life: { closedAt: '2026-11-17T15:00:00.000Z', disposition: { disposition: 'converted' } },
    });
    expect(won.lead.clocks.filter((one) => one.metAt === null && one.status !== 'cancelled')).toEqual([]);
    expect(events(won.effects)).toContain('OpportunityWon');
  });

  test('lost: the lead is disqualified for a reason of the policy', () => {
    const closed = {
      outcome: 'lost' as const,
      reason: 'budget',
      detail: 'The project was cut in their planning.',
    };
    const lost = update(world, lead, { closed });
    expect(lost.lead).toMatchObject({
      status: 'disqualified',
      life: { disposition: { disposition: 'disqualified', reason: 'budget', by: 'alice' } },
    });
    expect(timeline(lost.effects)).toContain('opportunity_lost');
    expect(JSON.stringify(lost.effects.filter(({ kind }) => kind === 'event'))).not.toContain('planning');
    expect(update(world, lost.lead, { closed })).toEqual({ lead: lost.lead, effects: [] });
    expect(refusedOf(ask(world, lost.lead, { closed: { outcome: 'won' } })).refused).toBe(
      'opportunity-closed',
    );
    expect(refusedOf(ask(world, lost.lead, { amount: 5 })).refused).toBe('opportunity-closed');
  });

  test.each([
    [{ outcome: 'lost' as const, reason: 'bad luck', detail: 'x' }, 'closed.reason'],
    [{ outcome: 'lost' as const, reason: 'budget' }, 'closed.detail'],
  ])('%j is refused at %s', (closed, path) => {
    expect(refusedOf(ask(world, lead, { closed }))).toMatchObject({
      refused: 'unknown-reason',
      missing: [{ path }],
    });
  });
});

test('acts outside their time, amounts of nothing and unknown triggers are refused', () => {
  const future = { proposalSentAt: '2026-11-17T15:00:00.001Z' };
  expect(refusedOf(ask(world, lead, future)).missing[0]?.path).toBe('proposalSentAt');
  expect(refusedOf(ask(world, lead, { checkedInAt: '2026-11-17T14:59:59.999Z' })).refused).toBe(
    'not-in-its-time',
  );
  expect(refusedOf(ask(world, lead, { amount: 0 })).refused).toBe('amount');
  const remedied = { trigger: 'bad_mood', at: '2026-11-17T15:00:00.000Z' };
  expect(refusedOf(ask(world, lead, { remedied })).detail).toContain('no_next_step, no_activity');
});

test.each([
  ['manual', 'missed'],
  ['system', 'met'],
] as const)('a follow-up told by %s a day after its deadline leaves it %s', (recordedBy, verdict) => {
  const proposed = inStage(4);
  const late = later(world, '2026-11-19T10:00:00-05:00');
  const missed = runTo(world, proposed, '2026-11-19T09:00:00-05:00').lead;
  const told = update(late, missed, { followedUpAt: '2026-11-17T18:00:00.000Z', recordedBy }).lead;
  expect(clock(told, 'opportunity.proposal_follow_up')?.verdicts.at(-1)?.verdict).toBe(verdict);
  expect(dealOf(told).followUp?.at).toBe('2026-11-17T18:00:00.000Z');
});

test('of a refused update nothing is taken', () => {
  expect(refusedOf(ask(world, lead, { amount: 5, stage: 4 })).refused).toBe('stage');
  expect(dealOf(lead).amounts).toEqual([]);
});

test('a lead without an opportunity has nothing to update', () => {
  const without = { ...lead, life: { ...lead.life, opportunity: null } };
  expect(refusedOf(ask(world, without, { amount: 5 })).refused).toBe('no-opportunity');
});

test('a deal that rots in stage 2 climbs through every clock that watches it', () => {
  const second = update(world, lead, {
    stage: 2,
    nextStep: { what: 'Call with their CFO', due: '2026-11-19' },
  }).lead;
  const { rungs, lead: rotten } = runTo(world, second, '2026-12-20T10:00:00-05:00');
  expect(rungs).toEqual([
    '2026-11-27T05:00:00.000Z opportunity.no_next_step/breach',
    '2026-11-27T15:00:00.000Z opportunity.buyer_meeting/breach',
    '2026-11-28T05:00:00.000Z remedy.no_next_step/breach',
    '2026-12-02T15:00:00.000Z opportunity.no_activity/breach',
    '2026-12-04T15:00:00.000Z remedy.no_activity/breach',
    '2026-12-17T15:00:00.000Z opportunity.stage_2_age/breach',
    '2026-12-19T15:00:00.000Z remedy.stage_age/breach',
  ]);
  expect(rotten.life.closedAt).toBeNull();
  expect(running(rotten)).toHaveLength(7);
});
