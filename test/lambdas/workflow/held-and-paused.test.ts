/** Steps that wait for hours or for the end of a pause: held messages, and looking again. */
import type { WorkflowState } from '../../../core/model/effects.ts';
import { handler as pauseLead } from '../../../lambdas/api/pause-lead/handler.ts';
import { handler as recordActivity } from '../../../lambdas/api/record-activity/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as lookAgain } from '../../../lambdas/workflow/look-again/handler.ts';
import { handler as sendHeldMessages } from '../../../lambdas/workflow/send-held-messages/handler.ts';
import { ask, owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { ofLead, throttledMail } from '../../support/troubles.ts';

/** Friday 19:00 in New York, and the Monday's opening. */
const EVENING = '2026-11-21T00:00:00Z';
const OPENING = '2026-11-23T13:00:00Z';
let backend: Backend;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());

describe('a message to an owner outside hours', () => {
  let state: WorkflowState;
  const toOwner = () => backend.mails.filter(({ to }) => to !== 'ada');

  beforeEach(async () => {
    await backend.begin(EVENING);
    state = await owned(backend, { source: 'content_download', score: 30 });
  });

  it('waits for their opening and is sent then, once', async () => {
    expect(state.next).toEqual({ rung: 'tell', at: '2026-11-23T13:00:00.000Z' });
    expect(toOwner()).toEqual([]);
    backend.at(OPENING);
    const first = await sendHeldMessages(state);
    expect(first.next.rung).toBe('remind');
    expect(await sendHeldMessages(state)).toEqual(first);
    expect(toOwner()).toHaveLength(1);
    expect((await backend.lead(state.leadId)).held).toEqual([]);
  });

  it('is not sent before', async () => {
    backend.at('2026-11-23T12:59:57Z');
    expect(await sendHeldMessages(state)).toEqual(state);
    expect(toOwner()).toEqual([]);
  });

  it('whose step dies after its save is sent by the reconciler', async () => {
    backend.at(OPENING);
    backend.dieAfter('PutCommand', ofLead);
    await expect(sendHeldMessages(state)).rejects.toMatchObject({ name: 'TimeoutError' });
    await backend.restart();
    expect((await sendHeldMessages(state)).next.rung).toBe('remind');
    backend.pass(60);
    await reconcile(backend.services);
    expect(toOwner()).toHaveLength(1);
  });

  it('that is throttled then is sent a minute later', async () => {
    backend.at(OPENING);
    backend.fail('SendEmailCommand', throttledMail);
    expect((await sendHeldMessages(state)).next.rung).toBe('remind');
    backend.heal();
    backend.pass(60);
    await reconcile(backend.services);
    expect(toOwner()).toHaveLength(1);
  });

  it('is dropped when the lead has been tried meanwhile', async () => {
    backend.at('2026-11-21T10:00:00Z');
    const call = { activityId: 'call-1', type: 'call', outcome: 'connected', occurredAt: backend.now() };
    const body = { ...call, recordedBy: { kind: 'system', name: 'dialler' } };
    await ask(recordActivity, { path: { leadId: state.leadId }, body });
    backend.at(OPENING);
    expect((await sendHeldMessages(state)).outcome).toBe('met_in_time');
    expect(toOwner()).toEqual([]);
    expect(await backend.happened(state.leadId)).toContain('held_message_dropped');
  });
});

describe('looking again', () => {
  let state: WorkflowState;
  const pause = (until: string) =>
    ask(pauseLead, { path: { leadId: state.leadId }, body: { reason: 'force_majeure', until } });

  beforeEach(async () => {
    await backend.begin('2026-11-20T15:00:00Z');
    state = await owned(backend);
    backend.at('2026-11-20T15:01:00Z');
  });

  it('changes nothing while there is nothing to see', async () => {
    const { version } = await backend.lead(state.leadId);
    expect(await lookAgain(state)).toEqual(state);
    expect((await backend.lead(state.leadId)).version).toBe(version);
  });

  it('waits for the end of a pause, and ends it once', async () => {
    await pause('2026-11-20T16:01:00Z');
    const paused = await lookAgain(state);
    expect([paused.outcome, paused.next]).toEqual([
      'paused',
      { rung: 'look', at: '2026-11-20T16:01:00.000Z' },
    ]);
    backend.at('2026-11-20T16:01:00Z');
    const [first, second] = await Promise.all([lookAgain(state), lookAgain(state)]);
    expect(first).toEqual({ ...state, next: { rung: 'remind', at: '2026-11-20T16:02:30.000Z' } });
    expect(second).toEqual(first);
    const resumed = backend.events.filter(({ detailType }) => detailType === 'ClockResumed');
    expect(resumed.map(({ data }) => data['commitment']).sort()).toEqual([
      ...['mql.respond', 'sal.decide', 'sal.review', 'sequence.enroll'],
    ]);
  });
});
