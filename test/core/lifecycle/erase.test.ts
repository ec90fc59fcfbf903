import { parseEventData } from '../../../core/events/schemas.ts';
import { outboundOf } from '../../../core/events/outbound.ts';
import { awaitsGate } from '../../../core/lifecycle/inquiry.ts';
import { attentionAt } from '../../../core/lifecycle/attention.ts';
import { tellCrm } from '../../../core/lifecycle/crm-fields.ts';
import { eraseLead } from '../../../core/lifecycle/erase.ts';
import { reconcileSubject } from '../../../core/lifecycle/reconcile.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import { REMOVED, withoutTyped } from '../../../core/lifecycle/typed.ts';
import { event, notice } from '../../../core/ladder/facts.ts';
import { moveLead, namedOwner } from '../../../core/ladder/move.ts';
import { nextStep } from '../../../core/ladder/next.ts';
import { extendLead, pauseLead } from '../../../core/ladder/pause.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { isOpen } from '../../../core/model/clock.ts';
import type { Effect, TimelineEntry } from '../../../core/model/effects.ts';
import type { GateState } from '../../../core/model/gate.ts';
import type { Lead, LeadStatus } from '../../../core/model/lead.ts';
import { LEAD_STATUSES } from '../../../core/model/lead.ts';
import { demoRequest, events, later, owned, timeline, worldAt } from '../../support/world.ts';

const NINE = '2026-11-17T09:00:00-05:00';
/** Whatever tells who the prospect is, in every place that can hold it. */
const PERSONAL = [
  ...['Zdenka', 'Quixwort', 'zq@obscure.example', '+1 617 555 0199', 'Chief Zymurgist'],
  ...['Obscure Works', 'obscure.example', 'https://crm.example/00Q-secret', '00Q-secret', 'raw_signal_4711'],
  ...['Zdenka is at the dentist', 'Ms Quixwort travels', 'Quixwort asked for Kim', 'REJ-07 Zdenka is rude'],
  'Known as Zdenka from the fair',
];
const gate: GateState = {
  decides: 'gate',
  toldSource: null,
  evaluatedAt: '2026-11-17T14:00:00.000Z',
  verdict: 'mql',
  track: null,
  score: { total: 55, fit: 30, intent: 25 },
  failing: [],
  explanation: ['It fits.'],
  review: {
    n: 1,
    state: 'accepted',
    offeredAt: '2026-11-17T13:00:00.000Z',
    decidedAt: '2026-11-17T14:00:00.000Z',
    by: 'mona',
    reason: 'Known as Zdenka from the fair',
  },
  heldAt: null,
  completedAt: null,
  passedAt: '2026-11-17T14:00:00.000Z',
};

let world: World;
let lead: Lead;
beforeAll(async () => {
  world = await worldAt(NINE);
  lead = told(world);
});

/** A lead with everything that is personal, attempted, moved twice, extended and paused. */
function told(at: World): Lead {
  const facts = demoRequest(NINE, {
    crm: { system: 'salesforce', recordId: '00Q-secret', url: 'https://crm.example/00Q-secret' },
    contact: {
      ...{ firstName: 'Zdenka', lastName: 'Quixwort', email: 'zq@obscure.example', phone: '+1 617 555 0199' },
      ...{ title: 'Chief Zymurgist', country: 'US', region: 'MA', timeZone: 'America/New_York' },
    },
    company: {
      ...{ name: 'Obscure Works', domain: 'obscure.example', employees: 1200 },
      ...{ annualRevenueUsd: 5_000_000, industry: 'software' },
    },
    signals: [{ type: 'raw_signal_4711', at: '2026-11-17T13:00:00.000Z' }],
  });
  const now = at.now + 60_000;
  const given: Lead = { ...owned(at, facts, 'sam'), gate };
  const kim = at.roster.people.find(({ personId }) => personId === 'kim')!;
  const moves = ['Quixwort asked for Kim', 'REJ-07 Zdenka is rude'].map((reason) => ({ by: 'mona', reason }));
  const moved = moves.reduce(
    (one, ask) => moveLead({ ...at, now }, one, namedOwner(at, kim, ask, 0)).lead,
    given,
  );
  const [by, reason] = ['person:mona', 'Ms Quixwort travels'];
  const extended = extendLead(at.policy, moved, { by, reason, now, duration: 'PT30M' }).lead;
  const ask = { by, reason: 'prospect_asked_for_later', note: 'Zdenka is at the dentist', now, until: null };
  return pauseLead(extended, ask).lead;
}

const found = (value: unknown): string[] => {
  const text = JSON.stringify(value);
  return PERSONAL.filter((one) => text.includes(one));
};
const erased = (one: Lead = lead) => eraseLead(later(world, '2026-11-17T09:02:00-05:00'), one);

test('the lead that is erased in these tests holds every personal value', () => {
  expect(found(lead)).toEqual(PERSONAL);
});

describe('erasing a lead', () => {
  test('leaves nothing that tells who the prospect is', () => {
    expect(found(erased())).toEqual([]);
    expect(erased().lead).toMatchObject({
      contact: { country: 'US', region: 'MA', timeZone: 'America/New_York' },
      company: { employees: 1200, annualRevenueUsd: 5_000_000, industry: 'software' },
      crm: { system: 'salesforce', recordId: '' },
      erasedAt: '2026-11-17T14:02:00.000Z',
    });
  });

  test('puts a fixed sentence in the place of what somebody typed, and keeps who and when', () => {
    const { owner, previousOwners, clocks, gate: after } = erased().lead;
    expect(owner).toMatchObject({ personId: 'kim', reason: REMOVED, moved: { by: 'mona', reason: REMOVED } });
    expect(previousOwners[0]).toEqual(lead.previousOwners[0]);
    expect(clocks[0]?.extensions).toMatchObject([{ added: 'PT30M', reason: REMOVED, by: 'person:mona' }]);
    expect(clocks[0]?.pauses).toMatchObject([{ reason: 'prospect_asked_for_later', note: REMOVED }]);
    expect(after?.review).toEqual({ ...gate.review, reason: REMOVED });
  });

  test('keeps the figures: attempts, verdicts, owners, targets and instants', () => {
    const at = later(world, '2026-11-17T09:01:30-05:00');
    const recordedBy = { kind: 'system' as const, name: 'dialler' };
    const call = { activityId: 'a', type: 'call', outcome: 'voicemail', personId: 'kim' } as const;
    const attempted = takeAttempt(at, lead, { ...call, occurredAt: at.now, recordedBy }).lead;
    const after = erased(attempted).lead;
    for (const figure of [
      'attempts',
      'judged',
      'firstAttemptAt',
      'tier',
      'segment',
      'poolId',
      'score',
    ] as const)
      expect(after[figure]).toEqual(attempted[figure]);
    const figures = ({ clocks }: Lead) =>
      clocks.map(({ clockId, dueAt, metAt, metBy, verdicts, target }) => [
        clockId,
        dueAt,
        metAt,
        metBy,
        verdicts,
        target,
      ]);
    expect(figures(after)).toEqual(figures(attempted));
    expect(after.clocks.map(({ status }) => status)).toContain('met');
  });

  test('cancels every open clock and tells so, without the id of the record', () => {
    const { lead: after, effects } = erased();
    const open = lead.clocks.filter(isOpen).map(({ clockId }) => clockId);
    expect(open.length).toBeGreaterThan(1);
    expect(after.clocks.filter(isOpen)).toEqual([]);
    expect(events(effects)).toEqual([...open.map(() => 'ClockCancelled'), 'PersonalDataErased']);
    expect(timeline(effects)).toEqual([...open.map(() => 'clock_cancelled'), 'personal_data_erased']);
    expect(effects.at(-1)).toEqual({ kind: 'forget', id: 'forget' });
    for (const effect of effects) {
      if (effect.kind !== 'event') continue;
      const data = parseEventData(effect.detailType, effect.data);
      expect(data).toMatchObject({ crmSystem: 'salesforce', status: 'disqualified', ownerId: 'kim' });
      expect(data).not.toHaveProperty('crmRecordId');
    }
  });

  test('lets the executions that wait end, and leaves nothing for the reconciler', () => {
    const { lead: after } = erased();
    for (const { clockId, run } of after.clocks.filter(({ status }) => status === 'cancelled')) {
      const { outcome, next } = nextStep(world.policy, after, clockId, run, world.now);
      expect([outcome, next.rung]).toEqual(['handed_over', 'none']);
    }
    expect(attentionAt({ ...after, owed: [] }, world.policy, world.now)).toBeNull();
    expect(reconcileSubject(later(world, '2027-01-01T00:00:00Z'), after).effects).toEqual([]);
    expect(awaitsGate(after)).toBe(false);
  });

  test('writes nothing to the CRM any more, neither now nor of what is still owed', () => {
    const values = tellCrm(
      lead,
      [event(lead, 'ClockPaused', world.now, { clock: lead.clocks[0] })],
      world.now,
    );
    const owed = [
      ...values.effects,
      event(lead, 'CrmFieldsChanged', world.now, {}, { crm: values.lead.crmTold }),
    ];
    const { lead: after, effects } = erased({ ...values.lead, owed });
    expect(tellCrm(after, effects, world.now)).toEqual({ lead: after, effects });
    expect(events(after.owed)).toEqual(['ClockPaused']);
    const names = {
      slaStart: 'a',
      slaDue: 'b',
      slaStatus: 'c',
      priority: 'd',
      firstContact: 'e',
      attempts: 'f',
    };
    const crm = { system: 'salesforce', fields: { ...names, breachReason: 'g' } };
    const sent = (one: Effect) =>
      one.kind === 'event' ? outboundOf({ crm }, one.detailType, one.data) : undefined;
    expect(values.effects.map(sent)).not.toEqual([undefined]);
    expect([...after.owed, ...effects].map(sent).filter((one) => one !== undefined)).toEqual([]);
  });

  test('drops messages and starts, and keeps the facts that are owed without what was typed', () => {
    const mail = notice(world.now, 'reminder', 'kim', { clock: null, rung: 'remind' });
    const paused = pauseLead(
      { ...lead, clocks: owned(world, demoRequest(NINE), 'sam').clocks },
      { by: 'api', reason: 'force_majeure', note: 'Zdenka is at the dentist', now: world.now, until: null },
    );
    const start = {
      kind: 'start',
      id: 's',
      machine: 'mql-response',
      name: 'n',
      input: {},
    } as unknown as Effect;
    const held = [{ notice: mail, until: '2026-11-18T14:00:00.000Z' }];
    const after = erased({ ...lead, held, owed: [mail, start, ...paused.effects] }).lead;
    expect(after.held).toEqual([]);
    expect(after.owed.map(({ id }) => id)).toEqual(paused.effects.map(({ id }) => id));
    expect(found(after.owed)).toEqual([]);
  });

  test('twice is erasing once', () => {
    const first = erased();
    const again = eraseLead(later(world, '2026-11-18T09:00:00-05:00'), first.lead);
    expect(again.lead).toBe(first.lead);
    expect(again.effects).toEqual([]);
  });

  const gone = { nurture: 1, opportunity: 1, recycled: 1, disqualified: 1, rejected: 1 };
  test.each(
    LEAD_STATUSES.map((status): [LeadStatus, LeadStatus] => [
      status,
      status in gone ? status : 'disqualified',
    ]),
  )('of a lead that is %s leaves it %s, and nobody has anything to do about it', (status, expected) => {
    const flags = { atRisk: true, urgent: true, breachReview: true, escalated: true, backupQueue: true };
    const { lead: after } = erased({ ...lead, status, flags, retryAssignAt: 'x', unassignedSince: 'x' });
    expect(after.status).toBe(expected);
    expect([after.retryAssignAt, after.unassignedSince]).toEqual([null, null]);
    expect(after.flags).toEqual({
      ...{ atRisk: false, urgent: false, escalated: false, backupQueue: false },
      breachReview: true,
    });
  });

  test('an offer that nobody has answered lapses', () => {
    const review = { ...gate.review!, state: 'offered' as const, reason: null };
    expect(erased({ ...lead, gate: { ...gate, review } }).lead.gate?.review).toMatchObject({
      state: 'lapsed',
      reason: null,
    });
  });
});

describe('an entry of the timeline', () => {
  const entry = (what: string, who: string): TimelineEntry => ({
    entryId: 'e',
    at: NINE,
    what,
    who,
    why: 'Words.',
  });
  test.each([
    ['clock_paused', 'person:sam'],
    ['clock_paused', 'api'],
    ['clock_resumed', 'person:sam'],
    ['clock_extended', 'person:mona'],
    ['lead_assigned', 'person:mona'],
    ['lead_reassigned', 'person:mona'],
    ['review_accepted', 'person:mona'],
    ['something_of_tomorrow', 'person:mona'],
    ['notice_failed', 'system'],
  ])('%s by %s loses its words', (what, who) => {
    expect(withoutTyped(entry(what, who))).toEqual({ ...entry(what, who), why: REMOVED });
  });

  test.each([
    ['lead_received', 'crm:salesforce'],
    ['clock_resumed', 'system'],
    ['rung_breach', 'system'],
    ['attempt_recorded', 'person:sam'],
    ['attempt_recorded', 'system:dialler'],
    ['lead_updated', 'api'],
    ['personal_data_erased', 'api'],
  ])('%s by %s is the very same', (what, who) => {
    const before = entry(what, who);
    expect(withoutTyped(before)).toBe(before);
  });

  test('of an attempt loses the name that somebody gave', () => {
    const before = entry('attempt_recorded', 'manual:Zdenka');
    expect(withoutTyped(before)).toEqual({ ...before, who: 'manual' });
    expect(withoutTyped(withoutTyped(before))).toEqual(withoutTyped(before));
  });
});
