/** What comes at the very instant of a deadline is in time, whichever of the two is looked at first (policy book §5). */
import { climb, lookAgain } from '../../../core/ladder/climb.ts';
import type { Decision } from '../../../core/ladder/facts.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import { completeBriefing } from '../../../core/lifecycle/commands/briefing.ts';
import { happen } from '../../../core/lifecycle/happen.ts';
import type { Clock } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { ownRow, withRows } from '../../support/rows.ts';
import { demoRequest, later, mails, owned, timeline, worldAt } from '../../support/world.ts';
import * as sqls from '../lifecycle/handoff/sqls.ts';

const NINE = '2026-11-17T09:00:00-05:00';
const TEN = '2026-11-17T10:00:00-05:00';
const utc = (instant: string): string => iso(epochMs(instant));
const last = (lead: Lead, id: string): Clock => lead.clocks.findLast(({ commitment }) => commitment === id)!;
const verdicts = (clock: Clock): string[] => clock.verdicts.map(({ verdict, of }) => `${verdict} ${of}`);

function breach(world: World, lead: Lead, id: string) {
  const { clockId, run } = last(lead, id);
  return climb(world, lead, { clockId, run, rung: 'breach' }, null);
}

describe('a commitment with no time allowed', () => {
  let world: World;
  let sql: Lead;
  beforeAll(async () => {
    world = await sqls.handoffWorld();
    sql = sqls.sql(world);
  });

  test('is not looked at before its own instant is over', () => {
    const { clockId, run, dueAt, rungs, wakeAt } = last(sql, 'sql.briefing');
    expect([dueAt, rungs[0]!.at, wakeAt]).toEqual([utc(TEN), utc(TEN), utc('2026-11-17T10:00:01-05:00')]);
    expect(lookAgain(world, sql, { clockId, run }).state.next).toEqual({
      rung: 'breach',
      at: utc('2026-11-17T10:00:01-05:00'),
    });
  });

  test('is met at that instant, with one verdict, and nobody is told of a breach', () => {
    const { lead } = sqls.done(completeBriefing(world, sql, { by: 'sam', parts: sqls.PARTS }));
    expect(verdicts(last(lead, 'sql.briefing'))).toEqual([`met ${utc(TEN)}`]);
    const looked = breach(later(world, '2026-11-17T10:00:01-05:00'), lead, 'sql.briefing');
    expect([looked.effects, looked.state.outcome]).toEqual([[], 'met_in_time']);
  });

  test('is missed a second later, once', () => {
    const second = later(world, '2026-11-17T10:00:01-05:00');
    const { lead, effects } = breach(second, sql, 'sql.briefing');
    expect([verdicts(last(lead, 'sql.briefing')), mails(effects)]).toEqual([
      [`missed ${utc(TEN)}`],
      ['breach_manager → mona'],
    ]);
    const late = sqls.done(completeBriefing(second, lead, { by: 'sam', parts: sqls.PARTS })).lead;
    expect(last(late, 'sql.briefing').status).toBe('missed');
  });

  test('counts from the next opening, whose instant is in time as well', () => {
    const night = later(world, '2026-11-17T20:00:00-05:00');
    expect(last(sqls.sql(night, sqls.sal(world)), 'sql.briefing')).toMatchObject({
      dueAt: utc('2026-11-18T08:00:00-05:00'),
      wakeAt: utc('2026-11-18T08:00:01-05:00'),
    });
  });

  test('with a reminder at its start tells at once all the same', () => {
    const row = ownRow({ id: 'own.remedy', start: 'asked', stop: ['done'], machine: 'commitment-clock' });
    const tell = {
      rung: 'remind' as const,
      at: { afterStart: 'PT0S' },
      tell: ['owner' as const],
      actions: [],
    };
    const own = withRows(world, { ...row, rungs: [{ ...tell, outsideHours: 'wait' as const }] });
    expect(last(happen(own, sql, ['asked']).lead, 'own.remedy').wakeAt).toBe(utc(TEN));
  });
});

describe('a miss that was said at the deadline, and then comes what meets it at just that instant', () => {
  let world: World;
  let asked: Lead;
  const TEN_RUNG = { rung: 'breach' as const, at: { percent: 100 }, tell: ['owner.manager' as const] };
  beforeAll(async () => {
    const row = ownRow({ id: 'own.done', start: 'asked', stop: ['done', 'follow_up_logged'] });
    const rungs = [{ ...TEN_RUNG, actions: ['log_breach' as const], outsideHours: 'wait' as const }];
    world = withRows(await worldAt(NINE), { ...row, machine: 'commitment-clock', rungs });
    asked = happen(world, owned(world, demoRequest(NINE), 'sam'), ['asked']).lead;
  });

  /** The records of breaches, as they stand in the end. */
  const breaches = (steps: Pick<Decision, 'effects'>[]): string[] =>
    steps
      .flatMap(({ effects }) => sqls.records(effects))
      .filter(({ type }) => type === 'breach')
      .map(({ state, personId }) => `${state} ${personId}`);

  test.each([
    ['a fact', (at: World, lead: Lead) => happen(at, lead, ['done'])],
    [
      'an attempt',
      (at: World, lead: Lead) =>
        takeAttempt(at, lead, {
          ...{ activityId: 'a1', type: 'call', outcome: 'no_answer', occurredAt: at.now, personId: 'sam' },
          recordedBy: { kind: 'system', name: 'dialler' },
        }),
    ],
  ])('%s turns it: one verdict of the instant, and the breach is taken back', (_, meet) => {
    const ten = later(world, TEN);
    const missed = breach(ten, asked, 'own.done');
    const met = meet(ten, missed.lead);
    expect(last(met.lead, 'own.done')).toMatchObject({ status: 'met', metAt: utc(TEN) });
    expect(verdicts(last(met.lead, 'own.done'))).toEqual([`met ${utc(TEN)}`]);
    expect(timeline(met.effects)).toEqual(expect.arrayContaining(['clock_met', 'verdict_turned']));
    expect(breaches([missed, met])).toEqual(['open sam', 'overturned sam']);
    const other = meet(ten, asked).lead;
    expect(verdicts(last(other, 'own.done'))).toEqual([`met ${utc(TEN)}`]);
    expect(breach(ten, other, 'own.done').effects).toEqual([]);
  });

  test('a fact that is told late, of before the deadline, turns it too, and both verdicts are kept', () => {
    const missed = breach(later(world, TEN), asked, 'own.done');
    const nearly = epochMs('2026-11-17T09:59:00-05:00');
    const met = happen(later(world, '2026-11-17T11:00:00-05:00'), missed.lead, ['done'], nearly);
    expect(verdicts(last(met.lead, 'own.done'))).toEqual([`missed ${utc(TEN)}`, `met ${iso(nearly)}`]);
    expect(breaches([missed, met])).toEqual(['open sam', 'overturned sam']);
  });
});
