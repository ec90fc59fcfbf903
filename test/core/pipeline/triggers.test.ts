import type { World } from '../../../core/ladder/tell.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import { epochMs } from '../../../core/time.ts';
import { events, later, mails, timeline } from '../../support/world.ts';
import { clock, dealOf, dealWorld, opened, running, runTo, update } from './deals.ts';

let world: World;
let lead: Lead;
beforeAll(async () => {
  world = await dealWorld();
  lead = opened(world);
});

const on = (at: string): World => later(world, at);
const call = (at: string, outcome: 'no_answer' | 'connected' = 'no_answer') => ({
  ...{ activityId: `call-${at}`, type: 'call' as const, outcome, occurredAt: epochMs(at), personId: 'alice' },
  recordedBy: { kind: 'system' as const, name: 'dialler' },
});

describe('no next step for 7 days', () => {
  test('tells the AE, and the remedy is due 24 hours later', () => {
    const { lead: missed, rungs, effects } = runTo(world, lead, '2026-11-24T10:00:00-05:00');
    expect(rungs).toEqual(['2026-11-24T15:00:00.000Z opportunity.no_next_step/breach']);
    expect(mails(effects)).toEqual(['breach_old_owner → alice']);
    expect(clock(missed, 'remedy.no_next_step')).toMatchObject({
      owes: 'alice',
      dueAt: '2026-11-25T15:00:00.000Z',
    });
  });

  test('a next step is the remedy, up to its very deadline', () => {
    const { lead: missed } = runTo(world, lead, '2026-11-24T10:00:00-05:00');
    const nextStep = { what: 'Pricing call with Ada', due: '2026-11-30' };
    const { lead: remedied } = update(on('2026-11-25T10:00:00-05:00'), missed, { nextStep });
    expect(clock(remedied, 'remedy.no_next_step')?.status).toBe('met');
    expect(clock(remedied, 'opportunity.no_next_step')).toMatchObject({
      n: 2,
      dueAt: '2026-12-08T05:00:00.000Z',
    });
  });
});

describe('no activity for 10 business days', () => {
  const DUE = '2026-12-02T10:00:00-05:00';

  test('tells the AE and the manager, and the remedy is due 48 hours later', () => {
    const { lead: silent, effects } = runTo(world, lead, DUE);
    expect(mails(effects)).toEqual(
      expect.arrayContaining(['breach_old_owner → alice', 'breach_manager → aaron']),
    );
    expect(clock(silent, 'remedy.no_activity')?.dueAt).toBe('2026-12-04T15:00:00.000Z');
  });

  test('an attempt after exactly 10 business days comes in time, and the clock begins anew where it is', () => {
    const { lead: tried } = takeAttempt(on(DUE), lead, call(DUE));
    const silence = tried.clocks.filter(({ commitment }) => commitment === 'opportunity.no_activity');
    expect(silence).toHaveLength(1);
    expect(silence[0]).toMatchObject({ status: 'within_sla', dueAt: '2026-12-16T15:00:00.000Z', run: 1 });
    expect(dealOf(tried).lastActivityAt).toBe('2026-12-02T15:00:00.000Z');
  });

  test('an attempt a millisecond later is too late: the miss stays, and another clock begins', () => {
    const late = '2026-12-02T15:00:00.001Z';
    const { lead: silent } = runTo(world, lead, DUE);
    const { lead: tried } = takeAttempt(on(late), silent, call(late));
    expect(tried.clocks.filter(({ commitment }) => commitment === 'opportunity.no_activity')).toMatchObject([
      { status: 'missed' },
      { status: 'within_sla', n: 2 },
    ]);
    expect(clock(tried, 'remedy.no_activity')?.status).toBe('met');
  });

  test('an attempt of before that is told later moves nothing back', () => {
    const { lead: tried } = takeAttempt(
      on('2026-11-20T10:00:00-05:00'),
      lead,
      call('2026-11-20T10:00:00-05:00'),
    );
    const before = clock(tried, 'opportunity.no_activity')?.dueAt;
    const { lead: told } = takeAttempt(
      on('2026-11-21T10:00:00-05:00'),
      tried,
      call('2026-11-18T10:00:00-05:00'),
    );
    expect(clock(told, 'opportunity.no_activity')?.dueAt).toBe(before);
  });

  test.each([
    ['another amount', { amount: 5000 }],
    ['another close date', { closeDate: '2026-12-31' }],
    ['another stage', { stage: 2 }],
  ])('%s is no activity', (_what, changes) => {
    const updated = update(on('2026-11-20T10:00:00-05:00'), lead, changes).lead;
    expect(clock(updated, 'opportunity.no_activity')?.dueAt).toBe('2026-12-02T15:00:00.000Z');
  });

  test.each([
    ['a next step', { nextStep: { what: 'Demo for finance', due: '2026-11-30' } }],
    ['a proposal', { proposalSentAt: '2026-11-20T15:00:00.000Z' }],
    ['a check-in', { checkedInAt: '2026-11-20T15:00:00.000Z' }],
  ])('%s is', (_what, changes) => {
    const updated = update(on('2026-11-20T10:00:00-05:00'), lead, changes).lead;
    expect(clock(updated, 'opportunity.no_activity')?.dueAt).toBe('2026-12-07T15:00:00.000Z');
  });
});

test('stage age exceeded: the AE manager is told, and has 48 hours to hold a review', () => {
  const { lead: old, effects } = runTo(world, lead, '2026-12-08T10:00:00-05:00');
  expect(mails(effects)).toContain('breach_manager → aaron');
  expect(clock(old, 'remedy.stage_age')).toMatchObject({ owes: null, dueAt: '2026-12-10T15:00:00.000Z' });
  const remedied = { trigger: 'stage_age', at: '2026-12-10T15:00:00.000Z' };
  const held = update(on('2026-12-10T10:00:00-05:00'), old, { remedied }).lead;
  expect(clock(held, 'remedy.stage_age')?.status).toBe('met');
});

describe('close date pushed twice in a quarter', () => {
  const push = (from: Lead, at: string, closeDate: string) => update(on(at), from, { closeDate });
  const first = (): Lead => push(lead, '2026-11-17T10:00:00-05:00', '2026-12-10').lead;

  test('once is nothing; the second push tells the AE and the VP, and the remedy is due in 72 hours', () => {
    const once = push(first(), '2026-11-18T10:00:00-05:00', '2026-12-20');
    expect(events(once.effects)).not.toContain('OpportunityTriggered');
    const twice = push(once.lead, '2026-11-19T10:00:00-05:00', '2026-12-30');
    expect(timeline(twice.effects)).toContain('trigger_close_date_pushed');
    expect(clock(twice.lead, 'remedy.close_date_pushed')?.dueAt).toBe('2026-11-22T15:00:00.000Z');
    const { effects } = runTo(world, twice.lead, '2026-11-19T10:00:00-05:00');
    expect(mails(effects)).toEqual(['reminder → alice', 'reminder → victor']);
  });

  test('to an earlier date is no push', () => {
    const earlier = push(first(), '2026-11-18T10:00:00-05:00', '2026-12-01').lead;
    const later_ = push(earlier, '2026-11-19T10:00:00-05:00', '2026-12-05').lead;
    expect(running(later_)).not.toContain('remedy.close_date_pushed');
  });

  test('a second push in the next quarter is the first of that one', () => {
    const once = push(first(), '2026-12-31T23:59:59-05:00', '2027-01-10').lead;
    const next = push(once, '2027-01-01T00:00:00-05:00', '2027-01-20').lead;
    expect(dealOf(next).closeDates.map(({ quarter }) => quarter)).toEqual(['2026-Q4', '2026-Q4', '2027-Q1']);
    expect(running(next)).not.toContain('remedy.close_date_pushed');
    expect(running(push(next, '2027-01-02T00:00:00-05:00', '2027-01-21').lead)).toContain(
      'remedy.close_date_pushed',
    );
  });

  test('is told once: the third push is the first of another occurrence', () => {
    let pushed = first();
    const told: boolean[] = [];
    for (const [day, closeDate] of [
      [18, '2026-12-11'],
      [19, '2026-12-12'],
      [20, '2026-12-13'],
      [21, '2026-12-14'],
    ]) {
      const step = push(pushed, `2026-11-${day}T10:00:00-05:00`, String(closeDate));
      told.push(events(step.effects).includes('OpportunityTriggered'));
      pushed = step.lead;
    }
    expect(told).toEqual([false, true, false, true]);
  });
});

describe('deal size changed by more than 30 percent', () => {
  const first = (amount: number): Lead => update(world, lead, { amount }).lead;

  test.each([
    [100_000, 130_000, false],
    [100_000, 130_000.01, true],
    [100_000, 70_000, false],
    [100_000, 69_999.99, true],
    [19.9, 25.87, false],
    [0.1, 0.13, false],
  ])('from %d to %d: %s', (from, to, told) => {
    const changed = update(world, first(from), { amount: to });
    expect(events(changed.effects).includes('OpportunityTriggered')).toBe(told);
    expect(running(changed.lead).includes('remedy.deal_size_changed')).toBe(told);
  });

  test('tells the VP and RevOps, and the remedy is due in 24 hours', () => {
    const { lead: changed } = update(world, first(100), { amount: 150 });
    expect(clock(changed, 'remedy.deal_size_changed')?.dueAt).toBe('2026-11-18T15:00:00.000Z');
    const { effects } = runTo(world, changed, '2026-11-17T10:00:00-05:00');
    expect(mails(effects)).toEqual(['reminder → victor', 'reminder → rex']);
  });

  test('counts from the first estimate, and after it was told from the amount that was told', () => {
    const creeping = update(world, first(100), { amount: 125 }).lead;
    const told = update(world, creeping, { amount: 131 });
    expect(events(told.effects)).toContain('OpportunityTriggered');
    expect(events(update(world, told.lead, { amount: 135 }).effects)).not.toContain('OpportunityTriggered');
  });
});

test('a trigger whose remedy is not enforced does nothing', () => {
  const commitments = world.policy.commitments.map((row) =>
    row.id === 'remedy.deal_size_changed' ? { ...row, enforced: false } : row,
  );
  const without = { ...world, policy: { ...world.policy, commitments } };
  const changed = update(without, update(without, lead, { amount: 100 }).lead, { amount: 200 });
  expect(dealOf(changed.lead).triggered).toEqual([]);
});

test('the first attempt of the AE is their first touch; the SDR’s is not', () => {
  const at = '2026-11-17T11:00:00-05:00';
  const sdrs = takeAttempt(on(at), lead, { ...call(at), personId: 'sam' }).lead;
  expect(clock(sdrs, 'ae.first_touch')?.status).toBe('within_sla');
  expect(clock(takeAttempt(on(at), lead, call(at)).lead, 'ae.first_touch')?.status).toBe('met');
});
