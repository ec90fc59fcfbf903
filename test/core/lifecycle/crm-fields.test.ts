import { assign } from '../../../core/ladder/assign.ts';
import { climb } from '../../../core/ladder/climb.ts';
import { event } from '../../../core/ladder/facts.ts';
import { pauseLead } from '../../../core/ladder/pause.ts';
import { crmFields, tellCrm, withoutCrm } from '../../../core/lifecycle/crm-fields.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import { closeLead } from '../../../core/lifecycle/close.ts';
import { happen } from '../../../core/lifecycle/happen.ts';
import { takeIn } from '../../../core/lifecycle/intake.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Effect } from '../../../core/model/effects.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { eventDetail } from '../../../core/events/detail.ts';
import { enforcing } from '../../support/rows.ts';
import { later, demoRequest, worldAt } from '../../support/world.ts';
import type { World } from '../../../core/ladder/tell.ts';

const NINE = '2026-11-17T09:00:00-05:00';
let world: World;
let lead: Lead;
beforeAll(async () => {
  world = await worldAt(NINE);
  const taken = takeIn(world, 'lead-1', demoRequest(NINE));
  ({ lead } = tellCrm(taken.lead, taken.effects, world.now));
});

/** What the events of a change carry to the CRM, by detail type. */
const carried = (effects: Effect[]) =>
  effects.flatMap((effect) =>
    effect.kind === 'event' && effect.data['crm'] !== undefined
      ? [[effect.detailType, effect.data['crm']] as const]
      : [],
  );
const next = (change: Partial<Lead> = {}): Lead => ({ ...lead, ...change, version: lead.version + 1 });
const voicemail = (at: string) => ({
  activityId: 'a1',
  type: 'call' as const,
  outcome: 'connected' as const,
  occurredAt: later(world, at).now,
  recordedBy: { kind: 'system' as const, name: 'dialler' },
  personId: 'sam',
});

test('a new lead brings the seven values with it', () => {
  const taken = takeIn(world, 'lead-1', demoRequest(NINE));
  expect(carried(tellCrm(taken.lead, taken.effects, world.now).effects)).toEqual([
    [
      'LeadReceived',
      {
        slaStart: '2026-11-17T14:00:00.000Z',
        slaDue: '2026-11-17T14:05:00.000Z',
        slaStatus: 'within_sla',
        priority: 'hot',
        firstContact: null,
        attempts: 0,
        breachReason: null,
        revision: 1,
      },
    ],
  ]);
});

test('of several events of one change only the last carries them, as they are after it', () => {
  const at = '2026-11-17T09:02:00-05:00';
  const { lead: after, effects } = takeAttempt(later(world, at), lead, voicemail(at));
  const told = tellCrm(next(after), effects, later(world, at).now);
  expect(told.effects.filter((effect) => effect.kind === 'event').length).toBeGreaterThan(1);
  expect(carried(told.effects)).toEqual([
    [
      'SlaMet',
      expect.objectContaining({
        // Of what is owed next: the acceptance, a quarter of an hour after the first attempt.
        slaStart: '2026-11-17T14:02:00.000Z',
        slaDue: '2026-11-17T14:17:00.000Z',
        slaStatus: 'within_sla',
        attempts: 1,
        firstContact: '2026-11-17T14:02:00.000Z',
        revision: 2,
      }),
    ],
  ]);
});

test('the reason of a breach is the miss, not the attempt that came after it', () => {
  const late = '2026-11-17T09:20:00-05:00';
  const on = { clockId: 'mql.respond-1', run: 1, rung: 'breach' as const };
  const breached = climb(later(world, '2026-11-17T09:05:00-05:00'), lead, on, null).lead;
  expect(crmFields(breached)?.breachReason).toBe('Nobody had met it by 2026-11-17T14:05:00.000Z.');
  const attempted = takeAttempt(later(world, late), breached, voicemail(late)).lead;
  expect(crmFields(attempted)).toMatchObject({
    slaStatus: 'within_sla',
    breachReason: 'Nobody had met it by 2026-11-17T14:05:00.000Z.',
  });
  const response = enforcing(world);
  expect(crmFields(takeAttempt(later(response, late), breached, voicemail(late)).lead)).toMatchObject({
    slaStatus: 'missed',
    breachReason: 'Nobody had met it by 2026-11-17T14:05:00.000Z.',
  });
  // The attempt may come before the timer has fired.
  expect(crmFields(takeAttempt(later(world, late), lead, voicemail(late)).lead)?.breachReason).toBe(
    'Met only at 2026-11-17T14:20:00.000Z; it was due 2026-11-17T14:05:00.000Z.',
  );
  const inTime = voicemail('2026-11-17T09:03:00-05:00');
  expect(crmFields(takeAttempt(later(world, late), breached, inTime).lead)?.breachReason).toBeNull();
});

describe('which clock a person has to look at', () => {
  const at = (time: string): World => later(world, `2026-11-17T${time}-05:00`);
  const shown = (of: Lead) => {
    const { slaDue, slaStatus, breachReason } = crmFields(of)!;
    return [slaDue, slaStatus, breachReason];
  };
  const owned = (): Lead =>
    assign(world, lead, { personId: 'sam', reason: 'Next.', via: 'round_robin' }).lead;

  test('the response until it is over, whatever else is due', () => {
    expect(shown(owned())).toEqual(['2026-11-17T14:05:00.000Z', 'within_sla', null]);
    const on = { clockId: 'mql.respond-1', run: 1, rung: 'breach' as const };
    expect(shown(climb(at('09:05:00'), owned(), on, null).lead)).toEqual([
      ...['2026-11-17T14:05:00.000Z', 'breached', 'Nobody had met it by 2026-11-17T14:05:00.000Z.'],
    ]);
  });

  test('then what Sales owes soonest, with the reason of its own miss', () => {
    const tried = takeAttempt(at('09:02:00'), owned(), voicemail('2026-11-17T09:02:00-05:00')).lead;
    expect(shown(tried)).toEqual(['2026-11-17T14:17:00.000Z', 'within_sla', null]);
    const on = { clockId: 'sal.accept-1', run: 0, rung: 'breach' as const };
    const missed = climb(at('09:17:00'), tried, on, null).lead;
    const why = 'Nobody had met it by 2026-11-17T14:17:00.000Z.';
    expect(shown(missed)).toEqual(['2026-11-17T14:17:00.000Z', 'breached', why]);
    const accepted = happen(at('09:30:00'), missed, ['lead_reviewed', 'lead_accepted']).lead;
    // The mail of the first day; the connected call is followed up on by Thursday, which comes later.
    expect(shown(accepted)).toEqual([...['2026-11-19T14:02:00.000Z', 'within_sla', null]]);
  });

  test('what Marketing owes is nothing for Sales to look at: the response stays', () => {
    const rejected = closeLead(
      at('10:00:00'),
      happen(
        at('10:00:00'),
        takeAttempt(at('09:02:00'), owned(), voicemail('2026-11-17T09:02:00-05:00')).lead,
        ['lead_rejected', 'disposition_feedback_given'],
      ).lead,
      'Rejected.',
    ).lead;
    expect(rejected.clocks.filter(isOpen).map(({ commitment }) => commitment)).toEqual([
      'marketing.rejection',
    ]);
    expect(shown(rejected)).toEqual(['2026-11-17T14:05:00.000Z', 'met', null]);
  });
});

test('a change of something else carries none', () => {
  const draw = { personId: 'sam', reason: 'Next.', via: 'round_robin' as const };
  const { lead: after, effects } = assign(world, lead, draw);
  expect(effects.some((effect) => effect.kind === 'event')).toBe(true);
  expect(carried(tellCrm(next(after), effects, world.now).effects)).toEqual([]);
});

test('a change without any event gets one of its own, which fits its schema', () => {
  const told = tellCrm(next({ priority: 'low' }), [], world.now);
  expect(told.effects).toHaveLength(1);
  const [effect] = told.effects;
  if (effect?.kind !== 'event') throw new Error('no event');
  expect(eventDetail(effect, 'c')).toMatchObject({
    metadata: { id: 'lead-1/1/CrmFieldsChanged/2', time: '2026-11-17T14:00:00.000Z' },
    data: { crmSystem: 'salesforce', crmRecordId: '00Q1', crm: { priority: 'low', revision: 2 } },
  });
});

test('the same values again are not told again, in whatever order the database gives them back', () => {
  const stored = {
    ...lead,
    crmTold: Object.fromEntries(Object.entries(lead.crmTold!).reverse()) as Lead['crmTold'],
  };
  expect(tellCrm({ ...stored, version: 2 }, [], world.now).effects).toEqual([]);
});

test('a lead that was stored before anything was told tells once', () => {
  const older = { ...lead };
  delete older.crmTold;
  const told = tellCrm({ ...older, version: 9 }, [], world.now);
  expect(carried(told.effects)).toEqual([['CrmFieldsChanged', expect.objectContaining({ revision: 9 })]]);
  expect(tellCrm({ ...told.lead, version: 10 }, [], world.now).effects).toEqual([]);
});

test('what is still owed from before goes without its values, an event of its own not at all', () => {
  const crm = lead.crmTold!;
  const first = event(lead, 'LeadReceived', world.now, {}, { source: 'demo_request', crm });
  const own = event(lead, 'CrmFieldsChanged', world.now, {}, { crm });
  const start: Effect = {
    kind: 'timeline',
    id: 't',
    entry: { entryId: 't', at: NINE, what: 'w', who: 's', why: '' },
  };
  const rest = { ...(first.kind === 'event' && first.data) };
  delete rest['crm'];
  const paused = pauseLead(
    { ...lead, owed: [first, own, start] },
    { reason: 'r', by: 'api', now: world.now, until: null },
  );
  const told = tellCrm({ ...paused.lead, version: 2 }, paused.effects, world.now);
  expect(told.lead.owed).toEqual([{ ...first, data: rest }, start]);
  expect(withoutCrm([own])).toEqual([]);
});
