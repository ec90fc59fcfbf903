/** What the API refuses: with the right status and a problem that gives nothing away, and nothing comes of it. */
import { Story } from '../support/story.ts';
import type { Got, Sent } from './client.ts';
import { INTERNALS, send, sendRaw } from './client.ts';
import { storedBy } from './stored.ts';
import type { Stored } from './stored.ts';

jest.setTimeout(120_000);

const NOW = '2026-11-20T15:00:00Z';
/** A person who must not be found in any refusal. */
const PERSON = { firstName: 'Zebedee', lastName: 'Quux', email: 'zebedee.quux@example.com' };
const PERSONAL = /zebedee|quux|555 0199/i;
const lead = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  crm: { system: 'salesforce', recordId: 'hostile-1' },
  qualifiedAt: NOW,
  source: 'demo_request',
  contact: { ...PERSON, phone: '+1 617 555 0199', country: 'US' },
  ...change,
});
const json = (change: Record<string, unknown>): string => JSON.stringify(lead(change));
const contact = (change: Record<string, unknown>): string => json({ contact: { ...PERSON, ...change } });
/** A lead with a part of its text replaced by what no JSON library would write. */
const spliced = (from: string, to: string): string => JSON.stringify(lead({ score: 70 })).replace(from, to);
const nested = (open: string, close: string, times = 10_000): string =>
  `${open.repeat(times)}1${close.repeat(times)}`;
const bytes = (text: string, ...broken: number[]): Buffer =>
  Buffer.concat([
    Buffer.from(text.slice(0, text.indexOf('Zebedee'))),
    Buffer.from(broken),
    Buffer.from(text.slice(text.indexOf('Zebedee'))),
  ]);
const MEGABYTES_10 = 10 * 1024 * 1024;

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
  const bodies: [string, Sent, number, string][] = [
    ['of 10 MB', { body: json({ source: 'x'.repeat(MEGABYTES_10) }) }, 413, 'too-large'],
    [
      'of 10 MB without a length',
      { body: json({ source: 'x'.repeat(MEGABYTES_10) }), chunked: true },
      413,
      'too-large',
    ],
    ['just above 1 MB', { body: ' '.repeat(1024 * 1024) + json({}) }, 413, 'too-large'],
    ['of lists in lists, 10,000 deep', { body: nested('[', ']') }, 400, 'invalid-request'],
    ['of objects in objects, 10,000 deep', { body: nested('{"a":', '}') }, 400, 'invalid-request'],
    [
      'with 10,000 objects in a known field',
      { body: spliced('"hostile-1"', nested('{"a":', '}')) },
      400,
      'invalid-request',
    ],
    ['with signals 10,000 deep', { body: json({}).replace('}', `},"signals":${nested('[', ']')}`) }, 400, ''],
    ['with 40,000 unclosed lists', { body: '['.repeat(40_000) }, 400, 'invalid-request'],
    ['with 300,000 empty signals', { body: spliced('"score":70', manySignals()) }, 400, 'invalid-request'],
    [
      'with 60,000 unknown fields',
      {
        body: JSON.stringify(
          lead(Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`k${n}`, 1]))),
        ),
      },
      400,
      'invalid-request',
    ],
    ['with a name of 900 kB', { body: contact({ title: 'é'.repeat(450_000) }) }, 400, 'invalid-request'],
    ['with a domain of 900 kB', { body: json({ company: { domain: 'a-'.repeat(450_000) } }) }, 400, ''],
    ['with an address of 900 kB', { body: contact({ email: `${'a.'.repeat(450_000)}@` }) }, 400, ''],
    [
      'with a web address of 900 kB',
      {
        body: json({
          crm: { system: 'a', recordId: 'b', url: `https://${'a.'.repeat(450_000)}` },
        }),
      },
      400,
      '',
    ],
    [
      'with an instant of 900 kB',
      { body: json({ qualifiedAt: `${NOW.slice(0, -1)}.${'9'.repeat(900_000)}Z` }) },
      400,
      '',
    ],
    [
      'with ten decimals of a second',
      { body: json({ qualifiedAt: '2026-11-20T15:00:00.1234567890Z' }) },
      400,
      '',
    ],
    ['with a byte that is no UTF-8', { body: bytes(json({}), 0xff) }, 400, 'invalid-request'],
    ['with an overlong NUL', { body: bytes(json({}), 0xc0, 0x80) }, 400, 'invalid-request'],
    ['with half a character', { body: bytes(json({}), 0xe2, 0x82) }, 400, 'invalid-request'],
    ['with a surrogate in UTF-8', { body: bytes(json({}), 0xed, 0xa0, 0x80) }, 400, 'invalid-request'],
    ['in UTF-16', { body: Buffer.from(`\ufeff${json({})}`, 'utf16le') }, 400, 'invalid-request'],
    [
      'compressed',
      { body: Buffer.from([0x1f, 0x8b, 8, 0]), headers: { 'content-encoding': 'gzip' } },
      400,
      '',
    ],
    ['with a lone surrogate', { body: contact({ firstName: 'a\ud800' }) }, 400, 'invalid-request'],
    ['with an infinite number', { body: spliced('70', '1e999') }, 400, 'invalid-request'],
    ['with a number below every store', { body: spliced('70', '-1e-300') }, 400, 'invalid-request'],
    ['with a number of 4,000 digits', { body: spliced('70', '9'.repeat(4000)) }, 400, 'invalid-request'],
    ['with NaN', { body: spliced('70', 'NaN') }, 400, 'invalid-request'],
    [
      'with more people than a number can count',
      { body: json({ company: { employees: 2 ** 53 } }) },
      400,
      '',
    ],
    ['with a prototype', { body: spliced('{', '{"__proto__":{"admin":true},') }, 400, 'invalid-request'],
    [
      'with a constructor',
      { body: spliced('{', '{"constructor":{"prototype":{}},') },
      400,
      'invalid-request',
    ],
    [
      'with a prototype in the contact',
      { body: spliced('"firstName"', '"__proto__":{},"firstName"') },
      400,
      '',
    ],
    ['with somebody’s address as a field', { body: json({ [PERSON.email]: 1 }) }, 400, 'invalid-request'],
    ['with a line break in a name', { body: contact({ firstName: 'Zebedee\r\nBcc: all' }) }, 400, ''],
    ['with a NUL in a name', { body: contact({ lastName: 'Quux\u0000' }) }, 400, 'invalid-request'],
    ['with a line separator in a name', { body: contact({ lastName: 'Quux\u2028x' }) }, 400, ''],
    [
      'with a line break in the address of the record',
      { body: json({ crm: crmWith('https://a.example/\nx') }) },
      400,
      '',
    ],
    [
      'with a script as the address of the record',
      { body: json({ crm: crmWith('javascript:alert(1)') }) },
      400,
      '',
    ],
    [
      'with a second recipient',
      { body: contact({ email: 'zebedee.quux@example.com,b@example.com' }) },
      400,
      '',
    ],
    ['that is cut off', { body: json({}).slice(0, -20) }, 400, 'invalid-request'],
    ['with a comma too many', { body: json({}).replace(/}$/, ',}') }, 400, 'invalid-request'],
    ['with a comment', { body: `/* ${PERSON.email} */ ${json({})}` }, 400, 'invalid-request'],
    ['that is a form', { body: 'firstName=Zebedee' }, 400, 'invalid-request'],
    ['that is a list', { body: '[]' }, 400, 'invalid-request'],
    ['that is nothing', { body: 'null' }, 400, 'invalid-request'],
    ['that is a text', { body: JSON.stringify(PERSON.email) }, 400, 'invalid-request'],
    ['that is empty', { body: '' }, 400, 'invalid-request'],
    ['that is missing', {}, 400, 'invalid-request'],
    [
      'of plain text',
      { body: json({}), headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported-media-type',
    ],
    ['of a form', { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, ''],
    [
      'of several parts',
      { body: '--x', headers: { 'content-type': 'multipart/form-data; boundary=x' } },
      415,
      '',
    ],
    [
      'in another character set',
      { body: json({}), headers: { 'content-type': 'application/json; charset=utf-16' } },
      415,
      '',
    ],
    ['of two types', { body: json({}), headers: { 'content-type': 'application/json, text/html' } }, 415, ''],
  ];

  it.each(bodies)('%s is refused', async (_, sent, status, type) => {
    expectProblem(await send(story, sent), status, type === '' ? undefined : type);
  });

  function manySignals(): string {
    return `"score":70,"signals":[${Array<string>(300_000).fill('{}').join(',')}]`;
  }
  function crmWith(url: string): object {
    return { system: 'salesforce', recordId: 'hostile-1', url };
  }
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
    for (const path of [`/v1/leads/${id}`, `/v1/leads/${id}/timeline`]) {
      expectProblem(await send(story, { method: 'GET', path }), 400, 'invalid-request');
    }
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
    'pool=%0d%0aX-Evil:1',
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
