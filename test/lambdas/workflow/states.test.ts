/** What a state machine hands in: what is taken, what is refused, and by whom a step is no longer wanted. */
import type { WorkflowState } from '../../../core/model/effects.ts';
import { handler as assignOwner } from '../../../lambdas/workflow/assign-owner/handler.ts';
import { handler as escalateCritical } from '../../../lambdas/workflow/escalate-critical/handler.ts';
import { handler as escalateThreshold } from '../../../lambdas/workflow/escalate-threshold/handler.ts';
import { handler as lookAgain } from '../../../lambdas/workflow/look-again/handler.ts';
import { handler as notifyOwner } from '../../../lambdas/workflow/notify-owner/handler.ts';
import { handler as openIncident } from '../../../lambdas/workflow/open-incident/handler.ts';
import { handler as reassignOnBreach } from '../../../lambdas/workflow/reassign-on-breach/handler.ts';
import { handler as recordFailure } from '../../../lambdas/workflow/record-failure/handler.ts';
import { handler as remindOwner } from '../../../lambdas/workflow/remind-owner/handler.ts';
import { handler as sendHeldMessages } from '../../../lambdas/workflow/send-held-messages/handler.ts';
import { handler as sendToBackup } from '../../../lambdas/workflow/send-to-backup/handler.ts';
import { handler as tellNobodyAvailable } from '../../../lambdas/workflow/tell-nobody-available/handler.ts';
import { handler as warnOwnerAndManager } from '../../../lambdas/workflow/warn-owner-and-manager/handler.ts';
import { owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { conflict, ofLead, throttledTable, timedOut } from '../../support/troubles.ts';

const RUNGS: [string, (event: unknown) => Promise<unknown>][] = [
  ['remind-owner', remindOwner],
  ['warn-owner-and-manager', warnOwnerAndManager],
  ['reassign-on-breach', reassignOnBreach],
  ['escalate-critical', escalateCritical],
  ['open-incident', openIncident],
  ['send-to-backup', sendToBackup],
  ['escalate-threshold', escalateThreshold],
];
const STEPS: [string, (event: unknown) => Promise<unknown>][] = [
  ['assign-owner', assignOwner],
  ['notify-owner', notifyOwner],
  ['tell-nobody-available', tellNobodyAvailable],
  ['send-held-messages', sendHeldMessages],
  ['look-again', lookAgain],
  ...RUNGS,
];
const ALL: typeof STEPS = [...STEPS, ['record-failure', recordFailure]];
const error = { Error: 'States.Timeout', Cause: '{}' };

let backend: Backend;
let state: WorkflowState;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  state = await owned(backend);
  backend.at('2026-11-20T17:00:00Z');
});

/** Nothing may be written, told or started by this. */
async function untouched(run: () => Promise<unknown>): Promise<void> {
  const before = [await backend.lead(state.leadId), await backend.items(), backend.told(), backend.facts()];
  await run();
  backend.heal();
  const after = [await backend.lead(state.leadId), await backend.items(), backend.told(), backend.facts()];
  expect(after).toEqual(before);
}

it.each(ALL)('%s says by name that there is no such lead', async (_, handler) => {
  const gone = { ...state, leadId: 'lead-of-nobody', error };
  await untouched(() => expect(handler(gone)).rejects.toMatchObject({ name: 'LeadNotFound' }));
});

it.each(STEPS)('%s hands over when the lead is in another cycle', async (_, handler) => {
  const older = { ...state, cycle: 2 };
  await untouched(async () => {
    expect(await handler(older)).toEqual({
      ...older,
      outcome: 'handed_over',
      next: { rung: 'none', at: state.next.at },
    });
  });
});

it.each(RUNGS)('%s hands over when another run has taken over', async (_, handler) => {
  await untouched(async () => {
    expect(await handler({ ...state, run: 2 })).toMatchObject({ outcome: 'handed_over', run: 2 });
  });
});

it.each([
  ['throttled', throttledTable, 'ProvisionedThroughputExceededException'],
  ['timing out', timedOut, 'TimeoutError'],
])('every step passes on by name that the database is %s', async (_, trouble, name) => {
  for (const [, handler] of STEPS) {
    await untouched(async () => {
      backend.fail('GetCommand', trouble, { when: ofLead });
      await expect(handler(state)).rejects.toMatchObject({ name });
    });
  }
});

it('a step that keeps losing to others gives up by name after a dozen tries', async () => {
  const hurry = jest.spyOn(Math, 'random').mockReturnValue(0);
  await untouched(async () => {
    const before = backend.asked['PutCommand'] ?? 0;
    backend.fail('PutCommand', conflict, { when: ofLead });
    await expect(remindOwner(state)).rejects.toMatchObject({ name: 'VersionConflict' });
    expect((backend.asked['PutCommand'] ?? 0) - before).toBe(12);
  });
  hurry.mockRestore();
});

it('a step that loses to others eleven times is taken at the twelfth', async () => {
  const hurry = jest.spyOn(Math, 'random').mockReturnValue(0);
  backend.fail('PutCommand', conflict, { when: ofLead, times: 11 });
  expect(await remindOwner(state)).toMatchObject({ outcome: 'climb' });
  expect(backend.facts()).toContain('SlaReminderDue');
  hurry.mockRestore();
});

describe('a state', () => {
  it('with fields that an engine adds of its own is taken without them', async () => {
    const extra = { ...state, _execution: 'x', _name: 'y', _state: { z: 1 } };
    const answer = (await lookAgain(extra)) as unknown as Record<string, unknown>;
    expect(Object.keys(answer).sort()).toEqual(['clockId', 'cycle', 'leadId', 'next', 'outcome', 'run']);
    expect(await recordFailure({ ...extra, error })).toEqual(state);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no lead', { leadId: '' }],
    ['no cycle', { cycle: undefined }],
    ['a run of 0', { run: 0 }],
    ['an unknown outcome', { outcome: 'done' }],
    ['an unknown rung', { next: { rung: 'shout', at: '2026-11-20T15:02:30.000Z' } }],
    ['no next', { next: null }],
  ])('with %s is refused before anything is read', async (_, change) => {
    for (const [, handler] of ALL) {
      backend.asked = {};
      const refused = Promise.resolve().then(() => handler({ ...state, error, ...change }));
      await expect(refused).rejects.toMatchObject({ name: 'ZodError' });
      expect(backend.asked).toEqual({});
    }
  });
});
