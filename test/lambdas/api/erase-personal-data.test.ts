import type { WorkflowState } from '../../../core/model/effects.ts';
import { handler as erase } from '../../../lambdas/api/erase-personal-data/handler.ts';
import { handler as extendLead } from '../../../lambdas/api/extend-lead/handler.ts';
import { handler as getLead } from '../../../lambdas/api/get-lead/handler.ts';
import { handler as getTimeline } from '../../../lambdas/api/get-timeline/handler.ts';
import { handler as pauseLead } from '../../../lambdas/api/pause-lead/handler.ts';
import { handler as reassignLead } from '../../../lambdas/api/reassign-lead/handler.ts';
import { handler as recordActivity } from '../../../lambdas/api/record-activity/handler.ts';
import { handler as recordSignals } from '../../../lambdas/api/record-signals/handler.ts';
import { handler as resumeLead } from '../../../lambdas/api/resume-lead/handler.ts';
import { handler as submitInquiry } from '../../../lambdas/api/submit-inquiry/handler.ts';
import { handler as submitLead } from '../../../lambdas/api/submit-lead/handler.ts';
import { handler as updateLead } from '../../../lambdas/api/update-lead/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as lookAgain } from '../../../lambdas/workflow/look-again/handler.ts';
import { handler as notifyOwner } from '../../../lambdas/workflow/notify-owner/handler.ts';
import { handler as remindOwner } from '../../../lambdas/workflow/remind-owner/handler.ts';
import { ask, demo, owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import type { Kept } from '../../support/services.ts';
import { busDown, ofLead, throttledMail, throttledTable } from '../../support/troubles.ts';

/** Whatever tells who the prospect is. */
const PERSONAL = [
  ...['Zdenka', 'Quixwort', 'zq@obscure.example', '+1 617 555 0199', 'Chief Zymurgist'],
  ...['Obscure Works', 'obscure.example', 'https://crm.example/', 'web-4711', 'session-4711'],
];
const CONTACT = {
  ...{ firstName: 'Zdenka', lastName: 'Quixwort', email: 'zq@obscure.example', phone: '+1 617 555 0199' },
  ...{ title: 'Chief Zymurgist', country: 'US', region: 'MA' },
};
const COMPANY = { name: 'Obscure Works', domain: 'obscure.example', employees: 1200 };

let backend: Backend;
let state: WorkflowState;
/** Worked on, and attempted besides, which meets its clocks. */
let worked: Kept;
let unattempted: Kept;
const path = () => ({ leadId: state.leadId });
const lead = () => backend.lead(state.leadId);
const erased = () => ask(erase, { path: path() });

beforeAll(async () => {
  backend = await Backend.start();
  await work();
  unattempted = await backend.keep();
  await attempt();
  worked = await backend.keep();
});
afterAll(() => backend.stop());
beforeEach(() => backend.resume(worked));

/** A lead with everything that is personal in every kind of item. */
async function work(): Promise<void> {
  await backend.begin('2026-11-20T15:00:00Z');
  const recordId = `00Q-${backend.recordId}`;
  backend.fail('SendEmailCommand', Object.assign(throttledMail, { message: 'Zdenka is not known here' }));
  const crm = { system: 'salesforce', recordId, url: `https://crm.example/${recordId}` };
  state = await owned(backend, { crm, contact: CONTACT, company: COMPANY });
  backend.heal();
  backend.pass(30);
  const by = 'mona';
  await ok(reassignLead, { personId: 'kim', by, reason: 'Zdenka asked for her' });
  await ok(extendLead, { personId: by, duration: 'PT30M', reason: 'Ms Quixwort travels' });
  const note = 'Zdenka is at the dentist';
  await ok(pauseLead, { reason: 'prospect_asked_for_later', note, personId: 'kim' });
  await ok(resumeLead, { reason: 'Zdenka called back' });
  const at = '2026-11-20T14:00:00.000Z';
  const signal = { id: 'web-4711', type: 'pricing_page', at, source: 'Zdenka', session: 'session-4711' };
  await backend.services.leads.putSignals(state.leadId, [signal]);
}

async function attempt(): Promise<void> {
  const recordedBy = { kind: 'manual', name: 'Zdenka Quixwort' };
  const activity = { activityId: 'call-1', type: 'call', outcome: 'voicemail', recordedBy };
  await ok(recordActivity, { ...activity, occurredAt: backend.now() });
}

async function ok(handler: Parameters<typeof ask>[0], body: Record<string, unknown>): Promise<void> {
  const answer = await ask(handler, { path: path(), body });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

/** The items in which a personal value stands, by what of it. */
async function found(): Promise<string[]> {
  const items = await backend.leadItems();
  return items.flatMap((item) =>
    PERSONAL.filter((value) => JSON.stringify(item).includes(value)).map(
      (value) => `${String(item['sk'])}: ${value}`,
    ),
  );
}

/** Everything that figures are made of. */
async function figures(): Promise<unknown> {
  const { attempts, judged, firstAttemptAt, tier, segment, priority, poolId, clocks, ...rest } = await lead();
  const records = await backend.services.leads.records(state.leadId);
  const activity = await backend.services.leads.getActivity(state.leadId, 'call-1');
  const owners = [...rest.previousOwners, rest.owner].map((owner) => [
    owner?.personId,
    owner?.assignedAt,
    owner?.via,
  ]);
  return structuredClone({
    ...{ attempts, judged, firstAttemptAt, tier, segment, priority, poolId, owners, records },
    activity: { ...activity, recordedBy: activity?.recordedBy.kind },
    clocks: clocks.map(({ clockId, dueAt, metAt, verdicts, rungs, target }) => [
      clockId,
      dueAt,
      metAt,
      verdicts,
      rungs,
      target,
    ]),
  });
}

it('of these tests finds personal data in every kind of item', async () => {
  const kinds = new Set((await found()).map((one) => one.split(/[#:]/)[0]));
  expect(kinds).toEqual(new Set(['LEAD', 'TIMELINE', 'ACTIVITY', 'SIGNAL', 'NOTICE']));
  const text = JSON.stringify(await backend.leadItems());
  expect(PERSONAL.filter((value) => !text.includes(value))).toEqual([]);
});

describe('erasing the personal data of a lead', () => {
  it('leaves no value of it in any item, and every figure', async () => {
    const before = await figures();
    const { status, body } = await erased();
    expect([status, body.status, body.erasedAt]).toEqual([200, 'disqualified', backend.now()]);
    expect(await found()).toEqual([]);
    expect(await figures()).toEqual(before);
    expect((await lead()).owed).toEqual([]);
  });

  it('is told on the bus and in the timeline, without the id of the record', async () => {
    await backend.resume(unattempted);
    await erased();
    expect(backend.facts().slice(-3)).toEqual(['ClockCancelled', 'ClockCancelled', 'PersonalDataErased']);
    expect(backend.events.at(-1)!.data).not.toHaveProperty('crmRecordId');
    expect(await backend.happened(state.leadId)).toContain('personal_data_erased');
    const { body } = await ask<{ timeline: { what: string; why: string }[] }>(getTimeline, { path: path() });
    const why = (what: string) => body.timeline.find((entry) => entry.what === what)?.why;
    expect(why('clock_paused')).toBe('Removed with the personal data.');
    expect(why('clock_cancelled')).toMatch(/nobody has to do anything/);
  });

  it('shows of the prospect what territories and segments are made of', async () => {
    await erased();
    const { body } = await ask<{ contact: unknown; company: unknown; crm: unknown }>(getLead, {
      path: path(),
    });
    expect(body).toMatchObject({ contact: { country: 'US', region: 'MA' }, company: { employees: 1200 } });
    expect(body.crm).toEqual({ system: 'salesforce', recordId: '' });
  });

  it('again changes nothing', async () => {
    const first = await erased();
    const items = await backend.leadItems();
    const events = backend.events.length;
    backend.pass(3600);
    const again = await erased();
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(await backend.leadItems()).toEqual(items);
    expect(backend.events).toHaveLength(events);
  });

  it('of a lead that there is not is a 404', async () => {
    expect((await ask(erase, { path: { leadId: 'lead-none' } })).status).toBe(404);
  });

  it('lets its executions end without telling anybody', async () => {
    await backend.resume(unattempted);
    await erased();
    const mails = backend.mails.length;
    backend.at('2026-11-20T16:00:00Z');
    for (const step of [remindOwner, lookAgain, notifyOwner]) {
      expect(await step(state)).toMatchObject({ outcome: 'handed_over', next: { rung: 'none' } });
    }
    await reconcile(backend.services);
    expect(backend.mails).toHaveLength(mails);
    expect(await backend.nextAttention()).toBeNull();
  });
});

describe('an erasure that meets trouble', () => {
  it.each([
    ['the lead cannot be saved', 'PutCommand', throttledTable],
    ['its items cannot be read', 'QueryCommand', throttledTable],
    ['its items cannot be written', 'BatchWriteCommand', throttledTable],
    ['an error cannot be taken off', 'UpdateCommand', throttledTable],
  ])('because %s says so, and its repetition finishes', async (_, command, error) => {
    backend.fail(command, error);
    expect((await erased()).status).toBe(503);
    backend.heal();
    expect((await erased()).status).toBe(200);
    expect(await found()).toEqual([]);
    backend.pass(120);
    await reconcile(backend.services);
    expect(backend.factsOf('PersonalDataErased')).toBe(1);
    expect((await lead()).owed).toEqual([]);
  });

  it('is finished by the reconciler if nobody asks again, and told only then', async () => {
    backend.fail('BatchWriteCommand', throttledTable);
    await erased();
    expect(backend.facts()).not.toContain('PersonalDataErased');
    expect(await found()).not.toEqual([]);
    backend.heal();
    backend.pass(120);
    await reconcile(backend.services);
    expect(await found()).toEqual([]);
    expect(backend.facts().at(-1)).toBe('PersonalDataErased');
  });

  it('whose items the table leaves unprocessed sends them again', async () => {
    backend.leaveUnprocessed(3);
    expect((await erased()).status).toBe(200);
    expect(await found()).toEqual([]);
  });

  it('is told when the bus is there again', async () => {
    backend.fail('PutEventsCommand', busDown);
    expect((await erased()).status).toBe(200);
    backend.heal();
    backend.pass(120);
    await reconcile(backend.services);
    expect(backend.factsOf('PersonalDataErased')).toBe(1);
  });

  it('by death at any of its commands is finished by a repetition', async () => {
    await erased();
    const commands = backend.heard.length;
    expect(commands).toBeGreaterThan(6);
    for (let n = 0; n < commands; n += 1) {
      for (const when of ['before', 'after'] as const) {
        await backend.resume(worked);
        backend.dieAt(n, when);
        await erased();
        await backend.restart();
        expect([n, when, (await erased()).status]).toEqual([n, when, 200]);
        expect([n, when, await found()]).toEqual([n, when, []]);
        backend.pass(120);
        await reconcile(backend.services);
        expect([n, when, backend.factsOf('PersonalDataErased')]).toEqual([n, when, 1]);
        expect([n, when, await found()]).toEqual([n, when, []]);
      }
    }
  });
});

describe('once the data is removed', () => {
  const refused = ([status, type]: [number, string]) => ({ status, type: type.replace(/.*:/, '') });
  const asked = async (handler: Parameters<typeof ask>[0], request: Parameters<typeof ask>[1]) => {
    const { status, body } = await ask(handler, request);
    return refused([status, body.type]);
  };

  it('nothing about the lead is taken in any more', async () => {
    const { recordId } = (await lead()).crm;
    await erased();
    const items = await backend.leadItems();
    const now = backend.now();
    const crm = { system: 'salesforce', recordId };
    const activity = {
      type: 'call',
      outcome: 'voicemail',
      occurredAt: now,
      recordedBy: { kind: 'manual', name: 'Zdenka' },
    };
    const signals = [{ id: 'web-4712', type: 'pricing_page', at: now }];
    const requests: [Parameters<typeof ask>[0], Parameters<typeof ask>[1]][] = [
      [submitLead, { body: demo(backend, { crm, contact: CONTACT, company: COMPANY }) }],
      [submitInquiry, { body: { crm, contact: CONTACT, company: COMPANY, signals } }],
      [recordSignals, { path: { inquiryId: state.leadId }, body: { signals } }],
      [updateLead, { path: path(), body: { contact: CONTACT } }],
      [recordActivity, { path: path(), body: { ...activity, activityId: 'call-1' } }],
      [recordActivity, { path: path(), body: { ...activity, activityId: 'call-2' } }],
      [pauseLead, { path: path(), body: { reason: 'force_majeure', note: 'Zdenka' } }],
      [resumeLead, { path: path(), body: { reason: 'Zdenka' } }],
      [extendLead, { path: path(), body: { reason: 'Zdenka', duration: 'PT30M', personId: 'mona' } }],
      [reassignLead, { path: path(), body: { reason: 'Zdenka', by: 'mona' } }],
    ];
    const answers: unknown[] = [];
    for (const [handler, request] of requests) answers.push(await asked(handler, request));
    expect(answers).toEqual(requests.map(() => ({ status: 409, type: 'erased' })));
    expect(await backend.leadItems()).toEqual(items);
  });

  it.each([
    ['an attempt', 'voicemail', 2],
    ['what is no attempt', 'bounced', 1],
  ])('%s that was being written at that moment is not kept with a name', async (_, outcome, n) => {
    const isActivity = ({ Item }: { Item?: Record<string, unknown> }) =>
      String(Item?.['sk']).startsWith('ACTIVITY#');
    backend.meanwhile('PutCommand', erased, isActivity);
    const recordedBy = { kind: 'manual', name: 'Zdenka' };
    const body = { activityId: `late-${n}`, type: 'email', outcome, occurredAt: backend.now(), recordedBy };
    expect(await asked(recordActivity, { path: path(), body })).toEqual({ status: 409, type: 'erased' });
    expect(await found()).toEqual([]);
  });

  it('a note that was being written at that moment does not stay', async () => {
    await backend.resume(unattempted);
    let first = true;
    const isTimeline = (input: Record<string, unknown>) =>
      first && JSON.stringify(input).includes('clock_paused');
    backend.meanwhile(
      'BatchWriteCommand',
      async () => {
        first = false;
        await erased();
      },
      isTimeline,
    );
    const body = { reason: 'force_majeure', note: 'Zdenka is away' };
    await ask(pauseLead, { path: path(), body });
    expect(first).toBe(false);
    expect(await found()).toEqual([]);
  });

  it('a signal that was being written at that moment does not stay', async () => {
    const isSignal = (input: Record<string, unknown>) => JSON.stringify(input).includes('web-4713');
    let done = false;
    backend.meanwhile(
      'BatchWriteCommand',
      async () => {
        done = true;
        await erased();
      },
      (input) => !done && isSignal(input),
    );
    const signals = [{ id: 'web-4713', type: 'pricing_page', at: backend.now(), source: 'Zdenka' }];
    const request = { path: { inquiryId: state.leadId }, body: { signals } };
    expect(await asked(recordSignals, request)).toEqual({ status: 409, type: 'erased' });
    expect(done).toBe(true);
    expect(await found()).toEqual([]);
  });

  it('a save that was quicker is decided anew', async () => {
    backend.meanwhile('PutCommand', () => remindOwner(state), ofLead);
    expect((await erased()).status).toBe(200);
    expect(await found()).toEqual([]);
  });
});
