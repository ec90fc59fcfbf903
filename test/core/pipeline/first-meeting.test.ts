import type { Promotion } from '../../../core/lifecycle/commands/promote.ts';
import { promoteToSql } from '../../../core/lifecycle/commands/promote.ts';
import { bookMeeting } from '../../../core/pipeline/meetings.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { epochMs } from '../../../core/time.ts';
import { later, worldAt } from '../../support/world.ts';
import { done, notified, PROMOTION, rejected, sal, sql } from '../lifecycle/handoff/sqls.ts';

const FRIDAY = '2026-11-20T15:00:00.000Z';
const MONDAY = '2026-11-23T15:00:00.000Z';
let world: World;
let afternoon: World;
beforeAll(async () => {
  const plain = await worldAt('2026-11-17T10:00:00-05:00');
  const commitments = plain.policy.commitments.map((row) =>
    row.id.startsWith('meeting.') ? { ...row, enforced: true } : row,
  );
  world = { ...plain, policy: { ...plain.policy, commitments } };
  afternoon = later(world, '2026-11-17T15:00:00-05:00');
});

const at = (startsAt: string): Partial<Promotion> => ({ meeting: { ...PROMOTION.meeting, startsAt } });
const booked = ({ life }: Lead): string[] =>
  life.meetings.map(({ meetingId, kind, startsAt, state }) => `${meetingId} ${kind} ${startsAt} ${state}`);
const running = ({ clocks }: Lead): string[] =>
  clocks
    .filter((clock) => isOpen(clock) && clock.about !== undefined)
    .map(({ commitment, about }) => `${commitment} ${about!}`);

const CLOCKS = ['invite', 'research', 'debrief', 'outcome'].map((what) => `meeting.${what} lead-1-1-m1`);

describe('the meeting of an SQL (policy book §10, §12)', () => {
  test('is booked with the promotion: its invitation, research, debrief and outcome are owed', () => {
    const lead = sql(world);
    expect(booked(lead)).toEqual([`lead-1-1-m1 discovery ${FRIDAY} booked`]);
    expect(lead.life.meetings[0]!.booked.by).toBe('sam');
    expect(running(lead).sort()).toEqual([...CLOCKS].sort());
  });

  test('is told once, with the promotion before it', () => {
    const { effects } = done(promoteToSql(world, sal(world), PROMOTION));
    const told = effects.flatMap((effect) => (effect.kind === 'event' ? [effect.detailType] : []));
    expect(told.filter((name) => name === 'MeetingBooked')).toHaveLength(1);
    expect(told.indexOf('LeadPromoted')).toBeLessThan(told.indexOf('MeetingBooked'));
  });

  test('is booked once, however often the same facts come', () => {
    const lead = sql(world);
    expect(done(promoteToSql(afternoon, lead, PROMOTION))).toEqual({ lead, effects: [] });
  });

  test('is the one that was booked before, by hand', () => {
    const ask = { by: 'sam', kind: 'discovery', startsAt: epochMs(FRIDAY) } as const;
    const { lead } = done(bookMeeting(world, sal(world), ask));
    expect(booked(sql(afternoon, lead))).toEqual([`lead-1-1-m1 discovery ${FRIDAY} booked`]);
  });

  test.each(['AE-REJ-01', 'AE-REJ-03'])(
    'given back by %s it stays, and is not booked a second time',
    (code) => {
      const back = rejected(world, code, notified(world)).lead;
      expect(booked(back)).toEqual([`lead-1-1-m1 discovery ${FRIDAY} booked`]);
      expect(booked(sql(afternoon, back))).toEqual([`lead-1-1-m1 discovery ${FRIDAY} booked`]);
    },
  );

  test('with another time the second time it was moved, and its clocks with it', () => {
    const back = rejected(world, 'AE-REJ-01', notified(world)).lead;
    const again = sql(afternoon, back, at(MONDAY));
    expect(booked(again)).toEqual([`lead-1-1-m1 discovery ${MONDAY} booked`]);
    const outcome = again.clocks.findLast(({ commitment }) => commitment === 'meeting.outcome');
    expect(outcome?.appointed?.at).toBe(MONDAY);
  });

  test('given back by AE-REJ-04 it is cancelled: nobody is reminded, and another one has to be booked', () => {
    const back = rejected(world, 'AE-REJ-04', notified(world));
    expect(booked(back.lead)).toEqual([`lead-1-1-m1 discovery ${FRIDAY} cancelled`]);
    expect(running(back.lead)).toEqual([]);
    const told = back.effects.flatMap((effect) => (effect.kind === 'event' ? [effect.detailType] : []));
    expect(told).toContain('MeetingCancelled');
    // The prospect comes after all: at the same time, and it is another meeting.
    expect(booked(sql(afternoon, back.lead))).toEqual([
      `lead-1-1-m1 discovery ${FRIDAY} cancelled`,
      `lead-1-1-m2 discovery ${FRIDAY} booked`,
    ]);
  });

  test('one whose time has passed is another one', () => {
    const back = rejected(world, 'AE-REJ-01', notified(world)).lead;
    const monday = later(world, '2026-11-23T08:00:00-05:00');
    expect(booked(sql(monday, back, at(MONDAY)))).toEqual([
      `lead-1-1-m1 discovery ${FRIDAY} booked`,
      `lead-1-1-m2 discovery ${MONDAY} booked`,
    ]);
  });

  test('with its rows not enforced it opens no clock', async () => {
    const plain = await worldAt('2026-11-17T10:00:00-05:00');
    const policy = {
      ...plain.policy,
      commitments: plain.policy.commitments.map((row) =>
        row.subject === 'meeting' ? { ...row, enforced: false } : row,
      ),
    };
    const lead = sql({ ...plain, policy });
    expect(booked(lead)).toHaveLength(1);
    expect(running(lead)).toEqual([]);
  });
});
