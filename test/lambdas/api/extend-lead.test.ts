import type { WorkflowState } from '../../../core/model/effects.ts';
import { handler as extendLead } from '../../../lambdas/api/extend-lead/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as reassignOnBreach } from '../../../lambdas/workflow/reassign-on-breach/handler.ts';
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

const extend = (change: Record<string, unknown> = {}) =>
  ask(extendLead, {
    path: { leadId: state.leadId },
    body: { reason: 'The prospect travels.', duration: 'PT30M', personId: 'mona', ...change },
  });
const response = async () => (await backend.lead(state.leadId)).clocks[0]!;

it('adds business time to the clocks that run, with who and why', async () => {
  const { status, body } = await extend();
  expect(status).toBe(200);
  expect(body.clocks[0]).toMatchObject({
    dueAt: '2026-11-20T15:35:00.000Z',
    extensions: [{ added: 'PT30M', reason: 'The prospect travels.', by: 'person:mona' }],
  });
  expect(await backend.happened(state.leadId)).toContain('clock_extended');
  expect(backend.facts().at(-1)).toBe('ClockExtended');
  expect(JSON.stringify(backend.events)).not.toContain('travels');
});

it('sends the execution that wakes for the old rung back to wait', async () => {
  await extend();
  backend.at('2026-11-20T15:02:30Z');
  const { outcome, next } = await remindOwner(state);
  expect([outcome, next.rung]).toEqual(['climb', 'remind']);
  expect(next.at > '2026-11-20T15:02:30.000Z').toBe(true);
  expect(backend.facts()).not.toContain('SlaReminderDue');
});

it('whose answer got lost extends once, however often it is repeated', async () => {
  backend.loseAnswer('PutCommand', { when: ofLead });
  expect((await extend()).status).toBe(503);
  backend.pass(20);
  const { status, body } = await extend();
  expect([status, body.clocks[0]?.dueAt]).toEqual([200, '2026-11-20T15:35:00.000Z']);
  expect((await response()).extensions).toHaveLength(1);
});

it('with another reason, another span or by somebody else is another extension', async () => {
  await extend();
  await extend({ reason: 'The flight is late.' });
  await extend({ reason: 'The flight is late.', duration: 'PT15M' });
  await extend({ reason: 'The flight is late.', duration: 'PT15M', personId: 'dana' });
  expect((await response()).dueAt).toBe('2026-11-20T16:35:00.000Z');
});

it('is decided anew when a rung was quicker', async () => {
  backend.at('2026-11-20T15:02:30Z');
  backend.meanwhile('PutCommand', () => remindOwner(state), ofLead);
  const { body } = await extend();
  expect(body.clocks[0]).toMatchObject({ dueAt: '2026-11-20T15:35:00.000Z' });
  expect(body.clocks[0]?.rungs[0]).toMatchObject({ rung: 'remind', outcome: 'done' });
});

it('of a deadline that was missed in between is refused', async () => {
  backend.at('2026-11-20T15:05:00Z');
  await reassignOnBreach(state);
  const before = (await response()).dueAt;
  backend.at('2026-11-20T15:11:00Z');
  await extend();
  expect((await response()).dueAt).toBe(before);
});

it('stands while the bus is down, and its event follows', async () => {
  backend.fail('PutEventsCommand', busDown);
  expect((await extend()).status).toBe(200);
  backend.heal();
  backend.pass(60);
  await reconcile(backend.services);
  expect(backend.facts().at(-1)).toBe('ClockExtended');
});

it('is not made when the lead cannot be saved', async () => {
  backend.fail('PutCommand', throttledTable, { when: ofLead });
  expect((await extend()).status).toBe(503);
  expect((await response()).extensions).toEqual([]);
});

it.each([
  ['an owner', 'sam'],
  ['somebody whom nobody knows', 'nemo'],
])('by %s is refused and changes nothing', async (_, personId) => {
  const { status, body } = await extend({ personId });
  expect([status, body.type]).toEqual([422, 'urn:lead-sla:problem:not-a-manager']);
  expect(body.errors[0]?.message).toContain('sdr_manager');
  expect((await response()).extensions).toEqual([]);
});

it('after the deadline is refused', async () => {
  backend.at('2026-11-20T15:05:00Z');
  const { status, body } = await extend();
  expect([status, body.type]).toEqual([409, 'urn:lead-sla:problem:nothing-to-extend']);
});
