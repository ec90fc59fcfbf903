/** Inquiries that nobody of good will sends, and that are legal: they are taken in, explained, and tell nothing. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { InquiryView } from '../../lambdas/api/schemas/inquiry.ts';
import { Story } from '../support/story.ts';

/** Saturday night in New York. */
const NOW = '2026-11-21T03:00:00Z';
const CONTACTS: [string, Record<string, string>][] = [
  ['an address without a domain', { email: 'zebedee.quux@' }],
  ['an address that is a name', { email: 'Zebedee Quux' }],
  ['two addresses', { email: 'zebedee.quux@example.com, eve@evil.example' }],
  ['an address with a name before it', { email: '"Quux, Zebedee" <zebedee.quux@example.com>' }],
  ['an address of 320 characters', { email: `${'quux.'.repeat(60)}@evil.example` }],
  ['an address of another script', { email: 'зебедей@quux.рф' }],
  ['an address that is a pattern', { email: `${'quux'.repeat(50)}!@${'a.'.repeat(40)}b` }],
  ['an IP address', { email: 'quux@[127.0.0.1]' }],
  ['a telephone number of words', { phone: 'ask for Zebedee Quux' }],
  ['a telephone number of other digits', { phone: '٠١٢٣٤٥٦٧٨٩ quux' }],
  ['a telephone number with an extension of nonsense', { phone: '+1 617 555 0199;ext=quux;isub=1' }],
  ['a premium number', { phone: '+1 900 555 0199' }],
  ['a title that is mark-up', { title: '<script>alert("Quux")</script> VP' }],
  ['a title that is a pattern', { title: '(a+)+$ quux VP '.repeat(13).trim() }],
  ['a title of many commas', { title: 'VP, quux, '.repeat(19).trim() }],
  ['a title that turns the text', { title: '\u202EPV\u2066 Quux \u200bDirector' }],
  ['a title that is an address', { title: 'CEO zebedee.quux@example.com' }],
  ['a title of a combining character', { title: `VP Q${'\u0301'.repeat(190)}` }],
  ['a name that is a prototype', { lastName: '__proto__', firstName: 'constructor' }],
];
/** What is theirs alone. */
const PERSONAL = /zebedee|quux|зебедей|evil\.example|555.?0199|alert|visit-/i;
const SCRIPTS = [
  'a',
  'é',
  'ß',
  'ж',
  'ع',
  'ש',
  'क',
  'ไ',
  '王',
  '한',
  'ア',
  '𝒳',
  '👩‍💻',
  '\u202E',
  '\u0301',
  '#',
  '/',
  '%',
  '"',
  '\\',
];

let story: Story;
const ids: string[] = [];
const call = (method: string, path: string, body?: unknown) => story.call<InquiryView>(method, path, body);
const contact = (change: Record<string, string>) => ({
  ...{ firstName: 'Zebedee', lastName: 'Quux', email: 'zebedee.quux@example.com', phone: '+1 617 555 0199' },
  ...{ title: 'VP Engineering', country: 'US', region: 'MA' },
  ...change,
});
const signal = (id: string, type = 'case_study', session = 'visit-1') => ({
  ...{ id, type, session, source: session },
  at: '2026-11-21T02:00:00Z',
});

beforeAll(async () => {
  story = await Story.begin(NOW);
  for (const [n, [, change]] of CONTACTS.entries()) {
    const { status, body } = await call('POST', '/v1/inquiries', {
      crm: { system: 'crm', recordId: `hostile ${n}` },
      contact: contact(change),
      company: { name: 'Quux & Sons <b>', employees: 1200, industry: 'Quux' },
      signals: [signal('visit-demo', 'demo_request')],
    });
    expect([status, change]).toEqual([202, change]);
    ids.push(body.inquiryId);
  }
});
afterAll(() => story.end());

it.each(CONTACTS.map(([name], n) => [name, n] as const))(
  '%s is explained in words that quote nothing',
  async (_, n) => {
    const { status, body } = await call('GET', `/v1/inquiries/${ids[n]!}`);
    expect(status).toBe(200);
    expect(PERSONAL.exec(JSON.stringify(body))?.[0]).toBeUndefined();
    expect(body.evaluation.explanation).toHaveLength(2);
  },
);

it.each(CONTACTS.slice(0, 8).map(([name], n) => [name, n] as const))(
  '%s keeps a lead for Marketing',
  async (_, n) => {
    const { body } = await call('GET', `/v1/inquiries/${ids[n]!}`);
    expect([body.status, body.evaluation.verdict]).toEqual(['held', 'held']);
    expect(body.evaluation.criteria.filter(({ met }) => !met).map(({ field }) => field)).toContain(
      'contact.email',
    );
  },
);

it('500 signals in one request are taken in, each once, and again', async () => {
  const signals = Array.from({ length: 500 }, (_, n) =>
    signal(`${n} `.padEnd(250, 'x'), 'blog_visit', `visit-${n}`),
  );
  const post = () => call('POST', `/v1/inquiries/${ids[0]!}/signals`, { signals });
  for (const { status, body } of [await post(), await post()]) {
    expect([status, body.signals.count]).toEqual([200, 501]);
  }
});

it.each(SCRIPTS)('a signal with an id of 256 times %p is one, however often it comes', async (one) => {
  const id = Array.from({ length: 256 }, () => one)
    .join('')
    .slice(0, one.length === 1 ? 256 : 250);
  const path = `/v1/inquiries/${ids[1]!}`;
  const before = (await call('GET', path)).body.signals.count;
  const post = () => call('POST', `${path}/signals`, { signals: [signal(id)] });
  for (const { status, body } of [await post(), await post()]) {
    expect([status, status === 200 ? body.signals.count : body]).toEqual([200, before + 1]);
  }
});

it('what is changed to nonsense afterwards is taken in, and what was owed goes nowhere else', async () => {
  const posted = await story.postRaw({
    source: 'content_download',
    score: 30,
    contact: contact({ email: 'zebedee.quux@example.com' }),
  });
  for (const [, change] of CONTACTS) {
    const { status } = await call('PATCH', `/v1/leads/${posted.body.leadId}`, { contact: change });
    expect([status, change]).toEqual([200, change]);
  }
  await story.pass('P4D');
  const { body } = await story.call<{ people: { email: string }[] }>('GET', '/v1/people');
  const known = [...body.people.map(({ email }) => email), 'zebedee.quux@example.com'];
  const mails = await story.mail();
  expect(mails.length).toBeGreaterThan(CONTACTS.length);
  for (const { to } of mails) expect(known).toContain(to);
});

it('nothing of them is kept but in the tables and the mails: not in events, executions or logs', () => {
  const files = readdirSync(story.data, { withFileTypes: true })
    .filter((file) => file.isFile() && file.name !== 'mail.jsonl')
    .map(({ name }) => name);
  expect(files).toEqual(expect.arrayContaining(['events.jsonl', 'executions.jsonl', 'log.jsonl']));
  const found = files.map((name) => [name, PERSONAL.exec(readFileSync(join(story.data, name), 'utf8'))?.[0]]);
  expect(found).toEqual(files.map((name) => [name, undefined]));
});

it('executions are handed identifiers and instants, and nothing else', () => {
  const lines = readFileSync(join(story.data, 'executions.jsonl'), 'utf8').trim().split('\n');
  const inputs = lines.flatMap((line) => inputsIn(JSON.parse(line)));
  expect(inputs.length).toBeGreaterThan(ids.length);
  const plain = /^(?:lead-[0-9a-f]{24}|[a-z_.]+-\d+|[a-z_]+|\d{4}-\d\d-\d\dT[\d:.]+Z)$/;
  for (const input of inputs) {
    expect(Object.keys(input).sort()).toEqual(['clockId', 'cycle', 'leadId', 'next', 'outcome', 'run']);
    expect(Object.keys(input['next'] as object).sort()).toEqual(['at', 'rung']);
    for (const value of textsIn(input)) expect(value).toMatch(plain);
  }
});

/** Whatever is called `input` in a line of the journal, as an object. */
function inputsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    if (key !== 'input') return inputsIn(one);
    const given: unknown = typeof one === 'string' ? JSON.parse(one) : one;
    return typeof given === 'object' && given !== null && 'clockId' in given ? [given] : [];
  });
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
