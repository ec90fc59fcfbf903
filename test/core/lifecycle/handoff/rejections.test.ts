import { aeReject } from '../../../../core/lifecycle/commands/ae-reject.ts';
import { arbitrate } from '../../../../core/lifecycle/commands/arbitrate.ts';
import { completeBriefing } from '../../../../core/lifecycle/commands/briefing.ts';
import { nextCycle } from '../../../../core/lifecycle/cycle.ts';
import { awaitsArbitration, handOver, needsAe } from '../../../../core/lifecycle/handoff.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import type { Lead } from '../../../../core/model/lead.ts';
import { handoffsOf } from '../../../../core/model/life.ts';
import { epochMs, iso } from '../../../../core/time.ts';
import { events, later, mails } from '../../../support/world.ts';
import * as sqls from './sqls.ts';

const { ALICE, at, clockOf, done, openClocks, records } = sqls;
const utc = (text: string): string => iso(epochMs(text));
let world: World;
beforeAll(async () => {
  world = await sqls.handoffWorld();
});

const tasks = (world_: World, code: string) =>
  records(sqls.rejected(world_, code).effects).map(({ title, assignee }) => [title, assignee]);

/** Promoted, briefed and handed over once more. */
function again(lead: Lead): Lead {
  const afternoon = later(world, at('15:00'));
  const promoted = sqls.sql(afternoon, lead, { pain: 'They confirmed a second time that leads wait.' });
  const ready = done(completeBriefing(afternoon, promoted, { by: 'sam', parts: {} })).lead;
  return handOver(afternoon, ready, { ...ALICE, personId: 'ben' }).lead;
}

describe.each([
  ['AE-REJ-01', 'Go on with the outreach, or recycle: lead lead-1 (AE-REJ-01)', 'mona'],
  ['AE-REJ-03', 'Find the right contact at the same account: lead lead-1 (AE-REJ-03)', 'mona'],
  ['AE-REJ-04', 'Rebook the meeting: lead lead-1 (AE-REJ-04)', null],
])('%s', (code, work, reviewer) => {
  test('makes it a SAL again, for which another time runs', () => {
    const { lead, effects } = sqls.rejected(world, code);
    expect(lead).toMatchObject({ status: 'sal', life: { sql: null, handoff: null } });
    expect(handoffsOf(lead)).toMatchObject([{ n: 1, rejected: { by: 'alice', code } }]);
    expect(openClocks(lead)).toEqual(['sal.rework']);
    expect(clockOf(lead, 'sal.rework')).toMatchObject({
      owes: 'sam',
      dueAt: utc('2026-12-08T10:00:00-05:00'),
    });
    expect(events(effects)).toContain('SqlRejected');
    expect(mails(effects)).toEqual(['handed_back → sam']);
  });

  test('gives the SDR something to do, and whoever looks into it', () => {
    const review = [`Review a rejection by an AE: lead lead-1 (${code})`, reviewer];
    expect(tasks(world, code)).toEqual([[work, 'sam'], ...(reviewer === null ? [] : [review])]);
  });

  test('cancels the introduction, as there is nobody to introduce', () => {
    expect(clockOf(sqls.rejected(world, code).lead, 'sql.introduce').status).toBe('cancelled');
  });

  test('leads back to another AE by another promotion, as the second handoff', () => {
    const lead = again(sqls.rejected(world, code).lead);
    expect(lead.life.handoff).toMatchObject({ n: 2, ae: { personId: 'ben' }, rejected: null });
    expect(clockOf(lead, 'ae.decide')).toMatchObject({ n: 2, owes: 'ben', status: 'within_sla' });
    expect(clockOf(lead, 'sal.rework').status).toBe('met');
    expect(handoffsOf(lead).map(({ n }) => n)).toEqual([1, 2]);
  });

  test('keeps what the briefing says, and wants it confirmed', () => {
    const { lead } = sqls.rejected(world, code);
    expect(lead.life.briefing).toEqual({ parts: sqls.PARTS, completed: null, read: null });
    const promoted = sqls.sql(world, lead, { pain: 'Another pain than before, confirmed.' });
    expect(needsAe(promoted)).toBe(false);
    expect(handOver(world, promoted, ALICE).effects).toEqual([]);
  });
});

describe('AE-REJ-02', () => {
  test('recycles it as not ready, and all that Sales owes any more is the check-in', () => {
    const { lead, effects } = sqls.rejected(world, 'AE-REJ-02');
    expect(lead).toMatchObject({
      status: 'recycled',
      life: {
        closedAt: utc(at('10:00')),
        disposition: {
          disposition: 'disqualified',
          reason: 'timeline_12_months',
          scenario: 'not_ready',
          by: 'alice',
        },
      },
    });
    expect(openClocks(lead)).toEqual(['recycle.check_in']);
    expect(effects.filter(({ kind }) => kind === 'suppress')).toMatchObject([
      { subject: 'person', scenario: 'not_ready' },
    ]);
  });

  test('asks the SDR to check in at month 6, and RevOps to look into it', () => {
    const found = records(sqls.rejected(world, 'AE-REJ-02').effects);
    expect(found.map(({ assignee, title, dueAt }) => [assignee, title, dueAt])).toEqual([
      ['sam', 'Check in again: lead lead-1 (AE-REJ-02)', utc('2027-05-17T10:00:00-04:00')],
      ['rex', 'Review a rejection by an AE: lead lead-1 (AE-REJ-02)', undefined],
    ]);
  });

  test('has its way back by another cycle, whose handoff is the second one', () => {
    const { lead } = nextCycle(world, sqls.rejected(world, 'AE-REJ-02').lead);
    expect(handoffsOf(lead)).toMatchObject([{ n: 1, rejected: { code: 'AE-REJ-02' } }]);
    const next = sqls.notified(world, {
      ...lead,
      status: 'sql',
      life: { ...lead.life, briefing: readyBriefing },
    });
    expect(next.life.handoff?.n).toBe(2);
    expect(sqls.accepted(world, next).lead.life.opportunity?.opportunityId).toBe('lead-1-o2');
  });
  const readyBriefing = { parts: sqls.PARTS, completed: { at: utc(at('10:00')), by: 'sam' }, read: null };
});

describe('AE-REJ-05', () => {
  const ask = { by: 'rex', personId: 'ben', reason: 'The account is in the west.' };

  test('stays an SQL without an AE, and RevOps has a clock and a task', () => {
    const { lead, effects } = sqls.rejected(world, 'AE-REJ-05');
    expect(lead.status).toBe('sql');
    expect([needsAe(lead), awaitsArbitration(lead)]).toEqual([false, true]);
    expect(openClocks(lead)).toEqual(['handoff.arbitrate']);
    expect(clockOf(lead, 'handoff.arbitrate').dueAt).toBe(utc(at('14:00')));
    expect(tasks(world, 'AE-REJ-05')).toEqual([['Decide whose the SQL is: lead lead-1 (AE-REJ-05)', 'rex']]);
    expect(mails(effects)).toEqual(['handed_back → sam', 'handed_back → rex']);
    expect(handOver(world, lead, ALICE)).toEqual({ lead, effects: [] });
  });

  test('is settled by RevOps, who names an AE', () => {
    const noon = later(world, at('12:00'));
    const { lead, effects } = done(arbitrate(noon, sqls.rejected(world, 'AE-REJ-05').lead, ask));
    expect(lead.life.handoff).toMatchObject({ n: 2, ae: { personId: 'ben', via: 'by_hand' } });
    expect(openClocks(lead)).toEqual(['ae.decide']);
    expect(clockOf(lead, 'handoff.arbitrate').status).toBe('met');
    const onTheBus = JSON.stringify(effects.filter(({ kind }) => kind === 'event'));
    expect(onTheBus).toContain('Handed over on the request of rex.');
    expect(onTheBus).not.toContain('west');
    expect(arbitrate(noon, lead, ask)).toEqual({ lead, effects: [] });
  });

  test('may go to the AE who gave it back', () => {
    const { lead } = sqls.rejected(world, 'AE-REJ-05');
    const back = done(arbitrate(world, lead, { ...ask, personId: 'alice' })).lead;
    expect(sqls.accepted(world, back).lead.status).toBe('opportunity');
  });
});

describe('any code', () => {
  const CODES = ['AE-REJ-01', 'AE-REJ-02', 'AE-REJ-03', 'AE-REJ-04', 'AE-REJ-05'];

  test('of the policy is one of these', () => {
    expect(world.policy.aeRejections.map(({ code }) => code)).toEqual(CODES);
  });

  test.each(CODES)('%s given twice is given once', (code) => {
    const { lead } = sqls.rejected(world, code);
    expect(aeReject(world, lead, { by: 'alice', code })).toEqual({ lead, effects: [], creditDue: false });
  });

  test.each(CODES)('%s drops the message that still waits for its AE', (code) => {
    const waiting = handOver(world, sqls.briefed(world), { ...ALICE, personId: 'ben' }).lead;
    expect(waiting.held).toHaveLength(1);
    const { lead } = done(aeReject(world, waiting, { by: 'ben', code }));
    expect(lead.held.filter(({ notice }) => notice.notice === 'handed_over')).toEqual([]);
  });

  test('owes the AE the turn only for a conflict of territories', () => {
    expect(CODES.filter((code) => sqls.rejected(world, code).creditDue)).toEqual(['AE-REJ-05']);
  });
});
