import { handler as submitLead } from '../../../lambdas/api/submit-lead/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as assignOwner } from '../../../lambdas/workflow/assign-owner/handler.ts';
import { arrived, ask, demo, submit } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import {
  busDown,
  ofLead,
  startedBefore,
  throttledMail,
  throttledStart,
  throttledTable,
  timedOut,
} from '../../support/troubles.ts';

/** A Friday, 10:00 in New York. */
const MORNING = '2026-11-20T15:00:00Z';
const EVENING = '2026-11-21T00:00:00Z';
/** Nobody answers this one around the clock. */
const EVENING_LEAD = { source: 'content_download', score: 30 };
const names = () => [...backend.started.keys()];
/** Shared by the cases in which the first post left something to be done. */
const aMinuteLater = async (trouble = () => {}) => {
  backend.heal();
  trouble();
  backend.pass(60);
  return reconcile(backend.services);
};
let backend: Backend;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(() => backend.begin(MORNING));

describe('a new lead', () => {
  it('is answered with 202, its kind and its clocks', async () => {
    const { status, body } = await submit(backend);
    expect(status).toBe(202);
    expect(body).toMatchObject({
      status: 'unassigned',
      tier: 1,
      segment: 'enterprise',
      owner: null,
      dueAt: '2026-11-20T15:05:00.000Z',
      executionArn: `arn:aws:states:eu-west-1:1:execution:mql-response:${body.leadId}-1`,
    });
    expect(body.clocks.map(({ commitment, target, dueAt }) => [commitment, target, dueAt])).toEqual([
      ['mql.respond', 'PT5M', '2026-11-20T15:05:00.000Z'],
      ['mql.route', 'PT15M', '2026-11-20T15:15:00.000Z'],
    ]);
    expect(JSON.stringify(body)).not.toContain('ada@');
  });

  it('starts one execution, named after the lead, whose input holds no personal data', async () => {
    const { body } = await submit(backend);
    expect([...backend.started]).toEqual([
      [
        `${body.leadId}-1`,
        {
          leadId: body.leadId,
          cycle: 1,
          clockId: 'mql.respond-1',
          run: 1,
          outcome: 'climb',
          next: { rung: 'remind', at: '2026-11-20T15:02:30.000Z' },
        },
      ],
    ]);
  });

  it('gets its history, its event and its owner with the first step, and owes nothing then', async () => {
    const state = await arrived(backend);
    await assignOwner(state);
    const { owed, owner } = await backend.lead(state.leadId);
    expect(owed).toEqual([]);
    expect(owner).not.toBeNull();
    const history = await backend.happened(state.leadId);
    expect(history).toEqual(expect.arrayContaining(['lead_received', 'clock_started', 'lead_assigned']));
    expect(history).not.toContain('finished_by_reconciler');
    expect(backend.facts()).toEqual(['LeadReceived', 'LeadAssigned', 'SlaMet']);
    expect(backend.asked['StartExecutionCommand']).toBe(1);
  });

  it('is acknowledged to the prospect outside hours, once', async () => {
    backend.at(EVENING);
    const state = await arrived(backend, EVENING_LEAD);
    await submit(backend, EVENING_LEAD);
    await assignOwner(state);
    await assignOwner(state);
    expect((await backend.lead(state.leadId)).afterHours).toBe('acknowledged');
    expect(backend.mails.map(({ to }) => to)).toEqual(['ada']);
  });
});

describe('the same lead again', () => {
  it('is answered with 200 and the lead as it is, and starts nothing', async () => {
    const first = await submit(backend);
    backend.pass(45);
    const second = await submit(backend, { score: 90, qualifiedAt: MORNING });
    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.body).toEqual(first.body);
    expect(names()).toHaveLength(1);
    expect(backend.asked['StartExecutionCommand']).toBe(1);
  });

  it('posted twenty times at once is one lead and one execution', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(backend)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: 19 }, () => 200), 202]);
    expect(new Set(answers.map(({ body }) => body.leadId)).size).toBe(1);
    expect(backend.asked['StartExecutionCommand']).toBe(1);
    expect(await backend.items()).toBe(1);
  });

  it('is another lead when it comes from another system', async () => {
    const first = await submit(backend);
    const second = await submit(backend, { crm: { system: 'hubspot', recordId: backend.recordId } });
    expect(second.status).toBe(202);
    expect(second.body.leadId).not.toBe(first.body.leadId);
  });
});

describe('the execution', () => {
  it.each([
    ['throttled', throttledStart],
    ['timing out', timedOut],
  ])('%s is owed: the lead is taken all the same, and the reconciler starts it', async (_, error) => {
    backend.fail('StartExecutionCommand', error);
    const { status, body } = await submit(backend);
    expect(status).toBe(202);
    expect((await backend.lead(body.leadId)).owed.map(({ kind }) => kind)).toContain('start');
    expect(names()).toEqual([]);

    expect(await aMinuteLater()).toEqual({ looked: 1, finished: 1 });
    expect(names()).toContain(`${body.leadId}-1`);
    expect((await backend.lead(body.leadId)).owed).toEqual([]);
    expect(await backend.happened(body.leadId)).toContain('finished_by_reconciler');
  });

  it('that was started while its answer got lost is taken for started', async () => {
    backend.loseAnswer('StartExecutionCommand');
    const { status, body } = await submit(backend);
    expect(status).toBe(202);
    await aMinuteLater();
    expect(names().filter((name) => name === `${body.leadId}-1`)).toHaveLength(1);
    expect((await backend.lead(body.leadId)).owed).toEqual([]);
  });

  it('that exists already has been started', async () => {
    backend.fail('StartExecutionCommand', startedBefore);
    const { status, body } = await submit(backend);
    expect(status).toBe(202);
    expect(backend.logged).toEqual([]);
    await aMinuteLater(() => backend.fail('StartExecutionCommand', startedBefore));
    expect((await backend.lead(body.leadId)).owed).toEqual([]);
  });
});

describe('the database', () => {
  it.each([
    ['throttled', throttledTable],
    ['timing out', timedOut],
  ])('%s answers 503 with a time to come back, and nothing is stored or started', async (_, error) => {
    backend.fail('PutCommand', error);
    const { status, headers, body } = await submit(backend);
    expect([status, headers['retry-after']]).toEqual([503, '2']);
    expect(body.type).toBe('urn:lead-sla:problem:busy');
    expect(await backend.items()).toBe(0);
    expect([names(), backend.facts()]).toEqual([[], []]);

    backend.heal();
    expect((await submit(backend)).status).toBe(202);
  });

  it('that writes the lead and loses the answer: posting again finds it, and the reconciler starts it', async () => {
    backend.loseAnswer('PutCommand', { when: ofLead });
    expect((await submit(backend)).status).toBe(503);
    const again = await submit(backend);
    expect(again.status).toBe(200);
    expect(again.body.status).toBe('unassigned');
    expect(names()).toEqual([]);

    await aMinuteLater();
    expect(names()).toContain(`${again.body.leadId}-1`);
    expect(backend.facts()).toEqual(['LeadReceived']);
    expect(await backend.happened(again.body.leadId)).toEqual(
      expect.arrayContaining(['lead_received', 'finished_by_reconciler']),
    );
  });

  it('under a process that dies right after the lead was written', async () => {
    backend.dieAfter('PutCommand', ofLead);
    await submit(backend);
    await backend.restart();
    backend.pass(60);
    await reconcile(backend.services);
    expect(names()).toHaveLength(2);
    expect(backend.facts()).toEqual(['LeadReceived']);
  });

  it('that cannot shorten the list of what is owed leads to doing it again, which changes nothing', async () => {
    const state = await arrived(backend);
    backend.fail('PutCommand', throttledTable, {
      when: (input) => ofLead(input) && input.Item?.['version'] === 3,
    });
    await assignOwner(state);
    expect((await backend.lead(state.leadId)).owed).not.toEqual([]);
    const before = await backend.happened(state.leadId);

    await aMinuteLater();
    expect((await backend.lead(state.leadId)).owed).toEqual([]);
    const after = await backend.happened(state.leadId);
    expect(after.sort()).toEqual([...before, 'finished_by_reconciler'].sort());
    expect(new Set(backend.events.map(({ id }) => id)).size).toBe(3);
  });

  it('that refuses the timeline only keeps the timeline owed', async () => {
    const state = await arrived(backend);
    backend.fail('BatchWriteCommand', throttledTable);
    await assignOwner(state);
    const { owed } = await backend.lead(state.leadId);
    expect(new Set(owed.map(({ kind }) => kind))).toEqual(new Set(['timeline']));
    await aMinuteLater();
    expect(await backend.happened(state.leadId)).toContain('lead_received');
  });
});

describe('the bus and the mail', () => {
  it('that refuses an entry keeps it owed; the lead has its owner, and the event follows', async () => {
    const refusal = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] };
    const state = await arrived(backend);
    backend.answer('PutEventsCommand', refusal);
    expect((await assignOwner(state)).outcome).toBe('assigned');
    expect(new Set((await backend.lead(state.leadId)).owed.map(({ kind }) => kind))).toEqual(
      new Set(['event']),
    );
    await aMinuteLater();
    expect(backend.facts()).toContain('LeadReceived');
  });

  it('that refuses an entry once is asked again at once', async () => {
    const refusal = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }, {}, {}] };
    const state = await arrived(backend);
    backend.answer('PutEventsCommand', refusal, { times: 1 });
    await assignOwner(state);
    // Only what was refused is sent again.
    expect(backend.facts()).toEqual(['LeadReceived']);
    expect((await backend.lead(state.leadId)).owed).toEqual([]);
  });

  it.each([
    ['the bus is down', 'PutEventsCommand', busDown, 'event'],
    ['the mail is throttled', 'SendEmailCommand', throttledMail, 'notice'],
    ['the mail times out', 'SendEmailCommand', timedOut, 'notice'],
  ])(
    '%s: the lead has its owner, and the prospect hears within five minutes',
    async (_, command, error, kind) => {
      backend.at(EVENING);
      const state = await arrived(backend, EVENING_LEAD);
      backend.fail(command, error);
      expect((await assignOwner(state)).outcome).toBe('assigned');
      expect(new Set((await backend.lead(state.leadId)).owed.map((effect) => effect.kind))).toEqual(
        new Set([kind]),
      );

      await aMinuteLater();
      expect(backend.facts()).toContain('LeadReceived');
      expect(backend.mails).toHaveLength(1);
      expect((await backend.lead(state.leadId)).owed).toEqual([]);
    },
  );

  it('of a lead whose execution never takes its first step are told by the reconciler', async () => {
    backend.at(EVENING);
    const { leadId } = await arrived(backend, EVENING_LEAD);
    expect([backend.mails, backend.facts()]).toEqual([[], []]);
    await aMinuteLater();
    expect(backend.mails.map(({ to }) => to)).toEqual(['ada']);
    expect(backend.facts()).toEqual(['LeadReceived']);
    expect(await backend.happened(leadId)).toContain('finished_by_reconciler');
  });
});

describe('a request that cannot be taken', () => {
  const bodies: [string, unknown, string, RegExp][] = [
    ['an unknown source', { source: 'billboard' }, 'source', /demo_request/],
    ['a future qualification', { qualifiedAt: '2026-11-20T15:06:00Z' }, 'qualifiedAt', /future/],
    ['a local time', { qualifiedAt: '2026-11-20T15:00:00' }, 'qualifiedAt', /offset/],
    ['an unknown field', { sourse: 'demo_request' }, 'sourse', /not a known field/],
    ['a score beyond 100', { score: 101 }, 'score', /at most 100/],
    ['a bad address', { contact: { email: 'ada' } }, 'contact.email', /e-mail/],
  ];

  it.each(bodies)(
    'with %s is answered with 400, the path and what is allowed',
    async (_, change, path, message) => {
      const { status, body } = await submit(backend, change as Record<string, unknown>);
      expect([status, body.type]).toEqual([400, 'urn:lead-sla:problem:invalid-request']);
      expect(body.errors).toEqual([{ path, message: expect.stringMatching(message) as string }]);
      expect(await backend.items()).toBe(0);
      expect(names()).toEqual([]);
    },
  );

  it('for several reasons names them all', async () => {
    const { body } = await submit(backend, { source: 'billboard', qualifiedAt: '2027-01-01T00:00:00Z' });
    expect(body.errors.map(({ path }) => path)).toEqual(['source', 'qualifiedAt']);
  });

  it.each([
    ['that is no JSON', '{"crm":', /JSON/],
    ['that is empty', '', /empty/],
  ])('with a body %s says so', async (_, text, message) => {
    const { status, body } = await ask(submitLead, { body: text });
    expect([status, body.errors[0]?.path]).toEqual([400, '']);
    expect(body.errors[0]?.message).toMatch(message);
    expect(await backend.items()).toBe(0);
  });

  it('just within the tolerance for clocks that run ahead is taken', async () => {
    const ahead = demo(backend, { qualifiedAt: '2026-11-20T15:05:00Z' });
    expect((await ask(submitLead, { body: ahead })).status).toBe(202);
  });
});
