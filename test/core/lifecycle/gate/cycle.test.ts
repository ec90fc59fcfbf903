import { assign } from '../../../../core/ladder/assign.ts';
import { hasChangedHands } from '../../../../core/lifecycle/cycle.ts';
import { lookAtGate, receiveLead, submitAgain } from '../../../../core/lifecycle/inquiry.ts';
import { closeLead } from '../../../../core/lifecycle/close.ts';
import { takeAttempt } from '../../../../core/lifecycle/activity.ts';
import type { Lead } from '../../../../core/model/lead.ts';
import type { World } from '../../../../core/ladder/tell.ts';
import { epochMs } from '../../../../core/time.ts';
import { demoRequest, events, later, timeline, worldAt } from '../../../support/world.ts';
import { act, known, received, saved, THURSDAY, ada } from './inquiries.ts';

let world: World;
beforeAll(async () => {
  world = await worldAt(THURSDAY);
});

const SPRING = '2027-06-01T10:00:00-04:00';

/** Worked on in November, and recycled since. */
function recycled(): Lead {
  const first = receiveLead(world, 'lead-1', demoRequest(THURSDAY), known(act('demo_request'))).lead;
  const given = assign(world, saved({ lead: first, effects: [] }), {
    personId: 'sam',
    reason: 'Next in the round robin.',
    via: 'round_robin',
  });
  const called = takeAttempt(later(world, '2026-11-19T10:02:00-05:00'), saved(given), {
    activityId: 'call-1',
    type: 'call',
    outcome: 'no_answer',
    occurredAt: epochMs('2026-11-19T10:02:00-05:00'),
    recordedBy: { kind: 'system', name: 'dialler' },
    personId: 'sam',
  });
  const left = closeLead(later(world, '2026-12-17T10:00:00-05:00'), saved(called), 'Not reached.');
  return { ...saved(left), status: 'recycled' };
}

describe('who comes back (policy book §13: a new cycle of the same lead keeps its history)', () => {
  test('gets another cycle: no owner, no attempts, clocks of its own', () => {
    const before = recycled();
    const { lead, effects } = submitAgain(
      later(world, SPRING),
      before,
      demoRequest(SPRING),
      known(act('demo_request', SPRING)),
    );
    expect(lead).toMatchObject({
      leadId: 'lead-1',
      cycle: 2,
      cycleStartedAt: '2027-06-01T14:00:00.000Z',
      status: 'unassigned',
      owner: null,
      previousOwners: [{ personId: 'sam' }],
      attempts: 0,
      firstAttemptAt: null,
    });
    expect(lead.clocks.map(({ clockId, cycle }) => [clockId, cycle])).toEqual([
      ['mql.respond-1', 1],
      ['mql.route-1', 1],
      ['marketing.notify-1', 1],
      ['sal.review-1', 1],
      ['sal.decide-1', 1],
      ['sequence.enroll-1', 1],
      ['activity.log-1', 1],
      ['sal.accept-1', 1],
      ['cadence.touch-1', 1],
      ['cadence.touch-2', 1],
      ['mql.respond-2', 2],
      ['mql.route-2', 2],
    ]);
    expect(lead.judged.map(({ activityId }) => activityId)).toEqual(['call-1']);
    expect(effects.flatMap((effect) => (effect.kind === 'start' ? [effect.name] : []))).toEqual(['lead-1-2']);
    expect(events(effects)).toEqual(['LeadReturned', 'LeadQualified']);
    expect(timeline(effects)).toContain('lead_returned');
  });

  test('the next owner is told, although there has been one before', () => {
    const back = submitAgain(
      later(world, SPRING),
      recycled(),
      demoRequest(SPRING),
      known(act('demo_request', SPRING)),
    );
    expect(hasChangedHands(back.lead)).toBe(false);
    const draw = { personId: 'kim', reason: 'Next.', via: 'round_robin' } as const;
    const given = assign(later(world, '2027-06-01T10:00:01-04:00'), back.lead, draw).lead;
    expect(given.owner).toMatchObject({ personId: 'kim', n: 2 });
    expect(hasChangedHands(given)).toBe(false);
    const passed = { ...given, previousOwners: [...given.previousOwners, { ...given.owner!, n: 2 }] };
    expect(hasChangedHands(passed)).toBe(true);
  });

  test('the same qualification again is a repetition and brings nobody back', () => {
    const before = recycled();
    const again = submitAgain(
      later(world, SPRING),
      before,
      demoRequest(THURSDAY),
      known(act('demo_request')),
    );
    expect(again).toEqual({ lead: before, effects: [] });
    expect(again.lead).toBe(before);
  });

  test('an open lead is left as it is', () => {
    const open = saved(receiveLead(world, 'lead-1', demoRequest(THURSDAY), known(act('demo_request'))));
    expect(submitAgain(later(world, SPRING), open, demoRequest(SPRING), known()).lead).toBe(open);
  });

  test('an inquiry comes back by its signals', () => {
    const was = { ...saved(received(world, ada(), act('demo_request'))), status: 'recycled' as const };
    const { lead } = lookAtGate(
      later(world, SPRING),
      was,
      known(act('demo_request'), act('contact_sales', SPRING)),
    );
    expect(lead).toMatchObject({ status: 'unassigned', cycle: 2, source: 'contact_sales' });
    expect(lead.clocks.filter(({ commitment }) => commitment === 'marketing.score')).toHaveLength(2);
  });

  test('what made an MQL of it then does not do so again, whatever else is told', () => {
    const was = { ...saved(received(world, ada(), act('demo_request'))), status: 'disqualified' as const };
    const { lead } = lookAtGate(
      later(world, SPRING),
      was,
      known(act('demo_request'), act('email_open', SPRING)),
    );
    expect(lead).toMatchObject({ status: 'disqualified', cycle: 1, gate: { verdict: 'review' } });
  });

  test('a customer who is one no longer is taken in at the first qualification that says so', () => {
    const customer = { ...demoRequest(THURSDAY), relations: { customer: true } };
    const refused = saved(receiveLead(world, 'lead-1', customer, known(act('demo_request'))));
    const again = submitAgain(world, refused, customer, known(act('demo_request')));
    expect(again.lead).toBe(refused);
    const free = { ...customer, relations: { customer: false } };
    const { lead } = submitAgain(later(world, SPRING), refused, free, known(act('demo_request')));
    expect(lead).toMatchObject({ status: 'unassigned', cycle: 1 });
  });
});
