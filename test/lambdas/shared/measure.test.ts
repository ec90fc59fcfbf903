/** What is counted: each fact once, however often a step is repeated. */
import { handler as recordActivity } from '../../../lambdas/api/record-activity/handler.ts';
import { handler as submitInquiry } from '../../../lambdas/api/submit-inquiry/handler.ts';
import { handler as updateLead } from '../../../lambdas/api/update-lead/handler.ts';
import { handler as reconcile } from '../../../lambdas/schedule/reconcile/handler.ts';
import { handler as assignOwner } from '../../../lambdas/workflow/assign-owner/handler.ts';
import { handler as notifyOwner } from '../../../lambdas/workflow/notify-owner/handler.ts';
import { handler as reassignOnBreach } from '../../../lambdas/workflow/reassign-on-breach/handler.ts';
import { handler as recordFailure } from '../../../lambdas/workflow/record-failure/handler.ts';
import { handler as remindOwner } from '../../../lambdas/workflow/remind-owner/handler.ts';
import type { InquiryView } from '../../../lambdas/api/schemas/inquiry.ts';
import type { MetricName } from '../../../lambdas/shared/metric-names.ts';
import type { WorkflowState } from '../../../core/model/effects.ts';
import { arrived, ask, leadState, owned, submit } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { busDown, conflict, ofLead, rejectedMail } from '../../support/troubles.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(() => backend.begin('2026-11-20T15:00:00Z'));

const sum = (name: MetricName, of?: string) => backend.metrics.sum(name, of);
const attempt = (leadId: string, occurredAt = backend.now(), activityId = 'call-1') =>
  ask(recordActivity, {
    path: { leadId },
    body: {
      activityId,
      type: 'call',
      outcome: 'connected',
      occurredAt,
      recordedBy: { kind: 'system', name: 'dialler' },
    },
  });
/** Every rung up to the breach, each at its time. */
async function breached(): Promise<WorkflowState> {
  const state = await owned(backend);
  backend.at('2026-11-20T15:02:31Z');
  await remindOwner(state);
  backend.at('2026-11-20T15:05:04Z');
  return leadState(reassignOnBreach(state));
}

describe('a lead', () => {
  it('is counted when it comes in and when it gets an owner, with the time between', async () => {
    const state = await arrived(backend);
    backend.pass(2);
    await notifyOwner(await assignOwner(state));
    expect([sum('LeadsReceived'), sum('LeadsAssigned')]).toEqual([1, 1]);
    expect(backend.metrics.values('AssignmentTime')).toEqual([2000]);
    expect(['mql.route', 'marketing.notify'].map((one) => sum('ClocksMet', one))).toEqual([1, 1]);
    expect([sum('ClocksMet'), sum('NoticesSent')]).toEqual([2, 1]);
  });

  it('is counted once when it is posted again, and when its steps are repeated', async () => {
    const state = await arrived(backend);
    await submit(backend);
    for (const step of [assignOwner, notifyOwner, assignOwner, notifyOwner]) await step(state);
    expect([sum('LeadsReceived'), sum('LeadsAssigned'), sum('NoticesSent')]).toEqual([1, 1, 1]);
    expect(backend.metrics.values('AssignmentTime')).toHaveLength(1);
  });

  it('is not counted, rather than twice, when the process dies right after the save and the step is repeated', async () => {
    const state = await arrived(backend);
    backend.metrics.forget();
    backend.dieAfter('PutCommand', ofLead);
    await assignOwner(state).catch(() => undefined);
    await backend.restart();
    await assignOwner(state);
    expect((await backend.lead(state.leadId)).owner).not.toBeNull();
    expect(sum('LeadsAssigned')).toBe(0);
  });

  it('is counted as one for which nobody was available', async () => {
    const { people } = await backend.services.roster.load();
    await backend.away(...people.map(({ personId }) => personId));
    await assignOwner(await arrived(backend));
    expect([sum('NobodyAvailable'), sum('LeadsAssigned')]).toEqual([1, 0]);
  });
});

describe('an inquiry', () => {
  const crm = { system: 'hubspot', recordId: '88120' };
  const contact = {
    lastName: 'Byron',
    email: 'ada@analytical.example',
    title: 'VP Engineering',
    country: 'US',
  };
  const company = { name: 'Analytical Engines', employees: 1200, industry: 'software' };
  const demo = { id: 'web-1', type: 'demo_request', at: '2026-11-20T14:59:00Z' };
  const counts = () => [
    sum('InquiriesReceived'),
    sum('LeadsHeld'),
    sum('LeadsQualified'),
    sum('LeadsReceived'),
  ];

  it('is counted when it comes, when it is held and when it becomes an MQL, each once', async () => {
    const post = () => ask<InquiryView>(submitInquiry, { body: { crm, contact, company, signals: [demo] } });
    const { body } = await post();
    await post();
    expect(counts()).toEqual([1, 1, 0, 0]);
    const path = { leadId: body.inquiryId };
    for (let n = 0; n < 2; n += 1) {
      await ask(updateLead, { path, body: { contact: { phone: '+1 617 555 0142' } } });
    }
    expect(counts()).toEqual([1, 1, 1, 0]);
  });
});

describe('a verdict', () => {
  it('is met once, whatever comes later', async () => {
    const { leadId } = await owned(backend);
    await attempt(leadId);
    await attempt(leadId, backend.now(), 'call-2');
    expect([sum('ClocksMet', 'mql.respond'), sum('ClocksMissed')]).toEqual([1, 0]);
  });

  it('is missed at the breach, and not again when the clock is met too late', async () => {
    const { leadId } = await breached();
    backend.pass(60);
    await attempt(leadId);
    expect([sum('ClocksMissed', 'mql.respond'), sum('ClocksMet', 'mql.respond')]).toEqual([1, 0]);
  });

  it('that is turned by what arrived late is counted apart', async () => {
    const { leadId } = await breached();
    await attempt(leadId, '2026-11-20T15:03:00Z');
    expect([sum('ClocksMissed', 'mql.respond'), sum('VerdictsTurned')]).toEqual([1, 1]);
    expect(sum('ClocksMet', 'mql.respond')).toBe(0);
  });
});

describe('a rung', () => {
  it('is counted by its name, with how late its timer was', async () => {
    const state = await breached();
    expect([sum('RungsClimbed', 'remind'), sum('RungsClimbed', 'breach')]).toEqual([1, 1]);
    expect(backend.metrics.values('TimerLateness', 'mql-response')).toEqual([1000, 4000]);
    await reassignOnBreach(state);
    expect([sum('RungsClimbed', 'breach'), sum('LeadsReassigned')]).toEqual([1, 1]);
  });
});

describe('trouble', () => {
  it('with the version is counted, and the decision only once', async () => {
    const state = await arrived(backend);
    backend.fail('PutCommand', conflict, { when: ofLead, times: 1 });
    await assignOwner(state);
    expect([sum('VersionConflicts'), sum('LeadsAssigned')]).toEqual([1, 1]);
  });

  it('with the bus is counted as what is still owed', async () => {
    const state = await arrived(backend);
    backend.fail('PutEventsCommand', busDown, { times: 10 });
    await assignOwner(state);
    expect(sum('EffectsLeftOwed')).toBeGreaterThan(0);
  });

  it('with single events is counted by event', async () => {
    const state = await arrived(backend);
    backend.answer('PutEventsCommand', {
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'InternalFailure' }, { EventId: 'e-2' }, { EventId: 'e-3' }],
    });
    await assignOwner(state);
    expect([sum('EventsRefused'), sum('EffectsLeftOwed')]).toEqual([1, 1]);
  });

  it('with a mail is counted when it is given up', async () => {
    const state = await arrived(backend);
    backend.fail('SendEmailCommand', rejectedMail);
    await notifyOwner(await assignOwner(state));
    expect([sum('NoticesFailed'), sum('NoticesSent')]).toEqual([1, 0]);
  });

  it('of a step that failed for good is counted', async () => {
    const state = await arrived(backend);
    await recordFailure({ ...state, error: { Error: 'Boom', Cause: '' } });
    expect(sum('WorkflowFailures')).toBe(1);
  });
});

describe('the reconciler', () => {
  it('says how things stand before it works, and that it ran when it has', async () => {
    await arrived(backend);
    backend.pass(600);
    backend.metrics.observing = true;
    await reconcile();
    expect([sum('LeadsWaiting'), sum('UnassignedLeads'), sum('OldestUnassigned')]).toEqual([1, 1, 600]);
    expect(sum('OldestWaiting')).toBe(540);
    expect([sum('ReconcilerRuns'), sum('LeadsFinished'), sum('RunsReplaced')]).toEqual([1, 1, 1]);
    expect(sum('HolidayDaysLeft')).toBe(365 * 5 + 1 + 41);
  });

  it('goes on when how things stand cannot be read', async () => {
    await arrived(backend);
    backend.pass(600);
    backend.metrics.observing = true;
    jest.spyOn(backend.services.leads, 'unassigned').mockRejectedValueOnce(new Error('slow down'));
    expect(await reconcile()).toEqual({ looked: 1, finished: 1 });
    expect(backend.metrics.values('LeadsWaiting')).toEqual([]);
  });
});

test('every invocation hands over what it measured, also when it fails', async () => {
  const state = await arrived(backend);
  expect(backend.metrics.flushes).toBe(1);
  await assignOwner(state);
  expect(backend.metrics.flushes).toBe(2);
  await expect(assignOwner({ ...state, leadId: 'nobody' })).rejects.toThrow(/no lead/);
  expect(backend.metrics.flushes).toBe(3);
});
