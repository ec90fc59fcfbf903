import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { FastifyInstance } from 'fastify';
import { Journal } from '../../../local/data/journal.ts';
import type { LambdaHandler } from '../../../local/machines/functions.ts';
import { gateway } from '../../../local/gateway/server.ts';
import type { Bench } from './fixtures/bench.ts';
import { DAY, MINUTE, START, bench, makeFolder } from './fixtures/bench.ts';

const routes = [
  { method: 'POST', path: '/leads', name: 'echo' },
  { method: 'GET', path: '/leads/{leadId}', name: 'echo' },
  { method: 'PUT', path: '/people/{personId}', name: 'broken' },
  { method: 'PATCH', path: '/people/{personId}', name: 'echo' },
  { method: 'DELETE', path: '/people/{personId}', name: 'echo' },
];
const headers = { 'x-api-key': 'secret', 'content-type': 'application/json' };

interface Sent {
  method?: string;
  url: string;
  headers?: Record<string, string>;
  payload?: string;
}
interface Answer {
  statusCode: number | undefined;
  headers: IncomingHttpHeaders;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the test expects
  json<T = unknown>(): T;
}

let app: FastifyInstance;
let port = 0;

async function send({ method = 'GET', url, headers: sent = {}, payload }: Sent): Promise<Answer> {
  const out = request({ host: '127.0.0.1', port, path: url, method, headers: sent });
  out.end(payload);
  const [answer] = (await once(out, 'response')) as [IncomingMessage];
  const body = await text(answer);
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- says what the test expects
  return { statusCode: answer.statusCode, headers: answer.headers, json: <T>() => JSON.parse(body) as T };
}
let here: Bench;
let kept = 0;

beforeAll(async () => {
  here = bench();
  const functions = new Map<string, LambdaHandler>([
    [
      'echo',
      (event: unknown) =>
        Promise.resolve({ statusCode: 202, headers: { 'x-a': 'b' }, body: JSON.stringify(event) }),
    ],
    ['broken', () => Promise.resolve('nothing')],
  ]);
  const folder = makeFolder();
  const [mails, events] = [new Journal(join(folder, 'm')), new Journal(join(folder, 'e'))];
  mails.append({ at: 't', to: 'a@b', subject: 's', text: '', html: '' });
  const { scheduler, engine } = here;
  app = await gateway({
    ...{ routes, functions, apiKey: 'secret', clock: scheduler.clock },
    ...{ scheduler, engine, mails, events, keepClock: () => (kept += 1) },
  });
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(async () => {
  here.scheduler.stop();
  await app.close();
});

describe('the API', () => {
  it('hands a request on as API Gateway does', async () => {
    const answer = await send({ method: 'GET', url: '/v1/leads/a%2Fb%20c?x=1&x=2&y=%20', headers });
    expect(answer.statusCode).toBe(202);
    expect(answer.headers['x-a']).toBe('b');
    const event = answer.json<APIGatewayProxyEvent>();
    expect(event).toMatchObject({
      httpMethod: 'GET',
      resource: '/v1/leads/{leadId}',
      path: '/v1/leads/a%2Fb%20c',
      pathParameters: { leadId: 'a/b c' },
      queryStringParameters: { x: '2', y: ' ' },
      multiValueQueryStringParameters: { x: ['1', '2'], y: [' '] },
      body: null,
    });
    expect(event.requestContext.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(event.headers['content-type']).toBe('application/json');
  });

  it('hands the body on as it came, JSON or not', async () => {
    const answer = await send({ method: 'POST', url: '/v1/leads', headers, payload: '{"a": 1' });
    expect(answer.json<APIGatewayProxyEvent>().body).toBe('{"a": 1');
  });

  it('hands on a change of a part with its body', async () => {
    const answer = await send({ method: 'PATCH', url: '/v1/people/x', headers, payload: '{"a": 1}' });
    expect(answer.json()).toMatchObject({ httpMethod: 'PATCH', body: '{"a": 1}' });
  });

  it.each([
    ['nothing but the key', { 'x-api-key': 'secret' }],
    ['the type of a body that is not there', headers],
    ['a body of no length', { ...headers, 'content-length': '0' }],
  ])('hands on a deletion with %s, and what its query says', async (_what, sent) => {
    const answer = await send({ method: 'DELETE', url: '/v1/people/x?by=olive', headers: sent });
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({
      httpMethod: 'DELETE',
      resource: '/v1/people/{personId}',
      pathParameters: { personId: 'x' },
      queryStringParameters: { by: 'olive' },
      body: null,
    });
  });

  const good = { method: 'POST', url: '/v1/leads', headers } as const;
  it.each([
    ['no key', { ...good, headers: {} }, 403, 'forbidden'],
    ['a wrong key', { ...good, headers: { 'x-api-key': 'secreT' } }, 403, 'forbidden'],
    ['no key at a place that is not there', { ...good, url: '/v1/nothing', headers: {} }, 403, 'forbidden'],
    ['a route that is not there', { ...good, url: '/v1/nothing' }, 404, 'not-found'],
    ['a place outside the API', { ...good, url: '/' }, 404, 'not-found'],
    [
      'a method that the route does not have',
      { ...good, method: 'DELETE' as const },
      405,
      'method-not-allowed',
    ],
    ['a body above 1 MB', { ...good, payload: 'x'.repeat(1024 * 1024 + 1) }, 413, 'too-large'],
    [
      'a path that cannot be decoded',
      { ...good, method: 'GET' as const, url: '/v1/leads/%zz' },
      400,
      'invalid-request',
    ],
    [
      'a function without an answer',
      { ...good, method: 'PUT' as const, url: '/v1/people/x' },
      500,
      'internal',
    ],
  ])('answers %s with a problem', async (_what, sent, status, type) => {
    const answer = await send(sent);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({ status, type: `urn:lead-sla:problem:${type}` });
    expect(answer.json<{ title: string; detail: string }>().detail).toMatch(/.+/);
  });

  it('says which methods a place has', async () => {
    const answer = await send({ method: 'PATCH', url: '/v1/leads/x', headers });
    expect(answer.headers['allow']).toBe('GET');
    const other = await send({ method: 'POST', url: '/v1/people/x', headers });
    expect(other.headers['allow']).toBe('PUT, PATCH, DELETE');
  });
});

describe('the local routes', () => {
  const clock = (payload: unknown) =>
    send({ method: 'POST', url: '/local/clock', payload: JSON.stringify(payload) });
  const now = async () => Date.parse((await send({ url: '/local/clock' })).json<{ now: string }>().now);

  it('advance the clock by a duration, to an instant, and change its speed', async () => {
    const before = await now();
    const advanced = (await clock({ advance: 'PT10M' })).json<{ now: string; speed: number }>();
    expect(Date.parse(advanced.now) - before).toBeGreaterThanOrEqual(10 * MINUTE);
    expect(advanced.speed).toBe(1);
    await clock({ to: new Date(START + 3 * DAY).toISOString() });
    expect((await now()) - START).toBeGreaterThanOrEqual(3 * DAY);
    expect((await now()) - START).toBeLessThan(3 * DAY + MINUTE);
    expect((await clock({ speed: 60 })).json()).toMatchObject({ speed: 60 });
    await clock({ speed: 1 });
    expect(kept).toBeGreaterThan(3);
  });

  it.each([
    [{ to: '2020-01-01T00:00:00Z' }, /time does not go back/],
    [{ to: 'noon' }, /must be an instant/],
    [{ advance: '-PT1M' }, /not negative/],
    [{ advance: 'ten minutes' }, /must be a duration/],
    [{ advance: 'P999999Y' }, /calendar/],
    [{ speed: 0 }, /must be/],
    [{ speed: 60, advance: 'PT1M' }, /must be/],
    [{}, /must be/],
  ])('refuse %j', async (payload, message) => {
    const answer = await clock(payload);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ detail: string }>().detail).toMatch(message);
  });

  it('show executions and their history', async () => {
    here.start('p1', { ready: true });
    await here.scheduler.inFlight.settled();
    const [listed] = (await send({ url: '/local/executions' })).json<Record<string, string>[]>();
    expect(listed).toMatchObject({
      name: 'p1',
      stateMachine: 'parcel',
      status: 'RUNNING',
      state: 'Wait thirty days',
    });
    const one = (await send({ url: '/local/executions/p1' })).json<{ history: Record<string, string>[] }>();
    expect(one.history.at(-1)).toMatchObject({ type: 'WaitStateEntered', state: 'Wait thirty days' });
    expect((await send({ url: '/local/executions/none' })).statusCode).toBe(404);
  });

  it('show mails and events', async () => {
    expect((await send({ url: '/local/mail' })).json()).toEqual([
      { at: 't', to: 'a@b', subject: 's', text: '', html: '' },
    ]);
    expect((await send({ url: '/local/events' })).json()).toEqual([]);
  });

  it('are for this machine alone', async () => {
    const answer = await send({ url: '/local/mail', headers: { host: 'evil.example:80' } });
    expect(answer.statusCode).toBe(403);
  });
});
