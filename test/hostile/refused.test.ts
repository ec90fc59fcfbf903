/** What the API refuses: with the right status and a problem that gives nothing away, and nothing comes of it. */
import { Story } from '../support/story.ts';
import { BODIES, NOW, PERSONAL } from './bodies.ts';
import type { Got } from './client.ts';
import { INTERNALS, send, sendRaw } from './client.ts';
import { storedBy } from './stored.ts';
import type { Stored } from './stored.ts';

let story: Story;
let known: string;
let pid: number;
let before: Stored;

beforeAll(async () => {
  story = await Story.begin(NOW);
  known = (await story.post({ contact: {} })).leadId;
  before = await storedBy(story);
  pid = story.endpoint.pid;
});
afterAll(() => story.end());

function expectProblem(got: Got, status: number, type?: string): void {
  expect([got.status, got.text]).toEqual([status, expect.anything()]);
  expect(got.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(got.problem).toMatchObject({
    status,
    type: expect.stringMatching(
      type === undefined ? /^urn:lead-sla:problem:[a-z-]+$/ : new RegExp(`^${problemType(type)}$`),
    ) as unknown,
    detail: expect.stringMatching(/.+/) as unknown,
    correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
  });
  expect(got.text).not.toMatch(INTERNALS);
  expect(got.text).not.toMatch(PERSONAL);
  expect(got.text.length).toBeLessThan(20_000);
}

function problemType(type: string): string {
  return `urn:lead-sla:problem:${type}`;
}

describe('a body', () => {
  it.each(BODIES)('%s is refused', async (_, sent, status, type) => {
    expectProblem(await send(story, sent), status, type === '' ? undefined : type);
  });
});

describe('a path', () => {
  const ids = [
    ['goes up', '..%2f..%2fetc%2fpasswd'],
    ['goes up in another way', '%2e%2e%5c%2e%2e'],
    ['is two dots', '%2e%2e'],
    ['holds a slash', 'lead%2Ftimeline'],
    ['is encoded twice', '%252e%252e%252f'],
    ['has 1,000 characters', 'a'.repeat(1000)],
    ['has 8,000 characters', 'a'.repeat(8000)],
    ['holds a NUL', 'lead%00'],
    ['holds a line break', 'lead%0d%0aX-Evil:%201'],
    ['is mark-up', '%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
    ['is a query', "'%20OR%20'1'='1"],
    ['is somebody’s address', 'zebedee.quux%40example.com%20'],
    ['is in another script', '%D8%B4%D8%B1%D9%83%D8%A9'],
    ['turns the text', '%E2%80%AElead'],
    ['is a prototype', '%5F_proto__%20'],
  ] as const;

  it.each(ids)('whose id %s is refused', async (_, id) => {
    for (const path of [
      ...[`/v1/leads/${id}`, `/v1/leads/${id}/timeline`],
      ...[`/v1/inquiries/${id}`, `/v1/suppressions/${id}`],
    ]) {
      expectProblem(await send(story, { method: 'GET', path }), 400, 'invalid-request');
    }
    const erase = { method: 'DELETE', path: `/v1/leads/${id}/personal-data` };
    expectProblem(await send(story, erase), 400, 'invalid-request');
    const person = { available: false, reason: 'leave' };
    const sent = { path: `/v1/people/${id}/availability`, body: JSON.stringify(person) };
    expectProblem(await send(story, sent), 400, 'invalid-request');
  });

  it.each([
    ['/v1/leads/%zz', 400],
    ['/v1/leads/%ff', 400],
    ['/v1/leads/../people', 404],
    ['/v1/../local/mail', 404],
    ['/v1//leads', 404],
    ['/v1/leads/', 400],
    ['/v1/LEADS', 404],
    ['/v1/leads;x=1', 404],
    ['/v1/leads/__proto__', 404],
    ['/v1/leads/constructor', 404],
    ['/v1/', 404],
    ['/.env', 404],
    ['*', 404],
  ])('%s is answered with %d', async (path, status) => {
    expectProblem(await send(story, { method: 'GET', path }), status);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=1e9',
    'limit=-1',
    'limit=NaN',
    'limit=',
    'limit=1&limit=2',
    'limit[]=1',
    'status=none',
    'status=assigned&status=held',
    'owner=..%2f..',
    'owner=',
    'owner=prospect',
    'pool=%00',
    'pool=a%0d%0aX-Evil:1',
    'cursor=0',
    'cursor=%F0%9F',
    'cursor=eyJwayI6IngifQ',
    `cursor=${Buffer.from('2026-11-20T15:00:00.000Z#../x').toString('base64url')}`,
    '__proto__=1',
    'constructor=1',
    'zebedee.quux@example.com=1',
    '=1',
    'a?b=c',
  ])('with the query %s is refused', async (query) => {
    expectProblem(await send(story, { method: 'GET', path: `/v1/leads?${query}` }), 400, 'invalid-request');
  });

  it.each(['pool', 'owner', 'cursor', 'status', 'limit'])(
    'with a %s of 5,000 characters is refused',
    async (name) => {
      const path = `/v1/leads?${name}=${'1'.repeat(5000)}`;
      expectProblem(await send(story, { method: 'GET', path }), 400, 'invalid-request');
    },
  );

  it.each(['GET', 'DELETE', 'PATCH', 'PUT', 'OPTIONS', 'TRACE', 'QUERY', 'PROPFIND'])(
    'is not there for %s, and the answer says what is',
    async (method) => {
      const got = await send(story, { method, path: `/v1/leads/${known}/activities` });
      expectProblem(got, 405, 'method-not-allowed');
      expect(got.headers.allow).toBe('POST');
    },
  );

  it('is not there for HEAD, whose answer has no body', async () => {
    const got = await send(story, { method: 'HEAD' });
    expect([got.status, got.headers.allow, got.text]).toEqual([405, 'POST, GET', '']);
  });
});

describe('what is hardly HTTP', () => {
  const head = (first: string, ...more: string[]): string =>
    `${[first, 'Host: 127.0.0.1', 'Connection: close', ...more].join('\r\n')}\r\n\r\n`;
  const keyed = (): string => `x-api-key: ${story.endpoint.apiKey}`;

  const requests: [string, () => string, number][] = [
    ['an unknown method', () => head('HACK /v1/leads HTTP/1.1', keyed()), 400],
    ['no HTTP at all', () => '\x16\x03\x01\x02\x00\x01\r\n\r\n', 400],
    ['headers of 100 kB', () => head('GET /v1/leads HTTP/1.1', keyed(), `x-a: ${'a'.repeat(100_000)}`), 431],
    [
      'two lengths',
      () => head('POST /v1/leads HTTP/1.1', keyed(), 'Content-Length: 5', 'Content-Length: 6') + 'hello',
      400,
    ],
    [
      'a length beside chunks',
      () =>
        head('POST /v1/leads HTTP/1.1', keyed(), 'Content-Length: 5', 'Transfer-Encoding: chunked') +
        '0\r\n\r\nGET /v1/leads HTTP/1.1\r\n\r\n',
      400,
    ],
    ['a length that is none', () => head('POST /v1/leads HTTP/1.1', keyed(), 'Content-Length: -1'), 400],
    [
      'a chunk that is none',
      () => head('POST /v1/leads HTTP/1.1', keyed(), 'Transfer-Encoding: chunked') + 'zz\r\n',
      400,
    ],
    ['a control character in a header', () => head('GET /v1/leads HTTP/1.1', keyed(), 'x-a: \x01'), 400],
    ['two keys', () => head('GET /v1/leads HTTP/1.1', keyed(), 'x-api-key: other'), 403],
  ];

  it.each(requests)('%s is answered with a problem', async (_, bytesOf, status) => {
    const got = await sendRaw(story, bytesOf());
    expect(got).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(got).toMatch(/content-type: application\/problem\+json/i);
    expect(got.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
    expect(got).not.toMatch(INTERNALS);
  });

  it('a client that never finishes is told so and hung up on, and others are served meanwhile', async () => {
    const slow = [
      sendRaw(story, `POST /v1/leads HTTP/1.1\r\nHost: 127.0.0.1\r\n${keyed()}\r\nx-slow: `),
      sendRaw(
        story,
        `${head('POST /v1/leads HTTP/1.1', keyed(), 'Content-Length: 1000').replace('close', 'keep-alive')}{`,
      ),
    ];
    expect((await story.lead(known)).leadId).toBe(known);
    for (const got of await Promise.all(slow)) {
      expect(got).toMatch(/^HTTP\/1\.1 408 /);
      expect(got).toContain(problemType('request-timeout'));
    }
  });
});

// The last test: it looks at what all the others have left behind.
it('after all this the process is the same, it serves, and nothing was stored', async () => {
  expect(story.endpoint.pid).toBe(pid);
  expect((await story.lead(known)).leadId).toBe(known);
  const after = await storedBy(story);
  expect(before.items.length).toBeGreaterThan(10);
  expect(after).toEqual(before);
});
