/** The schedule finishes what was accepted and then interrupted, each thing once, one lead's trouble apart from the others'. */
import { handler as recordActivity } from '../../../lambdas/api/record-activity/handler.ts';
import { handler as reconcile } from '../../../lambdas/schedule/reconcile/handler.ts';
import { handler as assignOwner } from '../../../lambdas/workflow/assign-owner/handler.ts';
import { handler as notifyOwner } from '../../../lambdas/workflow/notify-owner/handler.ts';
import { handler as remindOwner } from '../../../lambdas/workflow/remind-owner/handler.ts';
import { arrived, ask, owned, submit } from '../../support/flow.ts';
import { done } from '../../support/life.ts';
import { Backend } from '../../support/services.ts';
import { ofLead, throttledStart, throttledTable } from '../../support/troubles.ts';

let backend: Backend;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(() => backend.begin('2026-11-20T15:00:00Z'));

const names = () => [...backend.started.keys()];
const crm = (n: number) => ({ crm: { system: 'salesforce', recordId: `${backend.recordId}-${n}` } });
const attempt = (leadId: string) =>
  ask(recordActivity, {
    path: { leadId },
    body: {
      activityId: 'call-1',
      type: 'call',
      outcome: 'no_answer',
      occurredAt: backend.now(),
      recordedBy: { kind: 'system', name: 'dialler' },
    },
  });

it('has nothing to do with leads that are in order, and writes nothing', async () => {
  const { leadId } = await owned(backend);
  const { version } = await backend.lead(leadId);
  backend.pass(120);
  backend.asked = {};
  expect(await reconcile()).toEqual({ looked: 0, finished: 0 });
  expect(backend.asked).toEqual({ QueryCommand: 1 });
  expect((await backend.lead(leadId)).version).toBe(version);
});

it('never looks again at a lead whose clocks are over and whose effects are done', async () => {
  const { leadId } = await owned(backend);
  await attempt(leadId);
  await done(leadId, 'dispose');
  backend.pass(10 * 365 * 86_400);
  expect(await reconcile()).toEqual({ looked: 0, finished: 0 });
});

describe('an execution that does not wake', () => {
  it('is replaced by run 2 after the policy time, which climbs on where it stands', async () => {
    const state = await owned(backend);
    backend.at('2026-11-20T15:04:29Z');
    expect(await reconcile()).toEqual({ looked: 0, finished: 0 });
    backend.at('2026-11-20T15:04:30Z');
    expect(await reconcile()).toEqual({ looked: 1, finished: 1 });
    const next = backend.started.get(`${state.leadId}-1-r2`)!;
    expect(next).toEqual({
      ...state,
      run: 2,
      next: { rung: 'remind', at: '2026-11-20T15:02:30.000Z' },
    });
    expect(await backend.happened(state.leadId)).toContain('execution_replaced');

    const owner = (await backend.lead(state.leadId)).owner;
    const told = backend.told();
    await notifyOwner(await assignOwner(next));
    expect([(await backend.lead(state.leadId)).owner, backend.told()]).toEqual([owner, told]);
    expect((await remindOwner(next)).next.rung).toBe('warn');
    expect((await remindOwner(state)).outcome).toBe('handed_over');
    expect(backend.factsOf('SlaReminderDue')).toBe(1);
  });

  it('is replaced once, though two schedules run at the same moment', async () => {
    const state = await owned(backend);
    backend.at('2026-11-20T15:04:30Z');
    await Promise.all([reconcile(), reconcile()]);
    expect(names()).toEqual([`${state.leadId}-1`, `${state.leadId}-1-r2`]);
  });

  it('is not replaced when an attempt meets the clock in between', async () => {
    const { leadId } = await owned(backend);
    backend.at('2026-11-20T15:04:30Z');
    backend.meanwhile('PutCommand', () => attempt(leadId), ofLead);
    await reconcile();
    expect(names()).toEqual([`${leadId}-1`, `${leadId}-cadence-touch-1`, `${leadId}-cadence-touch-2`]);
    expect((await backend.lead(leadId)).clocks[0]).toMatchObject({ status: 'met', run: 1 });
  });

  it('gets its successor although the reconciler dies before it could start it', async () => {
    const { leadId } = await owned(backend);
    backend.at('2026-11-20T15:04:30Z');
    backend.dieAfter('PutCommand', ofLead);
    expect(await reconcile()).toEqual({ looked: 1, finished: 0 });
    await backend.restart();
    expect(names()).toEqual([`${leadId}-1`]);
    backend.pass(60);
    await reconcile();
    expect(names()).toEqual([`${leadId}-1`, `${leadId}-1-r2`]);
  });

  it('gets its successor although starting it fails for a while', async () => {
    const { leadId } = await owned(backend);
    backend.at('2026-11-20T15:04:30Z');
    backend.fail('StartExecutionCommand', throttledStart);
    await reconcile();
    backend.heal();
    backend.pass(60);
    await reconcile();
    expect(names()).toEqual([`${leadId}-1`, `${leadId}-1-r2`]);
    expect((await backend.lead(leadId)).owed).toEqual([]);
  });
});

describe('the routing clock', () => {
  it('gets no execution when the lead has an owner within the policy time', async () => {
    await owned(backend);
    backend.pass(60);
    await reconcile();
    expect(names()).toHaveLength(1);
  });

  it('gets its execution when the lead has none after it', async () => {
    const { leadId } = await arrived(backend);
    backend.pass(59);
    expect(await reconcile()).toEqual({ looked: 0, finished: 0 });
    backend.pass(1);
    await reconcile();
    expect(backend.started.get(`${leadId}-mql-route-1`)).toEqual({
      leadId,
      cycle: 1,
      clockId: 'mql.route-1',
      run: 1,
      outcome: 'climb',
      next: { rung: 'breach', at: '2026-11-20T15:15:00.000Z' },
    });
    expect(await backend.happened(leadId)).toContain('execution_started');
  });
});

describe('a lead in trouble', () => {
  const three = async () => {
    backend.fail('StartExecutionCommand', throttledStart);
    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.push((await submit(backend, crm(n))).body.leadId);
    backend.heal();
    backend.pass(60);
    return ids;
  };

  it.each([
    ['read', 'GetCommand'],
    ['written', 'PutCommand'],
  ])('that cannot be %s does not stop the others, and is finished the next time', async (_, command) => {
    const [, second] = await three();
    const itsOwn = { when: (input: object) => JSON.stringify(input).includes(`LEAD#${second}`) };
    backend.fail(command, throttledTable, itsOwn);
    expect(await reconcile()).toEqual({ looked: 3, finished: 2 });
    expect(backend.logged).toContain('A lead could not be reconciled');
    expect(names()).not.toContain(`${second}-1`);

    backend.heal();
    backend.pass(60);
    await reconcile();
    expect(names()).toContain(`${second}-1`);
  });

  it('is told to the schedule when the table cannot even be asked', async () => {
    await three();
    backend.fail('QueryCommand', throttledTable);
    await expect(reconcile()).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    backend.heal();
    expect(await reconcile()).toEqual({ looked: 3, finished: 3 });
  });

  it('is finished once by two schedules at the same moment', async () => {
    const ids = await three();
    await Promise.all([reconcile(), reconcile()]);
    expect(names().filter((name) => ids.some((id) => name === `${id}-1`))).toHaveLength(3);
    expect(backend.factsOf('LeadReceived')).toBe(3);
    for (const id of ids) expect((await backend.lead(id)).owed).toEqual([]);
  });
});
