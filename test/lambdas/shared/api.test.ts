import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { apiHandler } from '../../../lambdas/shared/api.ts';
import { EventsRefused, LeadNotFound, Problem, VersionConflict } from '../../../lambdas/shared/errors.ts';
import { noMetrics } from '../../../lambdas/shared/metrics.ts';
import { useServices, type Services } from '../../../lambdas/shared/services.ts';
import { call, type Ask } from '../support/event.ts';

const errors: Record<string, unknown>[] = [];
beforeEach(() => {
  errors.length = 0;
  const log = { error: (_message: string, fields: Record<string, unknown>) => void errors.push(fields) };
  useServices({ clock: { now: () => 1_000 }, log, metrics: noMetrics } as unknown as Services);
});

const person = { personId: 'sam', available: false, from: '2026-11-20T15:00:00Z', reason: 'lunch' };
const echo = apiHandler('resume-lead', ({ path, body, now, correlationId }) => {
  throw new Problem(418, 'seen', 'Seen', 'What the handler got.', {
    path,
    body,
    now,
    correlation: correlationId,
  });
});

describe('a handler', () => {
  it('gets the checked parts, the instant and the correlation id', async () => {
    const { body } = await call(echo, { path: { leadId: 'lead-1' }, body: { reason: ' back ' } });
    expect(body).toMatchObject({
      path: { leadId: 'lead-1' },
      body: { reason: 'back' },
      now: 1_000,
      correlation: 'request-1',
    });
  });

  it('answers through the schema of its status, so that nothing undeclared leaves', async () => {
    const people = [{ ...person, secret: 'token' }];
    const handler = apiHandler('list-people', () =>
      Promise.resolve({ status: 200, body: { people: people as never } }),
    );
    const failed = await call(handler);
    expect(failed.status).toBe(500);
    const page = apiHandler('list-leads', () =>
      Promise.resolve({ status: 200, body: { leads: [], cursor: null, secret: 1 } }),
    );
    const answer = await call(page);
    expect(answer.body).toEqual({ leads: [], cursor: null });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'x-correlation-id': 'request-1',
    });
  });
});

describe('a request', () => {
  const ask = { path: { leadId: 'lead-1' }, body: '{"reason":"back"}' };
  const bodies: [string, Ask, RegExp][] = [
    ['without a body', { body: undefined }, /is empty/],
    ['with an empty body', { body: '  ' }, /is empty/],
    ['with broken JSON', { body: '{"reason":' }, /must be JSON/],
    [
      'with bytes that are not UTF-8',
      { body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), base64: true },
      /UTF-8/,
    ],
  ];

  it.each(bodies)('%s is refused and told why', async (_, change, message) => {
    const { status, headers, body } = await call(echo, { ...ask, ...change });
    expect(status).toBe(400);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(body).toMatchObject({
      type: 'urn:lead-sla:problem:invalid-request',
      status: 400,
      correlationId: 'request-1',
    });
    expect(body.errors[0]?.message).toMatch(message);
  });

  it.each<[string, Ask, number, string]>([
    ['of another content type', { headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
    [
      'in another encoding',
      { headers: { 'content-type': 'application/json; charset=latin1' } },
      415,
      'unsupported-media-type',
    ],
    ['above 1 MB', { body: JSON.stringify({ reason: 'é'.repeat(600_000) }) }, 413, 'too-large'],
  ])('%s is not looked into', async (_, change, status, type) => {
    const answer = await call(echo, { ...ask, ...change });
    expect([answer.status, answer.body.type]).toEqual([status, `urn:lead-sla:problem:${type}`]);
  });

  it('that cannot be read is not quoted', async () => {
    const texts = ['{"contact":{"email":"ada@example.com" "x"}}', 'Ada Byron <ada@example.com>', '["Ada",]'];
    for (const body of texts) {
      const answer = await call(echo, { ...ask, body });
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer)).not.toMatch(/ada/i);
    }
  });

  it('with more faults than an answer can hold, or with names that are no names, gets a short answer', async () => {
    const many = Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`k${n}`, n]));
    const { body } = await call(echo, { ...ask, body: { ...many, reason: 'back' } });
    expect(body.errors).toHaveLength(51);
    expect(body.errors.at(-1)?.message).toBe('and 59950 more faults');
    const named = await call(echo, { ...ask, body: { 'ada@example.com': 1, ['x'.repeat(100_000)]: 2 } });
    expect(named.body.errors.map(({ path }) => path)).toEqual(['(unreadable name)', '(unreadable name)']);
  });

  it.each<[string, Ask]>([
    ['with a charset', { headers: { 'content-type': 'application/json; charset=UTF-8' } }],
    ['with a vendor type', { headers: { 'CONTENT-TYPE': 'application/vnd.crm+json' } }],
    ['without a content type', { headers: {} }],
    ['with a byte order mark', { body: '\ufeff{"reason":"back"}' }],
    ['in base64', { body: Buffer.from('{"reason":"zurück"}').toString('base64'), base64: true }],
    ['with a path that is percent-encoded', { path: { leadId: 'lead%2D1' } }],
  ])('%s is read', async (_, change) => {
    expect((await call(echo, { ...ask, ...change })).status).toBe(418);
  });

  it('that names a query parameter twice, or an unknown one, is refused', async () => {
    const handler = apiHandler('list-leads', () =>
      Promise.resolve({ status: 200, body: { leads: [], cursor: null } }),
    );
    const twice = await call(handler, { query: { owner: ['sam', 'ann'] } });
    expect(twice.body.errors).toEqual([{ path: 'query.owner', message: 'must be given once' }]);
    const unknown = await call(handler, { query: { ownr: 'sam', limit: '0' } });
    expect(unknown.body.errors.map(({ path }) => path).sort()).toEqual(['query.limit', 'query.ownr']);
  });
});

describe('an error', () => {
  const throwing = (error: unknown) => apiHandler('list-people', () => Promise.reject(error as Error));
  const named = (name: string, more = {}) => Object.assign(new Error('table-arn secret'), { name, ...more });
  const details = { $metadata: {}, message: 'secret' };

  it.each<[string, unknown, number, string]>([
    [
      'a refusal',
      new Problem(409, 'suppressed', 'Suppressed', 'Until May.', { until: '2027-05-01' }),
      409,
      'suppressed',
    ],
    ['a lead that is not there', new LeadNotFound('secret'), 404, 'not-found'],
    ['a conflict after all tries', new VersionConflict('secret'), 503, 'busy'],
    ['throttling', named('ThrottlingException'), 503, 'busy'],
    ['a table at its limit', named('ProvisionedThroughputExceededException'), 503, 'busy'],
    ['a time-out', named('TimeoutError'), 503, 'busy'],
    ['a connection that was refused', named('Error', { code: 'ECONNREFUSED' }), 503, 'busy'],
    ['a bus that refuses', new EventsRefused('secret', []), 503, 'busy'],
    ['a condition nobody expected', new ConditionalCheckFailedException(details), 500, 'internal'],
    ['missing rights', named('AccessDeniedException'), 500, 'internal'],
    ['a bug', new TypeError('secret is not a function'), 500, 'internal'],
    ['something that is no error', 'secret', 500, 'internal'],
  ])('that is %s becomes the right problem without internals', async (_, error, status, type) => {
    const answer = await call(throwing(error));
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      type: `urn:lead-sla:problem:${type}`,
      status,
      correlationId: 'request-1',
    });
    expect(JSON.stringify(answer)).not.toMatch(/secret|arn/);
    expect('retry-after' in answer.headers).toBe(status === 503);
    expect(errors.map(({ correlationId }) => correlationId)).toEqual(status >= 500 ? ['request-1'] : []);
  });

  it('keeps what a refusal says beside its text', async () => {
    const refusal = new Problem(409, 'suppressed', 'Suppressed', 'Until May.', { until: '2027-05-01' });
    expect((await call(throwing(refusal))).body).toMatchObject({ until: '2027-05-01', detail: 'Until May.' });
  });
});
