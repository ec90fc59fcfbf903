import type { WorkflowState } from '../../../core/model/effects.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as lookAgain } from '../../../lambdas/workflow/look-again/handler.ts';
import { handler as recordFailure } from '../../../lambdas/workflow/record-failure/handler.ts';
import { handler as remindOwner } from '../../../lambdas/workflow/remind-owner/handler.ts';
import { owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';

let backend: Backend;
let state: WorkflowState;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  state = await owned(backend);
  backend.at('2026-11-20T15:02:30Z');
});

const error = { Error: 'Lambda.TooManyRequestsException', Cause: 'sam.porter@example.com was throttled' };
const again = () => `${state.leadId}-1-r2`;
const failures = async () =>
  (await backend.services.leads.timeline(state.leadId)).filter(({ what }) => what === 'workflow_failed');

it('notes the failure with its name, and none of what the error quotes', async () => {
  expect(await recordFailure({ ...state, error })).toEqual(state);
  expect(await failures()).toMatchObject([{ why: expect.stringContaining(error.Error) as string }]);
  expect(backend.events.at(-1)).toMatchObject({ detailType: 'WorkflowFailed', data: { error: error.Error } });
  expect(JSON.stringify([await failures(), backend.events])).not.toContain('sam.porter');
});

it('takes an error without a cause, and one without a name', async () => {
  await recordFailure({ ...state, error: { Error: 'States.Timeout' } });
  await recordFailure({ ...state, next: { ...state.next, rung: 'warn' }, error: {} });
  const why = (await failures()).map((entry) => entry.why).join(' ');
  expect(why).toContain('States.Timeout');
  expect(why).toContain('Unknown');
});

it('told twice is noted once', async () => {
  await recordFailure({ ...state, error });
  await recordFailure({ ...state, error });
  expect(await failures()).toHaveLength(1);
  expect(backend.factsOf('WorkflowFailed')).toBe(1);
});

it('lets another run take over within five minutes, which climbs on; the old one hands over', async () => {
  await recordFailure({ ...state, error });
  backend.pass(119);
  await reconcile(backend.services);
  expect([...backend.started.keys()]).not.toContain(again());
  backend.pass(1);
  await reconcile(backend.services);
  const next = backend.started.get(again())!;
  expect(next).toMatchObject({ run: 2, outcome: 'climb', next: { rung: 'remind' } });
  expect(await backend.happened(state.leadId)).toContain('execution_replaced');
  expect((await remindOwner(state)).outcome).toBe('handed_over');
  expect((await remindOwner(next)).next.rung).toBe('warn');
  expect(backend.facts().filter((fact) => fact === 'SlaReminderDue')).toHaveLength(1);
});

it('of a run that has been replaced leaves the one that took over alone', async () => {
  await recordFailure({ ...state, error });
  backend.pass(120);
  await reconcile(backend.services);
  const next = backend.started.get(again())!;
  const { next: wait } = await lookAgain(next);
  await recordFailure({ ...state, error });
  expect((await backend.lead(state.leadId)).clocks[0]).toMatchObject({ run: 2, wakeAt: wait.at });
});
