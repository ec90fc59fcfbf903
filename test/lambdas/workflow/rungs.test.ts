/** Each rung's function, taken once, twice, at the same moment, half, and by a run that is no longer the one. */
import type { WorkflowState } from '../../../core/model/effects.ts';
import { handler as recordActivity } from '../../../lambdas/api/record-activity/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as escalateCritical } from '../../../lambdas/workflow/escalate-critical/handler.ts';
import { handler as escalateThreshold } from '../../../lambdas/workflow/escalate-threshold/handler.ts';
import { handler as openIncident } from '../../../lambdas/workflow/open-incident/handler.ts';
import { handler as reassignOnBreach } from '../../../lambdas/workflow/reassign-on-breach/handler.ts';
import { handler as remindOwner } from '../../../lambdas/workflow/remind-owner/handler.ts';
import { handler as sendToBackup } from '../../../lambdas/workflow/send-to-backup/handler.ts';
import { handler as warnOwnerAndManager } from '../../../lambdas/workflow/warn-owner-and-manager/handler.ts';
import { ask, owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { conflict, ofLead, throttledTable } from '../../support/troubles.ts';

/** The rung, when it is due, its fact on the bus, and whom it tells (`old`, `new`: who had the lead, who has it then). */
const RUNGS = [
  ['remind', remindOwner, '15:02:30', 'SlaReminderDue', ['old']],
  ['warn', warnOwnerAndManager, '15:03:45', 'SlaAtRisk', ['mona', 'old']],
  ['breach', reassignOnBreach, '15:05:00', 'SlaBreached', ['mona', 'new', 'old']],
  ['critical', escalateCritical, '15:07:30', 'SlaCritical', ['dana', 'victor']],
  ['incident', openIncident, '15:10:00', 'IncidentOpened', ['victor']],
  ['backup', sendToBackup, '16:05:00', 'LeadSentToBackup', ['erik', 'kim', 'lee', 'pat', 'sam']],
  ['threshold', escalateThreshold, '17:00:00', 'SlaThresholdPassed', ['mona']],
] as const;

let backend: Backend;
let state: WorkflowState;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  state = await owned(backend);
  backend.mails = [];
});

const at = (time: string) => backend.at(`2026-11-20T${time}Z`);
const lead = () => backend.lead(state.leadId);
const times = (fact: string) => backend.facts().filter((other) => other === fact).length;

/** Whom mail went to, sorted, with the two owners by their part. */
async function told(): Promise<string[]> {
  const { owner, previousOwners } = await lead();
  const old = previousOwners[0]?.personId ?? owner?.personId;
  const roles = backend.mails.map(({ to }) => (to === old ? 'old' : to === owner?.personId ? 'new' : to));
  return roles.sort();
}

describe.each(RUNGS)('%s', (rung, handler, time, fact, whom) => {
  const expectClimbedOnce = async () => {
    expect(times(fact)).toBe(1);
    expect(await told()).toEqual(whom);
    const history = await backend.happened(state.leadId);
    expect(history.filter((what) => what === `rung_${rung}`)).toHaveLength(1);
    expect((await lead()).owed).toEqual([]);
  };

  beforeEach(() => at(time));

  it('is climbed, and tells whom it promises', async () => {
    const { outcome, next } = await handler(state);
    expect(outcome).toBe('climb');
    expect(next.rung).not.toBe(rung);
    await expectClimbedOnce();
  });

  it('taken twice is taken once, with the same answer', async () => {
    const first = await handler(state);
    const { version } = await lead();
    backend.pass(1);
    expect(await handler(state)).toEqual(first);
    expect((await lead()).version).toBe(version);
    await expectClimbedOnce();
  });

  it('taken three times at the same moment is taken once', async () => {
    const [first, ...others] = await Promise.all([handler(state), handler(state), handler(state)]);
    expect(others).toEqual([first, first]);
    await expectClimbedOnce();
  });

  it('that dies after its save is finished by the reconciler, and the retry goes on', async () => {
    backend.dieAfter('PutCommand', (input) => ofLead(input));
    await expect(handler(state)).rejects.toMatchObject({ name: 'TimeoutError' });
    await backend.restart();
    expect([backend.mails, times(fact)]).toEqual([[], 0]);

    backend.pass(2);
    const retried = await handler(state);
    expect(retried.outcome).toBe('climb');
    expect(retried.next.rung).not.toBe(rung);

    backend.pass(60);
    await reconcile(backend.services);
    await expectClimbedOnce();
    expect(await backend.happened(state.leadId)).toContain('finished_by_reconciler');
  });

  it('whose save is answered by its own echo goes on, and the reconciler does what is owed', async () => {
    backend.loseAnswer('PutCommand', { when: ofLead, error: conflict });
    expect((await handler(state)).next.rung).not.toBe(rung);
    backend.pass(60);
    await reconcile(backend.services);
    await expectClimbedOnce();
  });

  it('finds an attempt that came in between, and does nothing', async () => {
    const body = {
      activityId: 'call-1',
      type: 'call',
      outcome: 'no_answer',
      occurredAt: '2026-11-20T15:01:00Z',
      recordedBy: { kind: 'system', name: 'dialler' },
    };
    const attempt = () => ask(recordActivity, { path: { leadId: state.leadId }, body });
    backend.meanwhile('PutCommand', attempt, ofLead);
    expect((await handler(state)).outcome).toBe('met_in_time');
    expect([times(fact), backend.mails]).toEqual([0, []]);
  });

  it('asked for too early waits for its instant', async () => {
    at('15:00:01');
    expect((await handler(state)).next).toEqual({ rung: 'remind', at: '2026-11-20T15:02:30.000Z' });
    expect([times(fact), backend.mails]).toEqual([0, []]);
  });

  it('leaves everything as it was when the lead cannot be saved', async () => {
    const before = await lead();
    backend.fail('PutCommand', throttledTable, { when: ofLead });
    await expect(handler(state)).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' });
    backend.heal();
    expect(await lead()).toEqual(before);
    expect([times(fact), backend.mails]).toEqual([0, []]);
  });
});
