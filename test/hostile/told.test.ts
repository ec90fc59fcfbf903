/** What is hostile but legal is taken in, and is harmless wherever it is told: in mails, events, logs and answers. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Story } from '../support/story.ts';
import type { Mail } from '../support/story.ts';
import { send } from './client.ts';

/** Saturday night in New York: the prospect gets an acknowledgement, the owners hear of it on Monday. */
const NOW = '2026-11-21T03:00:00Z';
const CONTACTS: [string, Record<string, string>][] = [
  ['mark-up', { firstName: '<script>alert(1)</script>', lastName: '<img src=x onerror=alert(1)>' }],
  ['an attribute', { firstName: '" onmouseover="alert(1)', lastName: "' x='" }],
  ['turned text', { firstName: '\u202Egnp.exe', lastName: '\u2066Marker\u2069\u200F' }],
  ['invisible text', { firstName: 'Mar\u200Bker', lastName: '\uFEFF\u{E0041}Quux\u00AD' }],
  ['a formula', { firstName: '=HYPERLINK("http://evil.example","x")', lastName: '+1-1', title: '@SUM(A1)' }],
  ['a minus', { firstName: '-2+3+cmd|calc', lastName: '\uFF1D1+1' }],
  ['an encoded word', { firstName: '=?utf-8?q?=0D=0ABcc=3A_x=40evil.example?=', lastName: '=?x?b?eA==?=' }],
  ['a header', { firstName: 'Bcc: everybody@evil.example', lastName: 'Subject: other' }],
  ['a template', { firstName: '{{constructor}}', lastName: '${7*7} #{7*7} <%= 7 %>' }],
  ['a link', { firstName: 'https://evil.example/login', lastName: 'www.evil.example' }],
  ['a prototype', { firstName: '__proto__', lastName: 'constructor' }],
  ['other scripts', { firstName: 'محمد', lastName: '王小明 👩‍💻' }],
];
const EMAIL = 'zebedee.quux@example.com';

/** What is theirs alone. */
const PERSONAL = /evil|alert|HYPERLINK|cmd|gnp|quux|555 0199|محمد|小明/i;

let story: Story;
let mails: Mail[];

beforeAll(async () => {
  story = await Story.begin(NOW);
  for (const [n, [, names]] of CONTACTS.entries()) {
    // The first kind is answered by who is on call, the second gets an acknowledgement.
    for (const source of ['demo_request', 'content_download']) {
      const posted = await story.postRaw({
        crm: { system: 'crm', recordId: `${source}-${n}`, url: `https://crm.example/?q=%0d%0a'${n}` },
        source,
        contact: { ...names, email: EMAIL, phone: '+1 617 555 0199', country: 'US', region: 'MA' },
        company: { name: Object.values(names).join(' '), employees: 1200, industry: names['firstName'] },
        signals: [{ type: names['lastName'], at: NOW }],
        partner: { id: names['lastName'] },
      });
      expect([posted.status, names]).toEqual([202, names]);
    }
  }
  await story.pass('P4D');
  mails = await story.mail();
});
afterAll(() => story.end());

/** Controls, line separators, half characters, and marks that turn or hide text. */
const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

it('mails go to people of the roster and to the prospect, and to nobody else', async () => {
  const { body } = await story.call<{ people: { email: string }[] }>('GET', '/v1/people');
  const known = new Set([...body.people.map(({ email }) => email), EMAIL]);
  expect(mails.length).toBeGreaterThan(CONTACTS.length);
  for (const { to } of mails) expect(known).toContain(to);
});

it('subjects are one short line, without marks and encoded words', () => {
  for (const { subject } of mails) {
    expect(subject).not.toMatch(UNSEEN);
    expect(subject).not.toContain('=?');
    expect(Array.from(subject).length).toBeLessThanOrEqual(120);
    // A spreadsheet takes a cell that begins so for a formula; ours begin with our words.
    expect(subject).toMatch(/^[A-Za-z]/);
  }
});

it('texts have no marks', () => {
  for (const { text } of mails) expect(text.replaceAll(/\r?\n/g, '')).not.toMatch(UNSEEN);
});

it('pages hold no mark-up but ours', () => {
  const ours =
    /<\/?(?:html|head|meta|title|body|p|h3|table|tr|td|ul|li|a)(?: (?:lang|charset|style|role|href)="[^"<>]*")*>|<!doctype html>/gi;
  for (const { html } of mails) {
    expect(html.replaceAll(/\r?\n/g, '')).not.toMatch(UNSEEN);
    expect(html.replaceAll(ours, '')).not.toMatch(/[<>"']/);
    for (const [, href = ''] of html.matchAll(/href="([^"]*)"/g))
      expect(href).toMatch(/^(?:https?:\/\/crm\.example\/|tel:|mailto:)/);
  }
});

it('a stranger is greeted by a name only if it is one', () => {
  const greetings = mails.filter(({ to }) => to === EMAIL);
  expect(greetings.length).toBe(CONTACTS.length);
  for (const { text, subject } of greetings) {
    expect(`${subject}${text}`).not.toMatch(/evil|alert|HYPERLINK|cmd|constructor|\{\{/);
  }
});

it('nothing of the prospect is kept but in the tables and the mails: not in events, executions or logs', async () => {
  expect(JSON.stringify(await story.events())).toContain('LeadAssigned');
  const files = readdirSync(story.data, { withFileTypes: true })
    .filter((file) => file.isFile() && file.name !== 'mail.jsonl')
    .map(({ name }) => name);
  expect(files).toEqual(expect.arrayContaining(['events.jsonl', 'executions.jsonl', 'log.jsonl']));
  const found = files.map((name) => [name, PERSONAL.exec(readFileSync(join(story.data, name), 'utf8'))?.[0]]);
  expect(found).toEqual(files.map((name) => [name, undefined]));
});

it('answers give the names back as they came, as JSON that no browser takes for a page', async () => {
  const { text, headers } = await send(story, { method: 'GET', path: '/v1/leads?limit=200' });
  expect(headers['content-type']).toMatch(/^application\/json/);
  const { leads } = JSON.parse(text) as { leads: { leadId: string }[] };
  const names = await Promise.all(
    leads.map(async ({ leadId }) => (await story.lead(leadId))['contact'] as Record<string, string>),
  );
  expect(names.map(({ firstName }) => firstName).sort()).toEqual(
    CONTACTS.flatMap(([, { firstName = '' }]) => [firstName, firstName]).sort(),
  );
});

it('of a field that is given twice the last one counts, for the gateway and the function alike', async () => {
  const body = `{"crm":{"system":"a","recordId":"first"},"qualifiedAt":"${NOW}","source":"demo_request","crm":{"system":"a","recordId":"last"}}`;
  const got = await send(story, { body: body.replace(NOW, await story.now()) });
  expect(got.status).toBe(202);
  expect(JSON.parse(got.text)).toMatchObject({ crm: { recordId: 'last' } });
});
