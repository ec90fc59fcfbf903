/** The first steps of an execution: an owner, or nobody and the manager told, once, whatever happens in between. */
import { handler as recordActivity } from '../../../lambdas/api/record-activity/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as assignOwner } from '../../../lambdas/workflow/assign-owner/handler.ts';
import { handler as notifyOwner } from '../../../lambdas/workflow/notify-owner/handler.ts';
import { handler as tellNobodyAvailable } from '../../../lambdas/workflow/tell-nobody-available/handler.ts';
import { arrived, ask, leadState } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { conflict, ofLead, ofPool, throttledTable } from '../../support/troubles.ts';

let backend: Backend;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(() => backend.begin('2026-11-20T15:00:00Z'));

const REMIND = { rung: 'remind', at: '2026-11-20T15:02:30.000Z' };
const crm = (n: number) => ({ crm: { system: 'salesforce', recordId: `${backend.recordId}-${n}` } });
const ownerOf = async (leadId: string) => (await backend.lead(leadId)).owner?.personId ?? null;
const drawn = async () => Object.values((await backend.services.pools.get('enterprise')).entries);
const turns = async () => (await drawn()).reduce((sum, entry) => sum + entry.drawn, 0);
const times = (fact: string) => backend.facts().filter((other) => other === fact).length;

describe('an owner', () => {
  it('is found and told why, and Marketing has done its part', async () => {
    const state = await arrived(backend);
    const assigned = await assignOwner(state);
    expect(assigned).toEqual({ ...state, outcome: 'assigned', next: REMIND });
    expect(await notifyOwner(assigned)).toEqual({ ...state, outcome: 'climb', next: REMIND });
    const { owner, clocks, status } = await backend.lead(state.leadId);
    expect([status, owner?.via]).toEqual(['assigned', 'round_robin']);
    expect(owner?.reason).toMatch(/^Next in the round robin of pool enterprise/);
    expect(clocks.map(({ commitment, status: is }) => `${commitment} ${is}`)).toEqual([
      'mql.respond within_sla',
      'mql.route met',
      'marketing.notify met',
      'sal.review within_sla',
      'sal.decide within_sla',
      'sequence.enroll within_sla',
    ]);
    // Those of Sales wait an hour for their executions: most leads are accepted by then.
    expect([...backend.started.keys()]).toEqual([`${state.leadId}-1`]);
    expect(backend.mails).toMatchObject([
      { to: owner?.personId, subject: expect.stringMatching(/Example/) as string },
    ]);
  });

  it('is found once when the step is taken twice, and told once', async () => {
    const state = await arrived(backend);
    const first = await assignOwner(state);
    const owner = await ownerOf(state.leadId);
    expect(await assignOwner(state)).toEqual(first);
    expect(await notifyOwner(first)).toEqual(await notifyOwner(first));
    expect([await ownerOf(state.leadId), await turns()]).toEqual([owner, 1]);
    expect([times('LeadAssigned'), backend.mails.length]).toEqual([1, 1]);
  });

  it('is found once when the step is taken three times at the same moment', async () => {
    const state = await arrived(backend);
    const [first, ...others] = await Promise.all([
      assignOwner(state),
      assignOwner(state),
      assignOwner(state),
    ]);
    expect(others).toEqual([first, first]);
    await Promise.all([notifyOwner(first), notifyOwner(first)]);
    expect(await turns()).toBe(1);
    expect([times('LeadAssigned'), backend.mails.length]).toEqual([1, 1]);
  });

  it('is the same person after a death between the draw and the lead, whoever was drawn meanwhile', async () => {
    const state = await arrived(backend);
    backend.dieAfter('PutCommand', ofPool);
    await expect(assignOwner(state)).rejects.toMatchObject({ name: 'TimeoutError' });
    await backend.restart();
    const { tickets } = await backend.services.pools.get('enterprise');
    expect(await ownerOf(state.leadId)).toBeNull();

    await assignOwner(await arrived(backend, crm(1)));
    expect((await assignOwner(state)).outcome).toBe('assigned');
    expect(await ownerOf(state.leadId)).toBe(Object.values(tickets)[0]?.personId);
    expect(await turns()).toBe(2);
  });

  it.each([
    ['a time-out', undefined],
    ['its own echo', conflict],
  ])('is drawn once when the write of the pool is answered by %s', async (_, error) => {
    const state = await arrived(backend);
    backend.loseAnswer('PutCommand', { when: ofPool, ...(error && { error }) });
    await assignOwner(state).catch(() => assignOwner(state));
    expect([(await ownerOf(state.leadId)) !== null, await turns()]).toEqual([true, 1]);
  });

  it('is drawn anew when another process has drawn in between', async () => {
    const state = await arrived(backend);
    const other = async () => {
      const pool = await backend.services.pools.get('enterprise');
      await backend.services.pools.save({ ...pool, version: pool.version + 1 });
    };
    backend.meanwhile('PutCommand', other, ofPool);
    expect((await assignOwner(state)).outcome).toBe('assigned');
    expect((await backend.services.pools.get('enterprise')).version).toBe(2);
  });

  it('is drawn by name of the trouble when the pool cannot be written, and the lead stays as it was', async () => {
    const state = await arrived(backend);
    const before = await backend.lead(state.leadId);
    backend.fail('PutCommand', throttledTable, { when: ofPool });
    const name = 'ProvisionedThroughputExceededException';
    await expect(assignOwner(state)).rejects.toMatchObject({ name });
    expect(await backend.lead(state.leadId)).toEqual(before);
  });

  it('after a death between the lead and its effects is told by the next step, the rest by the reconciler', async () => {
    const state = await arrived(backend);
    backend.dieAfter('PutCommand', ofLead);
    await expect(assignOwner(state)).rejects.toMatchObject({ name: 'TimeoutError' });
    await backend.restart();
    const assigned = await assignOwner(state);
    expect(assigned.outcome).toBe('assigned');
    await notifyOwner(assigned);
    expect([backend.mails.length, times('LeadAssigned')]).toEqual([1, 0]);
    backend.pass(60);
    await reconcile(backend.services);
    expect([times('LeadReceived'), times('LeadAssigned'), backend.mails.length]).toEqual([1, 1, 1]);
    expect((await backend.lead(state.leadId)).owed).toEqual([]);
  });

  it('is found although an attempt was logged before; what the lead owed is finished by the reconciler', async () => {
    const state = await arrived(backend);
    const call = { activityId: 'call-1', type: 'call', outcome: 'no_answer', occurredAt: backend.now() };
    const body = { ...call, recordedBy: { kind: 'system', name: 'dialler' } };
    await ask(recordActivity, { path: { leadId: state.leadId }, body });
    expect((await assignOwner(state)).outcome).toBe('met_in_time');
    backend.pass(60);
    await reconcile(backend.services);
    expect([times('LeadReceived'), times('AttemptRecorded')]).toEqual([1, 1]);
    expect((await backend.lead(state.leadId)).owed).toEqual([]);
  });
});

describe('nobody', () => {
  beforeEach(() => backend.away('sam', 'jo'));

  it('is an answer: the manager is told once, and the fallback owner comes after the policy time', async () => {
    const state = await arrived(backend);
    const nobody = await assignOwner(state);
    expect(nobody.outcome).toBe('nobody');
    // The reminder comes before the next attempt to assign, and goes to the manager then.
    expect(nobody.next).toEqual(REMIND);
    expect(await tellNobodyAvailable(nobody)).toEqual(await tellNobodyAvailable(nobody));
    expect(backend.told()).toEqual([expect.stringMatching(/^mona mql_respond-1_nobody/)]);
    expect(backend.factsOf('NobodyAvailable')).toBe(1);

    backend.pass(599);
    expect((await assignOwner(state)).outcome).toBe('nobody');
    backend.pass(1);
    expect((await assignOwner(state)).outcome).toBe('assigned');
    expect((await backend.lead(state.leadId)).owner).toMatchObject({ personId: 'mona', via: 'fallback' });
    expect((await backend.happened(state.leadId)).filter((what) => what === 'nobody_available')).toHaveLength(
      1,
    );
  });

  it('leaves Marketing its clock, with an execution of its own', async () => {
    const state = await arrived(backend);
    await assignOwner(state);
    expect([...backend.started.keys()]).toEqual([`${state.leadId}-1`, `${state.leadId}-mql-route-1`]);
  });

  it('is told once when the manager step dies after its save', async () => {
    const nobody = await leadState(assignOwner(await arrived(backend)));
    backend.dieAfter('PutCommand', ofLead);
    await expect(tellNobodyAvailable(nobody)).rejects.toMatchObject({ name: 'TimeoutError' });
    await backend.restart();
    await tellNobodyAvailable(nobody);
    backend.pass(60);
    await reconcile(backend.services);
    expect(backend.mails).toHaveLength(1);
    expect(backend.factsOf('NobodyAvailable')).toBe(1);
    expect((await backend.lead(nobody.leadId)).owed).toEqual([]);
  });

  it('troubles no manager about a lead that has got an owner in between', async () => {
    const nobody = await assignOwner(await arrived(backend));
    await backend.change('sam', { availability: [] });
    await assignOwner(nobody);
    await tellNobodyAvailable(nobody);
    // That nobody was available is a fact of that moment; there is nothing left to do about it.
    expect([backend.mails, times('NobodyAvailable')]).toEqual([[], 1]);
  });
});
