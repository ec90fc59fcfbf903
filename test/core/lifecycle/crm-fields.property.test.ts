/** Whatever happens to a lead, its CRM can be brought to the same seven values (policy book §17). */
import fc from 'fast-check';
import { eventDetail } from '../../../core/events/detail.ts';
import type { CrmValues } from '../../../core/events/schemas.ts';
import { assign, nobody, responseClock } from '../../../core/ladder/assign.ts';
import { climb, lookAgain } from '../../../core/ladder/climb.ts';
import type { Decision } from '../../../core/ladder/facts.ts';
import { recordFailure } from '../../../core/ladder/failure.ts';
import { sendHeld } from '../../../core/ladder/held.ts';
import { moveLead } from '../../../core/ladder/move.ts';
import { extendLead, isPaused, pauseLead, resumeLead } from '../../../core/ladder/pause.ts';
import { tellOwner } from '../../../core/ladder/tell-owner.ts';
import type { World } from '../../../core/ladder/tell.ts';
import { takeAttempt } from '../../../core/lifecycle/activity.ts';
import { closeLead } from '../../../core/lifecycle/close.ts';
import { tellCrm } from '../../../core/lifecycle/crm-fields.ts';
import { takeIn } from '../../../core/lifecycle/intake.ts';
import { reconcileSubject } from '../../../core/lifecycle/reconcile.ts';
import { isOpen, type Clock } from '../../../core/model/clock.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs, storedMs } from '../../../core/time.ts';
import { demoRequest, worldAt } from '../../support/world.ts';

const NINE = epochMs('2026-11-17T09:00:00-05:00');
const PEOPLE = ['sam', 'jo', 'kim', 'lee'] as const;
type Personal = (typeof PEOPLE)[number];
let world: World;
beforeAll(async () => {
  world = await worldAt('2026-11-17T09:00:00-05:00');
});

type Step =
  | { act: 'assign' | 'move'; personId: Personal }
  | { act: 'rung'; clock: number; personId: Personal | null }
  | { act: 'attempt'; ago: number; manual: boolean; contact: boolean }
  | { act: 'pause'; minutes: number | null }
  | { act: 'extend'; minutes: number }
  | { act: 'nobody' | 'resume' | 'look' | 'held' | 'fail' | 'reconcile' | 'leave' };

const personId = fc.constantFrom(...PEOPLE);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ act: fc.constantFrom('assign' as const, 'move' as const), personId }),
  {
    arbitrary: fc.record({
      act: fc.constant('rung' as const),
      clock: fc.nat(3),
      personId: fc.option(personId),
    }),
    weight: 5,
  },
  {
    arbitrary: fc.record({
      act: fc.constant('attempt' as const),
      ago: fc.nat(1200),
      manual: fc.boolean(),
      contact: fc.boolean(),
    }),
    weight: 2,
  },
  fc.record({ act: fc.constant('pause' as const), minutes: fc.option(fc.integer({ min: 1, max: 60 })) }),
  fc.record({ act: fc.constant('extend' as const), minutes: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    act: fc.constantFrom(
      'nobody' as const,
      'resume' as const,
      'look' as const,
      'held' as const,
      'fail' as const,
      'reconcile' as const,
      'leave' as const,
    ),
  }),
);
const steps = fc.array(fc.tuple(fc.nat(300), step), { minLength: 1, maxLength: 16 });

/** What a decision makes of the lead at an instant; for a rung, at its own instant. */
function take(at: World, lead: Lead, one: Step, n: number): Decision & { now?: number } {
  const response = responseClock(lead)!;
  const on = { clockId: response.clockId, run: response.run };
  const ask = { reason: 'because', by: 'mona', now: at.now };
  switch (one.act) {
    case 'assign': {
      if (lead.owner !== null) return { lead, effects: [] };
      const given = assign(at, lead, { personId: one.personId, reason: 'Next.', via: 'round_robin' });
      const told = tellOwner(at, given.lead);
      return { lead: told.lead, effects: [...given.effects, ...told.effects] };
    }
    case 'move':
      if (lead.owner?.personId === one.personId) return { lead, effects: [] };
      return moveLead(at, lead, { personId: one.personId, reason: 'Given.', via: 'by_hand' });
    case 'nobody':
      return lead.owner === null
        ? nobody(at, lead, { at: at.now + 60_000, why: 'Nobody is available.' })
        : { lead, effects: [] };
    case 'rung': {
      const open = lead.clocks.filter(
        (clock) => isOpen(clock) && clock.rungs.some(({ doneAt }) => doneAt === null),
      );
      const clock = open[one.clock % Math.max(open.length, 1)];
      const rung = clock?.rungs.find(({ doneAt }) => doneAt === null);
      if (clock === undefined || rung === undefined) return { lead, effects: [] };
      const now = Math.max(at.now, storedMs(rung.at));
      const other = one.personId === lead.owner?.personId ? null : one.personId;
      const draw = other === null ? null : { personId: other, reason: 'Next.', via: 'round_robin' as const };
      return {
        ...climb({ ...at, now }, lead, { clockId: clock.clockId, run: clock.run, rung: rung.rung }, draw),
        now,
      };
    }
    case 'attempt':
      return takeAttempt(at, lead, {
        activityId: `a${n}`,
        type: 'call',
        outcome: one.contact ? 'connected' : 'voicemail',
        occurredAt: Math.max(NINE, at.now - one.ago * 1000),
        recordedBy: { kind: one.manual ? 'manual' : 'system', name: 'dialler' },
        personId: 'sam',
      });
    case 'pause':
      if (isPaused(lead)) return { lead, effects: [] };
      return pauseLead(lead, { ...ask, until: one.minutes === null ? null : at.now + one.minutes * 60_000 });
    case 'resume':
      return resumeLead(at.policy, lead, ask);
    case 'extend':
      return extendLead(at.policy, lead, { ...ask, duration: `PT${one.minutes}M` });
    case 'look':
      return lookAgain(at, lead, on);
    case 'held':
      return sendHeld(at, lead, on);
    case 'fail': {
      const next = { rung: 'warn' as const, at: '2026-11-17T14:00:00.000Z' };
      const state = { leadId: lead.leadId, cycle: 1, ...on, outcome: 'climb' as const, next };
      return recordFailure(at, lead, state, 'States.Timeout');
    }
    case 'reconcile':
      return reconcileSubject(at, lead);
    case 'leave':
      return closeLead(at, { ...lead, status: 'disqualified' }, 'The budget is gone.');
  }
}

function reasonOf({ verdicts, dueAt, status }: Clock): string | null {
  const miss = verdicts.filter(({ verdict }) => verdict === 'missed').at(0);
  if (miss === undefined || status === 'met') return null;
  return miss.of <= dueAt ? miss.because : `Met only at ${miss.of}; it was due ${dueAt}.`;
}

/** The seven values by the words of the policy book, reckoned anew. */
function seven(lead: Lead): Record<string, unknown> {
  const response = lead.clocks.find(({ commitment }) => commitment === 'mql.respond')!;
  const owed = lead.clocks.filter((one) => isOpen(one) && one.owes !== null);
  const [next] = owed.sort((a, b) => {
    const stands = (one: Clock): number => Number(one.status === 'paused');
    return stands(a) - stands(b) || storedMs(a.dueAt) - storedMs(b.dueAt);
  });
  const clock = isOpen(response) ? response : (next ?? response);
  const { priority, firstContactAt, attempts } = lead;
  return {
    slaStart: clock.startedAt,
    slaDue: clock.dueAt,
    slaStatus: clock.status,
    priority,
    firstContact: firstContactAt,
    attempts,
    breachReason: reasonOf(clock) ?? reasonOf(response),
  };
}

const told = ({ effects }: Decision): (CrmValues & { to: string })[] =>
  effects.flatMap((effect) => {
    if (effect.kind !== 'event') return [];
    const { data } = eventDetail(effect, 'test');
    return data['crm'] === undefined
      ? []
      : [
          {
            ...(data['crm'] as CrmValues),
            to: `${String(data['crmSystem'])}/${String(data['crmRecordId'])}`,
          },
        ];
  });

const seen = new Set<unknown>();

test('every change of one of the seven values is told once, with all of them as they are then', () => {
  fc.assert(
    fc.property(steps, fc.infiniteStream(fc.nat()), (list, random) => {
      const taken = takeIn(world, 'lead-1', demoRequest('2026-11-17T09:00:00-05:00'));
      const first = tellCrm(taken.lead, taken.effects, NINE);
      const written = told(first);
      expect(written).toEqual([{ ...seven(taken.lead), revision: 1, to: 'salesforce/00Q1' }]);
      let { lead } = first;
      let now = NINE;
      for (const [n, [seconds, one]] of list.entries()) {
        now += seconds * 1000;
        const decision = take({ ...world, now }, lead, one, n);
        now = decision.now ?? now;
        const saved = tellCrm({ ...decision.lead, version: lead.version + 1 }, decision.effects, now);
        const [before, after] = [seven(lead), seven(saved.lead)];
        const changed = JSON.stringify(before) !== JSON.stringify(after);
        const revision = lead.version + 1;
        expect(told(saved)).toEqual(changed ? [{ ...after, revision, to: 'salesforce/00Q1' }] : []);
        written.push(...told(saved));
        ({ lead } = saved);
        seen.add(after['slaStatus']);
        if (before['breachReason'] !== null && after['breachReason'] === null) seen.add('turned');
        if (before['slaDue'] !== after['slaDue']) seen.add('moved');
      }
      // The bus keeps no order and delivers twice: the highest revision holds all the same.
      const delivered = [...written, ...written]
        .map((values) => ({ values, rank: Number(random.next().value) }))
        .sort((a, b) => a.rank - b.rank);
      const held = delivered.reduce<CrmValues | undefined>(
        (best, { values }) => (best === undefined || values.revision > best.revision ? values : best),
        undefined,
      );
      expect(held).toMatchObject(seven(lead));
    }),
    { numRuns: 500, seed: 17 },
  );
  const all = [
    'within_sla',
    'cancelled',
    'at_risk',
    'breached',
    'escalated',
    'paused',
    'met',
    'missed',
    'turned',
    'moved',
  ];
  expect([...seen].sort()).toEqual(all.sort());
});
