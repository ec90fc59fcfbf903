import type { WorkflowState } from '../../../core/model/effects.ts';
import { handler as pauseLead } from '../../../lambdas/api/pause-lead/handler.ts';
import { handler as resumeLead } from '../../../lambdas/api/resume-lead/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as remindOwner } from '../../../lambdas/workflow/remind-owner/handler.ts';
import { handler as lookAgain } from '../../../lambdas/workflow/look-again/handler.ts';
import { ask, owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { ofLead, throttledStart, throttledTable } from '../../support/troubles.ts';

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

const at = (instant: string) => backend.at(`2026-11-20T${instant}Z`);
const pause = (until?: string) =>
  ask(pauseLead, {
    path: { leadId: state.leadId },
    body: { reason: 'scheduled_maintenance', ...(until === undefined ? {} : { until }) },
  });
const resume = () => ask(resumeLead, { path: { leadId: state.leadId }, body: { personId: 'sam' } });
const response = async () => (await backend.lead(state.leadId)).clocks[0]!;

it('moves the deadline and every open rung by the business time of the pause', async () => {
  await pause();
  at('15:31:00');
  const { status, body } = await resume();
  expect(status).toBe(200);
  expect(body.clocks[0]).toMatchObject({
    status: 'within_sla',
    dueAt: '2026-11-20T15:35:00.000Z',
    pauses: [{ from: '2026-11-20T15:01:00.000Z', to: '2026-11-20T15:31:00.000Z' }],
  });
  const rungs = body.clocks[0]?.rungs.map(({ rung, at: due }) => `${rung} ${due.slice(11, 19)}`);
  expect(rungs?.slice(0, 3)).toEqual(['remind 15:32:30', 'warn 15:33:45', 'breach 15:35:00']);
  expect(backend.facts().at(-1)).toBe('ClockResumed');
});

it('gives the clock another run when its execution would sleep through the next rung', async () => {
  await pause();
  at('15:02:30');
  const asleep = await remindOwner(state);
  expect(asleep.next.at).toBe('2026-11-20T21:02:30.000Z');
  at('15:31:00');
  await resume();
  expect([...backend.started.keys()]).toEqual([`${state.leadId}-1`, `${state.leadId}-1-r2`]);
  const { run, next } = backend.started.get(`${state.leadId}-1-r2`)!;
  expect([run, next.at]).toEqual([2, '2026-11-20T15:32:30.000Z']);

  at('21:02:30');
  expect((await lookAgain(asleep)).outcome).toBe('handed_over');
});

it('gets its other run from the reconciler when it could not be started', async () => {
  await pause();
  at('15:02:30');
  await remindOwner(state);
  at('15:31:00');
  backend.fail('StartExecutionCommand', throttledStart);
  expect((await resume()).status).toBe(200);
  expect(backend.started.size).toBe(1);
  backend.heal();
  backend.pass(60);
  await reconcile(backend.services);
  expect([...backend.started.keys()]).toContain(`${state.leadId}-1-r2`);
});

it('whose answer got lost has moved the deadline once', async () => {
  await pause();
  at('15:31:00');
  backend.loseAnswer('PutCommand', { when: ofLead });
  expect((await resume()).status).toBe(503);
  backend.pass(30);
  const again = await resume();
  expect([again.status, again.body.type]).toEqual([409, 'urn:lead-sla:problem:not-paused']);
  expect((await response()).dueAt).toBe('2026-11-20T15:35:00.000Z');
});

it('is refused for a lead that is not paused', async () => {
  const { status, body } = await resume();
  expect([status, body.type]).toEqual([409, 'urn:lead-sla:problem:not-paused']);
});

it('is not made when the lead cannot be saved', async () => {
  await pause();
  backend.fail('PutCommand', throttledTable, { when: ofLead });
  expect((await resume()).status).toBe(503);
  expect((await response()).status).toBe('paused');
});

it('after the planned end keeps the planned end', async () => {
  await pause('2026-11-20T15:11:00Z');
  at('15:13:00');
  expect((await resume()).status).toBe(200);
  expect(await response()).toMatchObject({
    dueAt: '2026-11-20T15:15:00.000Z',
    pauses: [{ to: '2026-11-20T15:11:00.000Z' }],
  });
});
