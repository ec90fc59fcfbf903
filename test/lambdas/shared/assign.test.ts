/** Leads for which nobody was there get their owner when somebody comes back, at the same moment as their execution looks. */
import type { WorkflowState } from '../../../core/model/effects.ts';
import { handler as recordActivity } from '../../../lambdas/api/record-activity/handler.ts';
import { handler as setAvailability } from '../../../lambdas/api/set-availability/handler.ts';
import { assignUnassigned } from '../../../lambdas/shared/assign.ts';
import { handler as assignOwner } from '../../../lambdas/workflow/assign-owner/handler.ts';
import { handler as notifyOwner } from '../../../lambdas/workflow/notify-owner/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { arrived, ask } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { ofLead, throttledMail, throttledTable } from '../../support/troubles.ts';

let backend: Backend;
let state: WorkflowState;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  await backend.away('sam', 'jo');
  state = await arrived(backend);
  expect((await assignOwner(state)).outcome).toBe('nobody');
  backend.at('2026-11-20T15:01:00Z');
});

const back = (personId: string) =>
  ask<{ assigned: number }>(setAvailability, {
    path: { personId },
    body: { available: true, reason: 'back' },
  });
const ownerOf = async (leadId: string) => (await backend.lead(leadId)).owner?.personId ?? null;
const crm = (n: number) => ({ crm: { system: 'salesforce', recordId: `${backend.recordId}-${n}` } });

it('assigns the lead at once to who comes back, and tells them', async () => {
  const { status, body } = await back('sam');
  expect([status, body.assigned]).toEqual([200, 1]);
  expect(await ownerOf(state.leadId)).toBe('sam');
  expect(backend.told()).toEqual(['sam mql_respond-1_assigned-1_sam']);
  const { status: leadStatus, unassignedSince, retryAssignAt } = await backend.lead(state.leadId);
  expect([leadStatus, unassignedSince, retryAssignAt]).toEqual(['assigned', null, null]);
});

it('gives it to somebody who may have it only', async () => {
  expect((await back('erik')).body.assigned).toBe(0);
  expect(await ownerOf(state.leadId)).toBeNull();
});

it('tells the owner once, though the execution wakes right after it', async () => {
  await back('sam');
  const { outcome } = await notifyOwner(await assignOwner(state));
  expect([outcome, await ownerOf(state.leadId), backend.mails.length]).toEqual(['climb', 'sam', 1]);
});

it('tells the owner once, though the execution wakes at the same moment', async () => {
  const both = await Promise.all([back('sam'), assignOwner(state)]);
  await notifyOwner(await assignOwner(both[1]));
  expect([await ownerOf(state.leadId), backend.mails.length]).toEqual(['sam', 1]);
  expect(backend.factsOf('LeadAssigned')).toBe(1);
});

it('gives way to an execution that was quicker', async () => {
  await backend.change('sam', { availability: [] });
  backend.meanwhile('PutCommand', () => assignOwner(state).then(notifyOwner), ofLead);
  expect(await assignUnassigned(backend.services)).toBe(0);
  expect([await ownerOf(state.leadId), backend.mails.length]).toEqual(['sam', 1]);
  const { entries } = await backend.services.pools.get('enterprise');
  expect(Object.values(entries).reduce((sum, { drawn }) => sum + drawn, 0)).toBe(1);
});

it('makes an execution give way that was slower: the same person, told once', async () => {
  await backend.change('sam', { availability: [] });
  backend.meanwhile('PutCommand', () => assignUnassigned(backend.services), ofLead);
  await notifyOwner(await assignOwner(state));
  expect([await ownerOf(state.leadId), backend.mails.length]).toEqual(['sam', 1]);
});

it('takes each lead up to the cap of who comes back, and leaves the rest', async () => {
  for (const n of [1, 2]) await assignOwner(await arrived(backend, crm(n)));
  await backend.change('sam', { openLeadCap: 2 });
  expect((await back('sam')).body.assigned).toBe(2);
  expect(await backend.services.leads.unassigned()).toHaveLength(1);
  expect((await back('jo')).body.assigned).toBe(1);
});

it('leaves a lead alone that has been contacted meanwhile', async () => {
  const call = { activityId: 'call-1', type: 'call', outcome: 'no_answer', occurredAt: backend.now() };
  const body = { ...call, recordedBy: { kind: 'system', name: 'dialler' } };
  await ask(recordActivity, { path: { leadId: state.leadId }, body });
  expect((await back('sam')).body.assigned).toBe(0);
});

it('does not undo the return when a lead cannot be saved; asking again goes on', async () => {
  backend.fail('PutCommand', throttledTable, { when: ofLead });
  expect((await back('sam')).status).toBe(503);
  backend.heal();
  expect((await back('sam')).body.assigned).toBe(1);
  expect(await ownerOf(state.leadId)).toBe('sam');
});

it('finds the owner although the mail is throttled, who is told a minute later', async () => {
  backend.fail('SendEmailCommand', throttledMail);
  expect((await back('sam')).body.assigned).toBe(1);
  backend.heal();
  backend.pass(60);
  await reconcile(backend.services);
  expect(backend.told()).toEqual(['sam mql_respond-1_assigned-1_sam']);
});
