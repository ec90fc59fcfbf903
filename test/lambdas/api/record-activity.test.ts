import type { ActivityAnswer } from '../../../lambdas/api/schemas/activity.ts';
import { handler as recordActivity } from '../../../lambdas/api/record-activity/handler.ts';
import { handler as reassignOnBreach } from '../../../lambdas/workflow/reassign-on-breach/handler.ts';
import { handler as remindOwner } from '../../../lambdas/workflow/remind-owner/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { ask, owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { busDown, ofLead, throttledTable, timedOut } from '../../support/troubles.ts';
import type { WorkflowState } from '../../../core/model/effects.ts';

let backend: Backend;
let state: WorkflowState;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  state = await owned(backend);
  backend.at('2026-11-20T15:02:00Z');
});

const dialler = { kind: 'system', name: 'dialler' };
const byHand = { kind: 'manual', name: 'crm' };

function attempt(change: Record<string, unknown> = {}) {
  const call = { activityId: 'call-1', type: 'call', outcome: 'no_answer', recordedBy: dialler };
  const body = { ...call, occurredAt: backend.now(), ...change };
  return ask<ActivityAnswer>(recordActivity, { path: { leadId: state.leadId }, body });
}

const lead = () => backend.lead(state.leadId);
const times = async (what: string) =>
  (await backend.happened(state.leadId)).filter((entry) => entry === what).length;

describe('an attempt', () => {
  it('stops the response clock and says so', async () => {
    const { status, body } = await attempt();
    expect(status).toBe(200);
    expect(body).toMatchObject({ attempt: true, contact: false, backDated: false });
    expect(body.clocksMet).toMatchObject([{ commitment: 'mql.respond', verdict: 'met' }]);
    expect(body.lead).toMatchObject({ status: 'assigned', attempts: 1, firstContactAt: null });
    // Of the response, and of the logging of the attempt.
    expect(backend.facts().slice(-3)).toEqual(['AttemptRecorded', 'SlaMet', 'SlaMet']);
  });

  it('that reached a person is a contact', async () => {
    const { body } = await attempt({ outcome: 'connected' });
    expect(body).toMatchObject({ contact: true, lead: { status: 'contacted' } });
  });

  it('that bounced is none, and the clock runs on', async () => {
    const { version } = await lead();
    const { body } = await attempt({ type: 'email', outcome: 'bounced' });
    expect(body).toMatchObject({ attempt: false, clocksMet: [], lead: { attempts: 0 } });
    expect((await lead()).version).toBe(version);
    expect(await times('attempt_recorded')).toBe(0);
  });
});

describe('the same activity again', () => {
  it('gets the same answer and changes nothing, also when it says something else', async () => {
    const first = await attempt();
    const { version } = await lead();
    backend.pass(600);
    const second = await attempt({ occurredAt: '2026-11-20T15:02:00Z', outcome: 'connected' });
    expect(second.status).toBe(200);
    expect(second.body).toEqual(first.body);
    expect((await lead()).version).toBe(version);
    expect(await times('attempt_recorded')).toBe(1);
  });

  it('ten times at once counts once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => attempt({ outcome: 'connected' })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await lead()).attempts).toBe(1);
    expect(backend.facts().filter((fact) => fact === 'LeadContacted')).toHaveLength(1);
  });

  it('of which only the first half was written goes on from there', async () => {
    backend.fail('PutCommand', throttledTable, { when: ofLead });
    expect((await attempt()).status).toBe(503);
    expect((await lead()).attempts).toBe(0);

    backend.heal();
    backend.pass(60);
    const { status, body } = await attempt({ occurredAt: '2026-11-20T15:02:00Z' });
    expect([status, body.lead.attempts]).toEqual([200, 1]);
    expect(body.clocksMet).toMatchObject([{ verdict: 'met', metAt: '2026-11-20T15:02:00.000Z' }]);
  });

  it('typed in by hand in time is judged by when it first arrived, not by the repetition', async () => {
    backend.fail('PutCommand', timedOut, { when: ofLead });
    const occurredAt = backend.now();
    expect((await attempt({ recordedBy: byHand })).status).toBe(503);

    backend.heal();
    backend.at('2026-11-20T15:06:00Z');
    const { body } = await attempt({ recordedBy: byHand, occurredAt });
    expect(body).toMatchObject({ backDated: false, lead: { backDatedActivities: 0 } });
    expect(body.clocksMet).toMatchObject([{ verdict: 'met', metAt: '2026-11-20T15:02:00.000Z' }]);
  });

  it('whose save went through without an answer is known', async () => {
    backend.loseAnswer('PutCommand', { when: ofLead });
    expect((await attempt()).status).toBe(503);
    const { status, body } = await attempt();
    expect([status, body.lead.attempts]).toEqual([200, 1]);
    expect(body.clocksMet).toMatchObject([{ verdict: 'met' }]);

    backend.pass(60);
    await reconcile(backend.services);
    expect(await times('attempt_recorded')).toBe(1);
    expect(backend.facts()).toContain('SlaMet');
  });
});

describe('somebody else who writes in between', () => {
  it('makes it judged anew: both attempts count, the earlier one holds', async () => {
    const other = () => attempt({ activityId: 'mail-1', type: 'email', outcome: 'sent' });
    backend.meanwhile('PutCommand', other, ofLead);
    backend.pass(1);
    const { status, body } = await attempt({ occurredAt: '2026-11-20T15:01:00Z' });
    expect([status, body.lead.attempts]).toEqual([200, 2]);
    expect((await lead()).clocks[0]).toMatchObject({ metBy: 'call-1', metAt: '2026-11-20T15:01:00.000Z' });
    expect(await times('attempt_recorded')).toBe(2);
  });

  it('and who was a rung: the reminder stands, and the attempt meets the clock', async () => {
    backend.at('2026-11-20T15:02:30Z');
    backend.meanwhile('PutCommand', () => remindOwner(state), ofLead);
    const { body } = await attempt();
    expect(body.clocksMet).toMatchObject([{ verdict: 'met' }]);
    expect(backend.facts()).toContain('SlaReminderDue');
    expect(body.lead.clocks[0]?.rungs[0]).toMatchObject({ rung: 'remind', outcome: 'done' });
  });

  it('and makes a rung that comes at the same moment look again, and not climb', async () => {
    backend.at('2026-11-20T15:05:00Z');
    backend.meanwhile('PutCommand', () => attempt({ occurredAt: '2026-11-20T15:04:59Z' }), ofLead);
    const { outcome } = await reassignOnBreach(state);
    expect(outcome).toBe('met_in_time');
    expect((await lead()).previousOwners).toEqual([]);
    expect(backend.facts()).not.toContain('SlaBreached');
  });
});

describe('trouble behind it', () => {
  it('while reading answers 503 and writes nothing', async () => {
    const items = await backend.items();
    backend.fail('GetCommand', throttledTable, { when: ofLead });
    const { status, headers } = await attempt();
    expect([status, headers['retry-after']]).toEqual([503, '2']);
    expect(await backend.items()).toBe(items);
  });

  it('on the bus keeps the events owed, and the answer stands', async () => {
    backend.fail('PutEventsCommand', busDown);
    const { status, body } = await attempt();
    expect(status).toBe(200);
    expect(body.clocksMet).toHaveLength(1);
    expect((await lead()).owed.map(({ kind }) => kind)).toEqual(['event', 'event', 'event']);

    backend.heal();
    backend.pass(60);
    await reconcile(backend.services);
    expect(backend.facts().slice(-3)).toEqual(['AttemptRecorded', 'SlaMet', 'SlaMet']);
    expect((await lead()).owed).toEqual([]);
  });
});

describe('a refusal', () => {
  const tooLate = '2026-11-20T15:04:01Z';
  const refusals: [string, Record<string, unknown>, number, string][] = [
    ['in the future', { occurredAt: tooLate }, 422, 'activity-in-future'],
    ['before the lead', { occurredAt: '2026-11-20T14:59:59Z' }, 422, 'activity-before-lead'],
    ['of an unknown type', { type: 'fax' }, 400, 'invalid-request'],
    ['without an id', { activityId: '' }, 400, 'invalid-request'],
  ];

  it.each(refusals)(
    'of an activity %s gives its reason and writes nothing',
    async (_, change, code, type) => {
      const items = await backend.items();
      const { version } = await lead();
      const { status, body } = await attempt(change);
      expect([status, body.type]).toEqual([code, `urn:lead-sla:problem:${type}`]);
      expect(await backend.items()).toBe(items);
      expect((await lead()).version).toBe(version);
    },
  );

  it('does not stand in the way of the same id once it can be taken', async () => {
    expect((await attempt({ occurredAt: tooLate })).status).toBe(422);
    backend.at(tooLate);
    expect((await attempt({ occurredAt: tooLate })).status).toBe(200);
  });

  it('names a lead that nobody knows', async () => {
    const body = { activityId: 'a', type: 'call', outcome: 'sent', occurredAt: backend.now() };
    const answer = await ask(recordActivity, {
      path: { leadId: 'lead-x' },
      body: { ...body, recordedBy: dialler },
    });
    expect([answer.status, answer.body.type]).toEqual([404, 'urn:lead-sla:problem:not-found']);
    expect(await backend.services.leads.getActivity('lead-x', 'a')).toBeUndefined();
  });
});
