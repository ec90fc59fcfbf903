import { introduce } from '../../../../core/lifecycle/commands/introduce.ts';
import { completeBriefing } from '../../../../core/lifecycle/commands/briefing.ts';
import { signDiscoveryDelay } from '../../../../core/lifecycle/commands/sign-discovery-delay.ts';
import { handOver } from '../../../../core/lifecycle/handoff.ts';
import { isStrategic } from '../../../../core/lifecycle/strategic.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import type { Clock } from '../../../../core/model/clock.ts';
import { epochMs, iso } from '../../../../core/time.ts';
import { events, later, mails, timeline } from '../../../support/world.ts';
import * as sqls from './sqls.ts';

const { ALICE, PARTS, at, clockOf, done, openClocks, records, starts } = sqls;
const utc = (text: string): string => iso(epochMs(text));
const rungs = (clock: Clock) => clock.rungs.map(({ rung, at: due }) => [rung, due]);
const told = (world: World, id: string) =>
  world.policy.commitments.find((row) => row.id === id)!.rungs.map(({ rung, tell }) => [rung, tell]);

let world: World;
beforeAll(async () => {
  world = await sqls.handoffWorld();
});

describe('briefing document complete', () => {
  test('is due with the promotion itself, and a gap goes to the SDR manager', () => {
    const clock = clockOf(sqls.sql(world), 'sql.briefing');
    expect(clock).toMatchObject({ dueAt: utc(at('10:00')), owes: 'sam', status: 'within_sla' });
    expect(rungs(clock)).toEqual([['breach', utc(at('10:00'))]]);
    expect(told(world, 'sql.briefing')).toEqual([['breach', ['role:sdr_manager']]]);
  });

  test('is met by the last part, whoever wrote the first ones', () => {
    const { pain, ...rest } = PARTS;
    const first = done(completeBriefing(world, sqls.sql(world), { by: 'sam', parts: { pain } })).lead;
    expect(first.life.briefing).toEqual({ parts: { pain }, completed: null, read: null });
    expect(openClocks(first)).toContain('sql.briefing');
    const second = done(completeBriefing(world, first, { by: 'jo', parts: rest }));
    expect(second.lead.life.briefing).toEqual({
      parts: PARTS,
      completed: { at: utc(at('10:00')), by: 'jo' },
      read: null,
    });
    expect(clockOf(second.lead, 'sql.briefing').status).toBe('met');
    expect(events(second.effects)).toEqual(expect.arrayContaining(['BriefingCompleted', 'SlaMet']));
  });
});

describe('the AE is notified', () => {
  test('at once, as soon as the briefing is complete', () => {
    const clock = clockOf(sqls.briefed(world), 'ae.notify');
    expect(clock).toMatchObject({ dueAt: utc(at('10:00')), status: 'within_sla' });
    const { lead, effects } = handOver(world, sqls.briefed(world), ALICE);
    expect(clockOf(lead, 'ae.notify').status).toBe('met');
    expect(lead.life.handoff).toMatchObject({ n: 1, ae: ALICE, sdr: 'sam', introducedAt: null });
    expect(mails(effects)).toEqual(['handed_over → alice']);
    expect(events(effects)).toEqual(expect.arrayContaining(['AeNotified']));
    expect(timeline(effects)[0]).toBe('ae_notified');
  });

  test('in their own hours, by the execution that waits for the deadline, or another run of it', () => {
    const early = later(world, at('10:00'));
    const { lead, effects } = handOver(early, sqls.briefed(early), { ...ALICE, personId: 'ben' });
    expect(mails(effects)).toEqual([]);
    expect(lead.held).toMatchObject([
      { notice: { notice: 'handed_over', recipient: 'ben' }, until: utc('2026-11-17T08:00:00-08:00') },
    ]);
    expect(clockOf(lead, 'ae.decide')).toMatchObject({ wakeAt: utc('2026-11-17T08:00:00-08:00') });
  });

  test('not before the briefing is complete', () => {
    const lead = sqls.sql(world);
    expect(handOver(world, lead, ALICE)).toEqual({ lead, effects: [] });
  });
});

describe('three-way introduction e-mail', () => {
  test('is due two hours after the promotion, and a miss goes to the SDR manager', () => {
    const clock = clockOf(sqls.notified(world), 'sql.introduce');
    expect(clock).toMatchObject({ dueAt: utc(at('12:00')), owes: 'sam' });
    expect(told(world, 'sql.introduce')).toEqual([['breach', ['role:sdr_manager']]]);
  });

  test.each([
    ['a stamp of a system of record', '11:58', 'system', 'met'],
    ['an entry by hand of the last minute', '12:59', 'manual', 'missed'],
    ['an entry by hand of an hour ago, which counts from now', '11:58', 'manual', 'missed'],
  ] as const)('is judged by %s', (_what, time, recordedBy, status) => {
    const one = later(world, at('13:00'));
    const asked = { by: 'sam', sentAt: epochMs(at(time)), recordedBy };
    const { lead, effects } = done(introduce(one, sqls.notified(world), asked));
    expect(clockOf(lead, 'sql.introduce').status).toBe(status);
    expect(lead.life.handoff).toMatchObject({ introducedAt: utc(at(time)), introducedBy: 'sam' });
    expect(events(effects)).toContain('IntroductionSent');
  });

  test('may come after the acceptance', () => {
    const { lead } = sqls.accepted(world);
    const sent = done(introduce(world, lead, { by: 'sam', recordedBy: 'system' })).lead;
    expect(sent).toMatchObject({ status: 'opportunity', life: { handoff: { introducedBy: 'sam' } } });
    expect(clockOf(sent, 'sql.introduce').status).toBe('met');
  });
});

describe('the AE accepts or rejects', () => {
  test('within 4 business hours of the notification; the AE manager hears after 8', () => {
    const clock = clockOf(sqls.notified(later(world, at('10:05'))), 'ae.decide');
    expect(clock).toMatchObject({ owes: 'alice', dueAt: utc(at('14:05')) });
    expect(rungs(clock)).toEqual([
      ['breach', utc(at('14:05'))],
      ['threshold', utc('2026-11-18T08:05:00-05:00')],
    ]);
    expect(told(world, 'ae.decide')).toEqual([
      ['breach', ['owner']],
      ['threshold', ['role:ae_manager']],
    ]);
  });

  test('and is met by either', () => {
    expect(clockOf(sqls.accepted(world).lead, 'ae.decide').status).toBe('met');
    expect(clockOf(sqls.rejected(world, 'AE-REJ-01').lead, 'ae.decide').status).toBe('met');
  });
});

describe('acceptance', () => {
  test('opens the opportunity in the same act, for which no execution is started', () => {
    const { lead, effects } = sqls.accepted(world);
    expect(lead).toMatchObject({
      status: 'opportunity',
      life: {
        briefing: { read: { by: 'alice' } },
        handoff: { accepted: { by: 'alice', at: utc(at('10:00')) } },
        opportunity: { opportunityId: 'lead-1-o1', n: 1, ownerId: 'alice', openedAt: utc(at('10:00')) },
      },
    });
    expect(clockOf(lead, 'opportunity.create').status).toBe('met');
    expect(starts(effects).join()).not.toContain('opportunity-create');
    expect(events(effects)).toEqual(expect.arrayContaining(['SqlAccepted', 'OpportunityCreated']));
    expect(records(effects)).toEqual([
      expect.objectContaining({ recordId: 'lead-1-o1', type: 'opportunity', assignee: 'alice' }),
    ]);
  });

  test('starts the first stage', () => {
    const { lead } = sqls.accepted(world);
    expect(lead.life.opportunity?.stages).toMatchObject([{ stage: 1, by: 'alice' }]);
    expect(clockOf(lead, 'opportunity.stage_1_age')).toMatchObject({ status: 'within_sla' });
  });
});

describe('AE first touch', () => {
  test('is due 24 business hours after the acceptance; the threshold of 48 goes up to VP sales', () => {
    const clock = clockOf(sqls.accepted(world).lead, 'ae.first_touch');
    expect(clock).toMatchObject({ owes: 'alice' });
    expect(rungs(clock)).toEqual([
      ['breach', utc('2026-11-19T14:00:00-05:00')],
      ['threshold', utc('2026-11-23T18:00:00-05:00')],
    ]);
    expect(told(world, 'ae.first_touch').at(-1)).toEqual(['threshold', ['role:ae_manager', 'role:vp_sales']]);
  });
});

describe('discovery meeting', () => {
  test('is due 5 business days after the acceptance', () => {
    const clock = clockOf(sqls.accepted(world).lead, 'ae.discovery');
    expect(clock).toMatchObject({ owes: 'alice', dueAt: utc('2026-11-24T10:00:00-05:00') });
    expect(told(world, 'ae.discovery')).toEqual([['breach', ['role:ae_manager']]]);
  });

  test('or is signed off by a manager, with a reason that stays off the bus', () => {
    const { lead } = sqls.accepted(world);
    const asked = { by: 'aaron', reason: 'Ada is at a fair until December.' };
    const signed = done(signDiscoveryDelay(world, lead, asked));
    expect(clockOf(signed.lead, 'ae.discovery').status).toBe('met');
    expect(signed.lead.life.opportunity?.discoveryDelay).toMatchObject(asked);
    const onTheBus = JSON.stringify(signed.effects.filter(({ kind }) => kind === 'event'));
    expect(onTheBus).toContain('DiscoveryDelaySigned');
    expect(onTheBus).not.toContain('fair');
    expect(signDiscoveryDelay(world, signed.lead, asked)).toEqual({ lead: signed.lead, effects: [] });
  });
});

describe('internal debrief', () => {
  test.each([
    ['enterprise', true],
    ['mid_market', false],
    [null, false],
  ] as const)('of an account of segment %s: %s', (segment, strategic) => {
    expect(isStrategic(world.policy, { segment })).toBe(strategic);
  });
});
