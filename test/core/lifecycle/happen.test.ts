import { pauseLead, resumeLead } from '../../../core/ladder/pause.ts';
import { assign } from '../../../core/ladder/assign.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { startOfExecution } from '../../../core/lifecycle/attention.ts';
import { happen } from '../../../core/lifecycle/happen.ts';
import type { Clock } from '../../../core/model/clock.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs } from '../../../core/time.ts';
import { enforcing, ownRow, withRows } from '../../support/rows.ts';
import { arrived, demoRequest, later, owned, timeline, worldAt } from '../../support/world.ts';

const NINE = '2026-11-17T09:00:00-05:00';
let base: World;
let lead: Lead;
beforeAll(async () => {
  base = enforcing(await worldAt(NINE));
  lead = owned(base, demoRequest(NINE), 'sam');
});

const at = (world: World, time: string): World => later(world, `2026-11-17T${time}-05:00`);
const of = ({ clocks }: Lead, commitment: string): Clock[] =>
  clocks.filter((clock) => clock.commitment === commitment);

/** The world in which each execution starts with its clock, also those that the policy lets wait for a while. */
const startingAtOnce = (world: World): World => {
  const commitments = world.policy.commitments.map((row) => ({ ...row, startExecutionAfter: undefined }));
  return { ...world, policy: { ...world.policy, commitments } };
};

describe('a fact', () => {
  test('starts what the policy enforces, with an execution, and stops it again', () => {
    const world = startingAtOnce(enforcing(base, 'sal.resolve'));
    const opened = happen(at(world, '10:00:00'), lead, ['lead_accepted']);
    expect(of(opened.lead, 'sal.resolve')).toMatchObject([
      { owes: 'sam', target: 'P14D', startedAt: '2026-11-17T15:00:00.000Z', run: 1, status: 'within_sla' },
    ]);
    expect(opened.effects).toContainEqual(
      expect.objectContaining({ kind: 'start', name: 'lead-1-sal-resolve-1', machine: 'commitment-clock' }),
    );
    const met = happen(at(world, '11:00:00'), opened.lead, ['lead_promoted']);
    expect(of(met.lead, 'sal.resolve')).toMatchObject([{ status: 'met', metAt: '2026-11-17T16:00:00.000Z' }]);
    expect(timeline(met.effects)).toEqual(['clock_met']);
  });

  test('that starts nothing and stops nothing changes nothing', () => {
    const { lead: same, effects } = happen(at(base, '10:00:00'), lead, ['lead_accepted']);
    expect(same).toBe(lead);
    expect(effects).toEqual([]);
  });

  test('happens no more to a lead without its person', () => {
    const world = enforcing(base, 'sal.resolve');
    const erased = { ...lead, erasedAt: NINE };
    expect(happen(world, erased, ['lead_accepted'])).toEqual({ lead: erased, effects: [] });
  });

  test('does not start a second clock while one runs', () => {
    const world = enforcing(base, 'sal.resolve');
    const once = happen(at(world, '10:00:00'), lead, ['lead_accepted']).lead;
    expect(of(happen(at(world, '11:00:00'), once, ['lead_accepted']).lead, 'sal.resolve')).toHaveLength(1);
  });

  test('starts another one when the first is met', () => {
    const world = withRows(base, ownRow({ id: 'own.calls', start: 'call_promised', stop: ['call_made'] }));
    const facts: [string, string][] = [
      ['10:00:00', 'call_promised'],
      ['10:10:00', 'call_made'],
      ['10:20:00', 'call_promised'],
    ];
    const now = facts.reduce((sum, [time, fact]) => happen(at(world, time), sum, [fact]).lead, lead);
    expect(of(now, 'own.calls').map(({ clockId, status }) => [clockId, status])).toEqual([
      ['own.calls-1', 'met'],
      ['own.calls-2', 'within_sla'],
    ]);
  });

  test('that both starts and stops a row lets it begin anew', () => {
    const world = withRows(base, ownRow({ id: 'own.round', start: 'round_done', stop: ['round_done'] }));
    const first = happen(at(world, '10:00:00'), lead, ['round_done']).lead;
    const second = happen(at(world, '10:10:00'), first, ['round_done']).lead;
    expect(of(first, 'own.round').map(({ status }) => status)).toEqual(['within_sla']);
    expect(of(second, 'own.round').filter(isOpen)).toMatchObject([{ startedAt: '2026-11-17T15:10:00.000Z' }]);
  });

  test('may stop what an earlier one of the same act has started, and not the other way round', () => {
    const world = withRows(base, ownRow({ id: 'own.act', start: 'asked', stop: ['answered'] }));
    const inOrder = happen(at(world, '10:00:00'), lead, ['asked', 'answered']).lead;
    const turned = happen(at(world, '10:00:00'), lead, ['answered', 'asked']).lead;
    expect(of(inOrder, 'own.act').map(({ status }) => status)).toEqual(['met']);
    expect(of(turned, 'own.act').map(({ status }) => status)).toEqual(['within_sla']);
  });

  test('that was before the start does not stop it', () => {
    const world = enforcing(base, 'sal.resolve');
    const opened = happen(at(world, '10:00:00'), lead, ['lead_accepted']).lead;
    const before = epochMs('2026-11-17T09:59:59-05:00');
    expect(happen(at(world, '11:00:00'), opened, ['lead_promoted'], before).lead).toBe(opened);
  });

  test('that is told late starts its clock when it was, met by what is known to have come after', () => {
    const world = enforcing(base, 'sal.accept');
    const accepted = {
      ...lead,
      life: { ...lead.life, accepted: { at: '2026-11-17T15:20:00.000Z', by: 'sam' } },
    };
    const ten = epochMs('2026-11-17T10:00:00-05:00');
    const told = happen(at(world, '12:00:00'), accepted, ['first_attempt'], ten).lead;
    expect(of(told, 'sal.accept')).toMatchObject([
      { startedAt: '2026-11-17T15:00:00.000Z', status: 'missed', metAt: '2026-11-17T15:20:00.000Z' },
    ]);
  });

  test('drops the messages that wait with the clock that it meets', () => {
    const world = enforcing(base, 'sal.resolve');
    const opened = happen(at(world, '10:00:00'), lead, ['lead_accepted']).lead;
    const notice = { kind: 'notice' as const, id: 'x', notice: 'warning' as const, rung: 'warn' as const };
    const on = { clockId: 'sal.resolve-1', recipient: 'mona', at: NINE };
    const waiting = {
      ...opened,
      held: [{ until: '2026-11-18T14:00:00.000Z', notice: { ...notice, ...on } }],
    };
    const met = happen(at(world, '11:00:00'), waiting, ['lead_promoted']);
    expect(met.lead.held).toEqual([]);
    expect(timeline(met.effects)).toContain('held_message_dropped');
  });
});

describe('what has a subject of its own', () => {
  test('is opened for an opportunity only while there is one', () => {
    const world = enforcing(base, 'ae.discovery');
    expect(happen(world, lead, ['ae_accepted']).lead).toBe(lead);
    const life = { ...lead.life, opportunity: { opportunityId: 'lead-1-o1' } as Lead['life']['opportunity'] };
    expect(of(happen(world, { ...lead, life }, ['ae_accepted']).lead, 'ae.discovery')).toHaveLength(1);
  });

  test('is opened for each meeting, and met by what is about that meeting', () => {
    const world = enforcing(base, 'meeting.invite');
    const [one, two] = [{ meetingId: 'm1' }, { meetingId: 'm2' }];
    const now = epochMs(NINE);
    expect(happen(world, lead, ['meeting_booked']).lead).toBe(lead);
    const first = happen(world, lead, ['meeting_booked'], now, one).lead;
    const both = happen(world, first, ['meeting_booked'], now, two).lead;
    const met = happen(at(world, '09:10:00'), both, ['invitation_sent'], undefined, one).lead;
    expect(of(met, 'meeting.invite').map(({ about, status }) => [about, status])).toEqual([
      ['m1', 'met'],
      ['m2', 'within_sla'],
    ]);
  });

  test('that is no lead’s is never opened', () => {
    const world = enforcing(base, 'support.high.response');
    expect(happen(world, lead, ['ticket_opened']).lead).toBe(lead);
  });
});

describe('what begins with an owner', () => {
  test('begins with the first one and goes on with the next', () => {
    const world = enforcing(base, 'sal.decide');
    const { lead: blank } = arrived(world, demoRequest(NINE));
    const draw = { personId: 'sam', reason: 'Next.', via: 'round_robin' as const };
    const given = assign(world, blank, draw);
    expect(of(given.lead, 'sal.decide')).toMatchObject([
      { owes: 'sam', dueAt: '2026-11-17T18:00:00.000Z', run: 0 },
    ]);
    // Most leads are accepted long before: the execution is started after an hour, by the reconciler.
    expect(given.effects.filter(({ kind }) => kind === 'start')).toEqual([]);
    expect(startOfExecution(given.lead, of(given.lead, 'sal.decide')[0]!, world.policy)).toBe(
      epochMs('2026-11-17T10:00:00-05:00'),
    );
  });
});

describe('targets in words', () => {
  const enrolled = (world: World, time: string): Clock =>
    of(happen(at(world, time), lead, ['own_start']).lead, 'own.day')[0]!;
  const dayWorld = (): World =>
    withRows(base, {
      ...ownRow({ id: 'own.day', start: 'own_start', stop: ['own_stop'], target: 'same_business_day' }),
    });

  test.each([
    ['09:30:00', 'PT8H30M', '2026-11-17T23:00:00.000Z'],
    ['06:00:00', 'PT10H', '2026-11-17T23:00:00.000Z'],
    ['19:00:00', 'PT10H', '2026-11-18T23:00:00.000Z'],
    ['18:00:00', 'PT10H', '2026-11-18T23:00:00.000Z'],
  ])('same_business_day is until the close of the day, from %s on', (time, target, dueAt) => {
    expect(enrolled(dayWorld(), time)).toMatchObject({ target, dueAt });
  });

  test.each([
    // Tuesday the 17th to Wednesday; a Friday to Monday; before and after hours.
    ['2026-11-17T09:30:00-05:00', 'PT18H30M', '2026-11-18T23:00:00.000Z'],
    ['2026-11-17T17:59:00-05:00', 'PT10H1M', '2026-11-18T23:00:00.000Z'],
    ['2026-11-20T11:00:00-05:00', 'PT17H', '2026-11-23T23:00:00.000Z'],
    ['2026-11-17T06:00:00-05:00', 'PT20H', '2026-11-18T23:00:00.000Z'],
    ['2026-11-17T19:00:00-05:00', 'PT20H', '2026-11-19T23:00:00.000Z'],
  ])('next_business_day is until the close of the business day after that of %s', (time, target, dueAt) => {
    const world = withRows(base, {
      ...ownRow({ id: 'own.day', start: 'own_start', stop: ['own_stop'], target: 'next_business_day' }),
    });
    const opened = happen({ ...world, now: Date.parse(time) }, lead, ['own_start']).lead;
    expect(of(opened, 'own.day')[0]).toMatchObject({ target, dueAt });
  });

  test('same_business_day moves with a pause as every target does', () => {
    const world = dayWorld();
    const opened = happen(at(world, '16:00:00'), lead, ['own_start']).lead;
    const ask = { reason: 'force_majeure', by: 'api' };
    const paused = pauseLead(opened, { ...ask, now: at(world, '17:00:00').now, until: null }).lead;
    const running = resumeLead(world.policy, paused, { ...ask, now: at(world, '17:45:00').now }).lead;
    expect(of(running, 'own.day')[0]?.dueAt).toBe('2026-11-18T13:45:00.000Z');
  });

  test('at_once allows nothing: its rungs are due at once, and what is done in the same act is in time', () => {
    const world = enforcing(base, 'sql.briefing');
    const opened = happen(at(world, '10:00:00'), lead, ['lead_promoted']).lead;
    expect(of(opened, 'sql.briefing')).toMatchObject([
      {
        target: 'PT0S',
        dueAt: '2026-11-17T15:00:00.000Z',
        // The instant itself is in time.
        wakeAt: '2026-11-17T15:00:01.000Z',
        rungs: [{ rung: 'breach', at: '2026-11-17T15:00:00.000Z' }],
      },
    ]);
    const met = happen(at(world, '10:00:00'), opened, ['briefing_completed']).lead;
    expect(of(met, 'sql.briefing')).toMatchObject([{ status: 'met' }]);
  });

  test('the lead’s own target counts from the fact', () => {
    const row = { id: 'own.lead', start: 'own_start', stop: ['own_stop'], target: 'lead' as const };
    const opened = happen(at(withRows(base, ownRow(row)), '11:00:00'), lead, ['own_start']).lead;
    expect(of(opened, 'own.lead')).toMatchObject([{ target: 'PT5M', dueAt: '2026-11-17T16:05:00.000Z' }]);
  });
});

test('while the lead is paused, what begins stands still with it', () => {
  const world = startingAtOnce(enforcing(base, 'sal.resolve'));
  const ask = { reason: 'force_majeure', by: 'api', now: at(world, '09:01:00').now, until: null };
  const paused = pauseLead(lead, ask).lead;
  expect(of(happen(at(world, '10:00:00'), paused, ['lead_accepted']).lead, 'sal.resolve')).toMatchObject([
    { status: 'paused', run: 1 },
  ]);
});
