/** The SQL gate (policy book §10): a blocked promotion says what is missing, field by field. */
import type { Promotion } from '../../../../core/lifecycle/commands/promote.ts';
import { promoteToSql } from '../../../../core/lifecycle/commands/promote.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import type { Lead } from '../../../../core/model/lead.ts';
import { LEAD_STATUSES } from '../../../../core/model/lead.ts';
import { events, timeline } from '../../../support/world.ts';
import { parsed } from '../../../support/events.ts';
import { done, enforcing, minutesLater, open, qualified, sal, saved, stand } from './fixture.ts';

let world: World;
let later: World;
let lead: Lead;
beforeAll(async () => {
  world = await enforcing();
  later = minutesLater(world, 60);
  lead = sal(world);
});

const without = (change: Partial<Promotion>) => promoteToSql(later, lead, qualified(change));
const meddpic = (change: Record<string, string | undefined>) => ({
  meddpic: { ...qualified().meddpic, ...change },
});

describe('a SAL with all that an AE relies on', () => {
  test('is an SQL, and the time for qualifying it is met', () => {
    const { lead: promoted, effects } = done(promoteToSql(later, lead, qualified()));
    expect(promoted).toMatchObject({
      status: 'sql',
      life: {
        sql: {
          by: 'sam',
          pain: 'Leads wait for two days',
          meeting: { startsAt: '2026-11-20T15:00:00.000Z' },
        },
      },
    });
    expect(stand(promoted, 'sal.resolve')).toEqual(['sal.resolve met']);
    expect(open(promoted)).toEqual(expect.arrayContaining(['sql.briefing', 'sql.introduce']));
    expect(timeline(effects)).toContain('lead_promoted');
    expect(parsed(effects)).toBe(true);
  });

  test('flags the preferred elements that are missing to the AE, and no optional one', () => {
    const { lead: promoted, effects } = done(promoteToSql(later, lead, qualified()));
    expect(promoted.life.sql?.flagged).toEqual(['economic_buyer', 'decision_criteria']);
    expect(effects).toContainEqual(
      expect.objectContaining({
        detailType: 'LeadPromoted',
        data: expect.objectContaining({ flagged: ['economic_buyer', 'decision_criteria'] }) as unknown,
      }),
    );
    const known = done(without(meddpic({ economic_buyer: 'The CFO', decision_criteria: 'n/a' })));
    expect(known.lead.life.sql?.flagged).toEqual(['decision_criteria']);
    expect(known.lead.life.sql?.meddpic).not.toHaveProperty('decision_criteria');
  });

  test('puts none of its words on the bus', () => {
    const { effects } = done(promoteToSql(later, lead, qualified()));
    const told = JSON.stringify(effects.filter(({ kind }) => kind !== 'timeline'));
    for (const words of ['two days', 'March', 'meet.example', '30 %']) expect(told).not.toContain(words);
  });

  test('again by the same person with the same facts changes nothing', () => {
    const promoted = saved(done(promoteToSql(later, lead, qualified())));
    const again = done(promoteToSql(minutesLater(later), promoted, qualified()));
    expect([again.lead === promoted, again.effects]).toEqual([true, []]);
    expect(promoteToSql(later, promoted, qualified({ pain: 'Another' }))).toMatchObject({
      refused: 'not-allowed',
    });
  });
});

describe('a promotion is blocked', () => {
  test.each<[string, Partial<Promotion>, string, string]>([
    [
      'without a booked meeting',
      { meeting: { link: 'https://meet.example/abc' } },
      'meeting.startsAt',
      'is required',
    ],
    [
      'by a meeting that has been',
      { meeting: { startsAt: '2026-11-17T14:59:00.000Z', link: 'https://meet.example/abc' } },
      'meeting.startsAt',
      'must lie in the future',
    ],
    [
      'without a link to it',
      { meeting: { startsAt: '2026-11-20T15:00:00.000Z' } },
      'meeting.link',
      'is required',
    ],
    [
      'by a link that is none',
      { meeting: { startsAt: '2026-11-20T15:00:00.000Z', link: 'javascript:alert(1)' } },
      'meeting.link',
      'must be a link',
    ],
    ['without a pain statement', { pain: undefined }, 'pain', 'is required'],
    ['by an empty one', { pain: ' - ' }, 'pain', 'is required'],
    ['by a placeholder', { timeline: 'TBD' }, 'timeline', 'is required'],
    ['without metrics', meddpic({ metrics: undefined }), 'meddpic.metrics', 'No SQL; back to nurture'],
    [
      'without a decision process',
      meddpic({ decision_process: 'unknown' }),
      'meddpic.decision_process',
      'the timeline is undefined',
    ],
    [
      'without a pain that hurts',
      meddpic({ implicate_pain: '' }),
      'meddpic.implicate_pain',
      'no urgency to act',
    ],
  ])('%s, and says so', (_, change, path, message) => {
    expect(without(change)).toEqual({
      refused: 'sql-gate',
      detail: `A lead is an SQL when nothing is missing that an AE relies on. Missing here: ${path}.`,
      missing: [{ path, message: expect.stringContaining(message) as unknown }],
      allowed: ['reject', 'promote', 'dispose'],
    });
  });

  test('with everything that is missing at once', () => {
    expect(promoteToSql(later, lead, { by: 'sam' })).toMatchObject({
      missing: [
        { path: 'meeting.startsAt' },
        { path: 'pain' },
        { path: 'timeline' },
        { path: 'meeting.link' },
        { path: 'meddpic.metrics' },
        { path: 'meddpic.decision_process' },
        { path: 'meddpic.implicate_pain' },
      ],
    });
  });

  test('by what the policy asks for, no more', () => {
    const sqlGate = { ...world.policy.sqlGate, requires: ['timeline' as const], meddpic: [] };
    const lax = { ...later, policy: { ...world.policy, sqlGate } };
    const promoted = done(promoteToSql(lax, lead, { by: 'sam', timeline: 'By May' }));
    expect(promoted.lead.life.sql).toMatchObject({
      meeting: { startsAt: null, link: null },
      pain: '',
      flagged: [],
    });
    expect(events(promoted.effects)).toContain('LeadPromoted');
    expect(parsed(promoted.effects)).toBe(true);
  });

  test.each(LEAD_STATUSES.filter((status) => status !== 'sal'))('in status %s', (status) => {
    expect(promoteToSql(later, { ...lead, status }, qualified())).toMatchObject({ refused: 'not-allowed' });
  });
});
