import { reassign } from '../../../core/ladder/assign.ts';
import { climb } from '../../../core/ladder/climb.ts';
import { answerable } from '../../../core/ladder/owes.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import { happen } from '../../../core/lifecycle/happen.ts';
import type { Clock } from '../../../core/model/clock.ts';
import type { Effect, RecordItem } from '../../../core/model/effects.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs } from '../../../core/time.ts';
import { enforcing, ownRow, withRows } from '../../support/rows.ts';
import { demoRequest, later, mails, owned, worldAt } from '../../support/world.ts';

const NINE = '2026-11-17T09:00:00-05:00';
const JO = { personId: 'jo', reason: 'Next in the round robin.', via: 'round_robin' as const };
let base: World;
let lead: Lead;
beforeAll(async () => {
  base = await worldAt(NINE);
  const { lead: mql } = { lead: owned(base, demoRequest(NINE), 'sam') };
  const ae = { ...mql.owner!, personId: 'alice', reason: 'Next of the AEs.', n: 1 };
  const handoff = { ae, notifiedAt: mql.receivedAt } as NonNullable<Lead['life']['handoff']>;
  lead = { ...mql, life: { ...mql.life, handoff } };
});

const at = (world: World, time: string): World => later(world, `2026-11-17T${time}-05:00`);
const clockOf = ({ clocks }: Lead, commitment: string): Clock =>
  clocks.findLast((clock) => clock.commitment === commitment)!;
const records = (effects: Effect[]): RecordItem[] =>
  effects.flatMap((effect) => (effect.kind === 'record' ? [effect.record] : []));

test.each([
  ['owner', 'sam'],
  ['sdr', 'sam'],
  ['ae', 'alice'],
  ['marketing_ops', null],
  ['revops', null],
] as const)('what %s owes is owed by %s', (owes, personId) => {
  const world = withRows(base, ownRow({ id: 'own.row', owes, start: 'begun', stop: ['done'] }));
  expect(clockOf(happen(world, lead, ['begun']).lead, 'own.row').owes).toBe(personId);
});

test.each([
  ['has not accepted the lead', null, null],
  ['has accepted it', { at: NINE, by: 'alice' }, 'alice'],
])('what an AE owes of a meeting is owed by nobody but the SDR while the AE %s', (_, accepted, personId) => {
  const row = {
    id: 'own.row',
    owes: 'ae' as const,
    subject: 'meeting' as const,
    start: 'begun',
    stop: ['done'],
  };
  const world = withRows(base, ownRow(row));
  const handoff = { ...lead.life.handoff!, accepted };
  const about = { meetingId: 'lead-1-1-m1', appointed: '2026-11-20T15:00:00.000Z' };
  const opened = happen(
    world,
    { ...lead, life: { ...lead.life, handoff } },
    ['begun'],
    world.now,
    about,
  ).lead;
  const clock = clockOf(opened, 'own.row');
  expect(clock.owes).toBe(personId);
  expect(answerable(world.policy, opened, clock)).toBe(personId ?? 'sam');
});

describe('a clock that an AE owes', () => {
  const rungs = [
    {
      rung: 'warn',
      at: { percent: 50 },
      tell: ['owner', 'owner.manager'],
      actions: [],
      outsideHours: 'wait',
    },
    {
      rung: 'breach',
      at: { percent: 100 },
      tell: ['previous_owner', 'owner', 'previous_owner.manager'],
      actions: ['log_breach', 'manager_task', 'breach_review'],
      outsideHours: 'wait',
    },
  ] satisfies Parameters<typeof ownRow>[0]['rungs'];

  test('tells the AE and the AE’s manager, and the miss is the AE’s', () => {
    const row = { id: 'own.ae', owes: 'ae' as const, start: 'begun', stop: ['done'], rungs };
    const world = withRows(base, ownRow({ ...row, machine: 'commitment-clock' }));
    const opened = happen(at(world, '10:00:00'), lead, ['begun']).lead;
    const on = { clockId: 'own.ae-1', run: 1 };
    const warned = climb(at(world, '10:30:00'), opened, { ...on, rung: 'warn' }, null);
    expect(mails(warned.effects)).toEqual(['warning → alice', 'warning → aaron']);
    const breached = climb(at(world, '11:00:00'), warned.lead, { ...on, rung: 'breach' }, null);
    expect(mails(breached.effects)).toEqual(['breach_old_owner → alice', 'breach_manager → aaron']);
    expect(records(breached.effects)).toMatchObject([
      { type: 'breach', personId: 'alice' },
      { type: 'task', assignee: 'aaron', personId: 'alice' },
      { type: 'breach_review', personId: 'alice' },
    ]);
    expect(breached.lead.owner?.personId).toBe('sam');
  });

  test('leaves whom the response clock tells as it is', () => {
    const warned = climb(
      at(base, '09:03:45'),
      lead,
      { clockId: 'mql.respond-1', run: 1, rung: 'warn' },
      null,
    );
    expect(mails(warned.effects)).toEqual(['warning → sam', 'warning → mona']);
  });

  test('stays theirs when the lead goes to another SDR', () => {
    const world = enforcing(base, 'ae.decide');
    const opened = happen(at(world, '10:00:00'), lead, ['ae_notified']).lead;
    expect(clockOf(reassign(at(world, '11:00:00'), opened, undefined, JO).lead, 'ae.decide').owes).toBe(
      'alice',
    );
  });
});

describe('a clock that the owner owes', () => {
  const decided = (): { world: World; given: Lead } => {
    const world = enforcing(base, 'sal.decide');
    return { world, given: owned(world, demoRequest(NINE), 'sam') };
  };
  // Its execution is started only after an hour.
  const breach = { clockId: 'sal.decide-1', run: 0, rung: 'breach' as const };

  test('goes with the lead to its next owner and is not reset', () => {
    const { world, given } = decided();
    const moved = reassign(at(world, '10:00:00'), given, undefined, JO).lead;
    expect(clockOf(moved, 'sal.decide')).toMatchObject({
      owes: 'jo',
      startedAt: '2026-11-17T14:00:00.000Z',
      dueAt: '2026-11-17T18:00:00.000Z',
    });
    const { effects } = climb(at(world, '13:00:00'), moved, breach, null);
    expect(mails(effects)).toEqual(['breach_old_owner → jo']);
    expect(records(effects)).toMatchObject([{ type: 'breach', personId: 'jo' }]);
  });

  test('is nobody’s miss when the lead came to its owner after the first rung', () => {
    const { world, given } = decided();
    const late = reassign(at(world, '13:00:01'), given, undefined, JO).lead;
    const { effects } = climb(at(world, '13:00:02'), late, breach, null);
    expect(records(effects)).toMatchObject([{ type: 'breach', personId: null }]);
  });

  test('an overturned breach names whom it had named, whoever has the lead now', () => {
    const rungs = [
      {
        rung: 'breach',
        at: { percent: 100 },
        tell: ['owner'],
        actions: ['log_breach'],
        outsideHours: 'wait',
      },
    ] satisfies Parameters<typeof ownRow>[0]['rungs'];
    const row = { id: 'own.reach', start: 'owner_assigned', stop: ['first_contact'], rungs };
    const world = withRows(base, ownRow({ ...row, machine: 'commitment-clock' }));
    const given = owned(world, demoRequest(NINE), 'sam');
    const on = { clockId: 'own.reach-1', run: 1, rung: 'breach' as const };
    const breached = climb(at(world, '10:00:00'), given, on, null).lead;
    const moved = reassign(at(world, '10:10:00'), breached, undefined, JO).lead;
    const call = {
      ...{ activityId: 'a', type: 'call' as const, outcome: 'connected' as const, personId: 'sam' },
      ...{
        occurredAt: epochMs('2026-11-17T09:30:00-05:00'),
        recordedBy: { kind: 'system' as const, name: 'x' },
      },
    };
    const { effects } = takeAttempt(at(world, '10:20:00'), moved, call);
    expect(records(effects).filter(({ recordId }) => recordId.startsWith('own.'))).toMatchObject([
      { state: 'overturned', personId: 'sam' },
    ]);
  });
});
