import type { WorkflowState } from '../../../core/model/effects.ts';
import { handler as pauseLead } from '../../../lambdas/api/pause-lead/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as remindOwner } from '../../../lambdas/workflow/remind-owner/handler.ts';
import { ask, owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { busDown, ofLead, throttledTable } from '../../support/troubles.ts';

let backend: Backend;
let state: WorkflowState;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  state = await owned(backend);
  backend.at('2026-11-20T15:01:00Z');
});

const pause = (change: Record<string, unknown> = {}) =>
  ask(pauseLead, {
    path: { leadId: state.leadId },
    body: { reason: 'prospect_asked_for_later', personId: 'sam', ...change },
  });
const lead = () => backend.lead(state.leadId);

it('stops every open clock, with who and why', async () => {
  const { status, body } = await pause({ note: 'after lunch', until: '2026-11-20T18:00:00Z' });
  expect([status, body.dueAt]).toEqual([200, null]);
  const open = body.clocks.filter(({ metAt }) => metAt === null);
  const pauses = [
    {
      from: '2026-11-20T15:01:00.000Z',
      until: '2026-11-20T18:00:00.000Z',
      reason: 'prospect_asked_for_later (after lunch)',
      by: 'person:sam',
    },
  ];
  expect(open).toMatchObject(
    ['mql.respond', 'sal.review', 'sal.decide', 'sequence.enroll'].map((commitment) => ({
      ...{ commitment, status: 'paused', pauses },
    })),
  );
  expect(await backend.happened(state.leadId)).toContain('clock_paused');
  expect(backend.facts().at(-1)).toBe('ClockPaused');
  // What somebody types may name the prospect: the history has it, the bus does not.
  expect(backend.events.at(-1)!.data).toMatchObject({ reason: 'prospect_asked_for_later' });
});

it('lets the execution that wakes wait on, and nobody is reminded', async () => {
  await pause();
  backend.at('2026-11-20T15:02:30Z');
  const told = backend.told();
  const { outcome, next } = await remindOwner(state);
  expect([outcome, next]).toEqual(['paused', { rung: 'look', at: '2026-11-20T21:02:30.000Z' }]);
  expect(backend.told()).toEqual(told);
});

it('of a paused lead is refused, and the pause stays the first one', async () => {
  await pause();
  backend.pass(60);
  const { status, body } = await pause({ reason: 'force_majeure' });
  expect([status, body.type]).toEqual([409, 'urn:lead-sla:problem:already-paused']);
  expect((await lead()).clocks[0]?.pauses).toMatchObject([{ reason: 'prospect_asked_for_later' }]);
});

it('whose answer got lost has been made once', async () => {
  backend.loseAnswer('PutCommand', { when: ofLead });
  expect((await pause()).status).toBe(503);
  expect((await pause()).status).toBe(409);
  expect((await lead()).clocks[0]?.pauses).toHaveLength(1);
  backend.pass(60);
  await reconcile(backend.services);
  const paused = backend.events.filter(({ detailType }) => detailType === 'ClockPaused');
  expect(paused.map(({ data }) => data['commitment']).sort()).toEqual([
    ...['mql.respond', 'sal.decide', 'sal.review', 'sequence.enroll'],
  ]);
});

it('is decided anew when a rung was quicker', async () => {
  backend.at('2026-11-20T15:02:30Z');
  backend.meanwhile('PutCommand', () => remindOwner(state), ofLead);
  const { status, body } = await pause();
  expect(status).toBe(200);
  expect(body.clocks[0]?.rungs[0]).toMatchObject({ rung: 'remind', outcome: 'done' });
  expect((await lead()).clocks[0]?.pauses[0]?.statusBefore).toBe('at_risk');
});

it('stands while the bus is down, and its event follows', async () => {
  backend.fail('PutEventsCommand', busDown);
  expect((await pause()).status).toBe(200);
  backend.heal();
  backend.pass(60);
  await reconcile(backend.services);
  expect(backend.facts().at(-1)).toBe('ClockPaused');
});

it('is not made when the lead cannot be saved', async () => {
  backend.fail('PutCommand', throttledTable, { when: ofLead });
  const { status, headers } = await pause();
  expect([status, headers['retry-after']]).toEqual([503, '2']);
  expect((await lead()).clocks[0]?.status).toBe('within_sla');
});

it.each([
  ['an unknown reason', { reason: 'lunch' }, 'reason', /prospect_asked_for_later, scheduled_maintenance/],
  ['an end that has passed', { until: '2026-11-20T15:01:00Z' }, 'until', /future/],
])('with %s is refused with the path and what is allowed', async (_, change, path, message) => {
  const { version } = await lead();
  const { status, body } = await pause(change);
  expect(status).toBe(400);
  expect(body.errors).toEqual([{ path, message: expect.stringMatching(message) as string }]);
  expect((await lead()).version).toBe(version);
});
