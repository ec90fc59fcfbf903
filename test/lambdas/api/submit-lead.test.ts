import { handler as submitLead } from '../../../lambdas/api/submit-lead/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { ask, demo, submit } from '../../support/flow.ts';
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
const aMinuteLater = async () => {
  backend.heal();
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

  it('owes nothing any more, and has a history', async () => {
    const { body } = await submit(backend);
    const { owed, version } = await backend.lead(body.leadId);
    expect({ owed, version }).toEqual({ owed: [], version: 2 });
    expect(await backend.happened(body.leadId)).toEqual(
      expect.arrayContaining(['lead_received', 'clock_started']),
    );
    expect(backend.facts()).toEqual(['LeadReceived']);
  });

  it('is acknowledged to the prospect outside hours, once', async () => {
    backend.at(EVENING);
    const { body } = await submit(backend, EVENING_LEAD);
    await submit(backend, EVENING_LEAD);
    expect(body.afterHours).toBe('acknowledged');
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
    expect(backend.facts()).toEqual(['LeadReceived']);
  });

  it('posted twenty times at once is one lead and one execution', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit(backend)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array.from({ length: 19 }, () => 200), 202]);
    expect(new Set(answers.map(({ body }) => body.leadId)).size).toBe(1);
    expect(backend.asked['StartExecutionCommand']).toBe(1);
    expect(backend.facts()).toEqual(['LeadReceived']);
  });

  it('is another lead when it comes from another system', async () => {
    const first = await submit(backend);
    const second = await submit(backend, { crm: { system: 'hubspot', recordId: '00Q1' } });
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
    expect((await backend.lead(body.leadId)).owed.map(({ kind }) => kind)).toEqual(['start']);
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
    backend.fail('PutCommand', throttledTable, {
      when: (input) => ofLead(input) && input.Item?.['version'] === 2,
    });
    const { status, body } = await submit(backend);
    expect(status).toBe(202);
    expect((await backend.lead(body.leadId)).owed).not.toEqual([]);
    const before = await backend.happened(body.leadId);

    await aMinuteLater();
    expect((await backend.lead(body.leadId)).owed).toEqual([]);
    expect(names().filter((name) => name === `${body.leadId}-1`)).toHaveLength(1);
    const after = await backend.happened(body.leadId);
    expect(after.filter((what) => what === 'lead_received')).toHaveLength(1);
    expect(after.length).toBe(before.length + 2); // finished_by_reconciler, and the routing clock's execution
    expect(new Set(backend.events.map(({ id }) => id)).size).toBe(1);
  });

  it('that refuses the timeline only keeps the timeline owed', async () => {
    backend.fail('BatchWriteCommand', throttledTable);
    const { status, body } = await submit(backend);
    expect(status).toBe(202);
    expect(names()).toHaveLength(1);
    const { owed } = await backend.lead(body.leadId);
    expect(new Set(owed.map(({ kind }) => kind))).toEqual(new Set(['timeline']));
    await aMinuteLater();
    expect(await backend.happened(body.leadId)).toContain('lead_received');
  });
});

describe('the bus and the mail', () => {
  it('that refuses an entry keeps it owed; the lead is taken, and the event follows', async () => {
    const refusal = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] };
    backend.answer('PutEventsCommand', refusal);
    const { status, body } = await submit(backend);
    expect(status).toBe(202);
    expect((await backend.lead(body.leadId)).owed.map(({ kind }) => kind)).toEqual(['event']);
    await aMinuteLater();
    expect(backend.facts()).toEqual(['LeadReceived']);
  });

  it('that refuses an entry once is asked again at once', async () => {
    const refusal = { FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] };
    backend.answer('PutEventsCommand', refusal, { times: 1 });
    const { body } = await submit(backend);
    expect(backend.facts()).toEqual(['LeadReceived']);
    expect((await backend.lead(body.leadId)).owed).toEqual([]);
  });

  it.each([
    ['the bus is down', 'PutEventsCommand', busDown, 'event'],
    ['the mail is throttled', 'SendEmailCommand', throttledMail, 'notice'],
    ['the mail times out', 'SendEmailCommand', timedOut, 'notice'],
  ])('%s: the lead is taken, and the prospect hears within five minutes', async (_, command, error, kind) => {
    backend.at(EVENING);
    backend.fail(command, error);
    const { status, body } = await submit(backend, EVENING_LEAD);
    expect(status).toBe(202);
    expect((await backend.lead(body.leadId)).owed.map((effect) => effect.kind)).toEqual([kind]);
    expect(names()).toContain(`${body.leadId}-1`);

    await aMinuteLater();
    expect(backend.facts()).toEqual(['LeadReceived']);
    expect(backend.mails).toHaveLength(1);
    expect((await backend.lead(body.leadId)).owed).toEqual([]);
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
