import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { decode, encode, RECURSION_AVAILABLE } from 'dns-packet';
import type { Answer } from 'dns-packet';
import { mxCache, mxLookup } from '../../../lambdas/shared/mx.ts';

const NXDOMAIN = 3;
const SERVFAIL = 2;
const REFUSED = 5;

type Reply = Answer[] | number | 'silence';

const mx = (exchange: string, preference = 10): Answer => ({
  ...{ type: 'MX', name: 'heron.example', ttl: 60, data: { exchange, preference } },
});

/** By type and name; what is not named has no records, what is silent gets no answer. */
const ZONE: Record<string, Reply> = {
  'MX mail.example': [mx('mx1.mail.example', 10), mx('mx2.mail.example', 20)],
  'MX null.example': [mx('.', 0)],
  'MX odd.example': [mx('.', 0), mx('mx.odd.example')],
  'A old.example': [{ type: 'A', name: 'old.example', ttl: 60, data: '192.0.2.1' }],
  'AAAA six.example': [{ type: 'AAAA', name: 'six.example', ttl: 60, data: '2001:db8::1' }],
  'MX gone.example': NXDOMAIN,
  'MX broken.example': SERVFAIL,
  'MX closed.example': REFUSED,
  'MX late.example': 'silence',
  'A half.example': 'silence',
  'A torn.example': SERVFAIL,
};

let socket: Socket;
let servers: string[];
const asked: string[] = [];

beforeAll(async () => {
  socket = createSocket('udp4');
  socket.on('message', (message, { port, address }) => {
    const { id = 0, questions = [] } = decode(message);
    const key = `${questions[0]!.type} ${questions[0]!.name}`;
    asked.push(key);
    const reply = ZONE[key] ?? [];
    if (reply === 'silence') return;
    const [rcode, answers] = typeof reply === 'number' ? [reply, []] : [0, reply];
    const named = answers.map((answer) => ({ ...answer, name: questions[0]!.name }));
    const flags = RECURSION_AVAILABLE | rcode;
    socket.send(encode({ type: 'response', id, flags, questions, answers: named }), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  servers = [`127.0.0.1:${socket.address().port}`];
});
afterAll(() => socket.close());
beforeEach(() => asked.splice(0));

test.each([
  ['mail.example', 'takes_mail', 'it has mail servers'],
  ['odd.example', 'takes_mail', 'a mail server stands beside the null record'],
  ['null.example', 'takes_none', 'it says that it takes none (RFC 7505)'],
  ['old.example', 'takes_mail', 'it has an address and no mail servers (RFC 5321)'],
  ['six.example', 'takes_mail', 'it has an IPv6 address and no mail servers'],
  ['empty.example', 'takes_none', 'it has neither'],
  ['gone.example', 'takes_none', 'it does not exist'],
  ['broken.example', 'unknown', 'its name server has failed'],
  ['closed.example', 'unknown', 'its name server refuses to answer'],
  ['torn.example', 'unknown', 'its mail servers are none, its address cannot be told'],
])('%s: %s, since %s', async (domain, verdict) => {
  expect(await mxLookup({ timeoutMs: 1500, servers })(domain)).toBe(verdict);
});

test.each(['late.example', 'half.example'])('%s is unknown once the time is up', async (domain) => {
  const began = performance.now();
  expect(await mxLookup({ timeoutMs: 300, servers })(domain)).toBe('unknown');
  expect(performance.now() - began).toBeLessThan(1000);
});

test('a question that gets lost is asked again within the time', async () => {
  ZONE['MX lossy.example'] = 'silence';
  const answer = mxLookup({ timeoutMs: 3000, servers })('lossy.example');
  while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  ZONE['MX lossy.example'] = [mx('mx.lossy.example')];
  expect(await answer).toBe('takes_mail');
  expect(asked).toEqual(['MX lossy.example', 'MX lossy.example']);
});

test('one that is late takes no other with it', async () => {
  const lookUp = mxLookup({ timeoutMs: 400, servers });
  expect(await Promise.all(['late.example', 'mail.example'].map(lookUp))).toEqual(['unknown', 'takes_mail']);
});

test.each(['', 'no domain', `${'a'.repeat(64)}.example`, `${'a.'.repeat(140)}example`])(
  'what is no domain (%p) never rejects',
  async (domain) => {
    await expect(mxLookup({ timeoutMs: 500, servers })(domain)).resolves.not.toBe('takes_mail');
  },
);

test('without a name server it is unknown', async () => {
  const closed = createSocket('udp4');
  await new Promise<void>((resolve) => closed.bind(0, '127.0.0.1', resolve));
  const { port } = closed.address();
  await new Promise<void>((resolve) => closed.close(resolve));
  expect(await mxLookup({ timeoutMs: 500, servers: [`127.0.0.1:${port}`] })('mail.example')).toBe('unknown');
});

describe('a cache', () => {
  let now = 0;
  const clock = { now: () => now };
  beforeEach(() => (now = 0));

  test('answers for a domain that was asked before, until its time is up', async () => {
    const lookUp = mxLookup({ timeoutMs: 1000, servers, cache: mxCache(clock, 60_000, 10) });
    expect([await lookUp('mail.example'), await lookUp('mail.example')]).toEqual([
      'takes_mail',
      'takes_mail',
    ]);
    now = 59_999;
    await lookUp('mail.example');
    expect(asked).toHaveLength(1);
    now = 60_000;
    await lookUp('mail.example');
    expect(asked).toHaveLength(2);
  });

  test('does not keep what is unknown', async () => {
    const cache = mxCache(clock, 60_000, 10);
    await mxLookup({ timeoutMs: 1000, servers, cache })('closed.example');
    expect(cache.get('closed.example')).toBeUndefined();
  });

  test('lets the oldest go when it is full', () => {
    const cache = mxCache(clock, 60_000, 2);
    for (const domain of ['a.example', 'b.example', 'a.example', 'c.example'])
      cache.set(domain, 'takes_mail');
    expect(['a.example', 'b.example', 'c.example'].map((domain) => cache.get(domain))).toEqual([
      ...['takes_mail', undefined, 'takes_mail'],
    ]);
  });
});
