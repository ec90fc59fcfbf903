import fc from 'fast-check';
import { crmLink } from '../../../core/messages/crm-link.ts';
import { renderNotice } from '../../../core/messages/index.ts';
import type { Message } from '../../../core/messages/index.ts';
import { escapeHtml, oneLine, subjectLine } from '../../../core/messages/safe.ts';
import { NOTICE_KINDS } from '../../../core/model/effects.ts';
import { NEW_LIFE } from '../../../core/model/life.ts';
import type { Life } from '../../../core/model/life.ts';
import { clock, gate, lead, mona, prospect, reminder } from './fixture.ts';

const HOSTILE = [
  ['a header', 'Acme\r\nBcc: everybody@evil.example'],
  ['a lone carriage return', 'Acme\rSubject: other'],
  ['mark-up', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
  ['an attribute', '" onmouseover="alert(1)\' x'],
  ['turned text', 'Acme \u202Egnp.exe \u2066x\u2069 \u200F'],
  ['invisible text', 'A\u200Bc\u0000m\u0007e\uFEFF\u{E0041}'],
  ['a line separator', 'Acme\u2028Bcc: x\u2029y\u0085z'],
  ['a formula', '=HYPERLINK("http://evil.example","x")'],
  ['an encoded word', '=?utf-8?q?=0D=0ABcc=3A_x=40evil.example?='],
  ['half a character', 'Acme \ud83d'],
  ['a megabyte', 'x'.repeat(1_000_000)],
  ['an object’s own name', '__proto__'],
] as const;

/** A handoff of which every word is somebody else's. */
function handedOver(text: string): Life {
  const act = { at: clock.startedAt, by: text };
  const ae = { personId: 'mona', assignedAt: act.at, reason: text, via: 'by_hand' as const, n: 1 };
  return {
    ...NEW_LIFE,
    briefing: { parts: { pain: text, meeting_context: text }, completed: act, read: null },
    sql: {
      ...{ ...act, pain: text, timeline: text, meddpic: {}, flagged: ['economic_buyer'] },
      meeting: { startsAt: '2026-11-23T15:00:00.000Z', link: text },
    },
    handoff: {
      ...{ n: 1, ae, sdr: 'sam', notifiedAt: act.at, introducedAt: null, introducedBy: null },
      ...{ accepted: null, rejected: { ...act, code: 'AE-REJ-01' } },
    },
  };
}

/** Every place at which others' words get into a message. */
function everywhere(text: string, notice: (typeof NOTICE_KINDS)[number]): Message {
  const hostile = { firstName: text, lastName: text, email: text, phone: text, title: text };
  const owner = {
    personId: 'sam',
    assignedAt: clock.startedAt,
    reason: text,
    via: 'round_robin' as const,
    n: 1,
  };
  const at = clock.startedAt;
  const tried = { activityId: text, occurredAt: at, countsAt: at, receivedAt: at, contact: false };
  const judged = [{ ...tried, backDated: false, personId: text, type: text, outcome: text }];
  const crm = { system: text, recordId: text, url: text };
  const company = { name: text, domain: text };
  const failing = gate.failing.map((one) => ({ ...one, field: text, valueClass: text, wouldPass: text }));
  const found = { ...gate, failing, explanation: [text, text] };
  const given = {
    ...lead,
    gate: found,
    crm,
    contact: hostile,
    company,
    source: text,
    owner,
    judged,
    poolId: text,
    life: handedOver(text),
  };
  const recipient =
    notice === 'acknowledgement' || notice === 'meeting_reminder' ? prospect : { ...mona, name: text };
  const of = { ...clock, targetFrom: text };
  return renderNotice({
    ...reminder,
    notice,
    lead: given,
    clock: of,
    recipient,
    owner: { ...mona, name: text },
  });
}

const forbiddenInLine = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]/u;
const tags = /<\/?([a-z0-9]+)/gi;
const OWN_TAGS = new Set('html head meta title body p h3 table tr td ul li a'.split(' '));
const OWN_ATTRIBUTES =
  /<[a-z0-9]+(?: (?:lang|charset|style|role|href)="[^"<>]*")*>|<\/[a-z0-9]+>|<!doctype html>/g;

function expectSafe({ subject, text, html }: Message): void {
  expect(subject).not.toMatch(forbiddenInLine);
  expect(Array.from(subject).length).toBeLessThanOrEqual(120);
  expect(subject).not.toContain('=?');
  expect(text.replaceAll('\n', '')).not.toMatch(forbiddenInLine);
  expect(html.replaceAll('\n', '')).not.toMatch(forbiddenInLine);
  for (const [, tag = ''] of html.matchAll(tags)) expect(OWN_TAGS).toContain(tag.toLowerCase());
  // Once our own tags are taken away, no bracket and no quote is left.
  expect(html.replaceAll(OWN_ATTRIBUTES, '')).not.toMatch(/[<>"']/);
  expect(text.length + html.length).toBeLessThan(25_000);
}

describe.each(HOSTILE)('%s in every field', (_what, text) => {
  test.each(NOTICE_KINDS)('does no harm in %s', (notice) => {
    expectSafe(everywhere(text, notice));
  });
});

test('a line of a value cannot pass for a line of ours', () => {
  const { text } = everywhere('x\nWhom to call: +1 900 555 0100', 'breach_manager');
  expect(text.split('\n').filter((line) => line.startsWith('Whom to call'))).toHaveLength(1);
});

test('a subject begins with our words, whatever the company is called', () => {
  expect(everywhere('=cmd|calc', 'warning').subject).toMatch(/^Urgent: =cmd/);
});

test('any text at all is safe', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  const kind = fc.constantFrom(...NOTICE_KINDS);
  fc.assert(
    fc.property(text, kind, (given, notice) => expectSafe(everywhere(given, notice))),
    { numRuns: 40 },
  );
});

test('words of other scripts and emoji are left as they are', () => {
  for (const name of ['Müller & Söhne', 'شركة', '株式会社', 'می‌خواهم', '👩‍💻 Works']) {
    expect(oneLine(name, 60)).toBe(name);
  }
});

test('what is too long is cut between characters and marked', () => {
  expect(oneLine('🙂'.repeat(20), 10)).toBe(`${'🙂'.repeat(9)}…`);
  expect(subjectLine('y'.repeat(500))).toHaveLength(120);
});

test('escaping leaves text readable by a browser', () => {
  expect(escapeHtml(`a & <b> "c" 'd'`)).toBe('a &amp; &lt;b&gt; &quot;c&quot; &#39;d&#39;');
});

describe('the link to the CRM', () => {
  const link = (url: string | undefined, system = 'other', recordId = 'r1'): string | undefined =>
    crmLink({ system, recordId, url });

  test.each([
    ['https://crm.example/lead/1', 'https://crm.example/lead/1'],
    ['http://crm.example/a b"<', 'http://crm.example/a%20b%22%3C'],
  ])('takes a web address: %s', (url, expected) => {
    expect(link(url)).toBe(expected);
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://crm.example',
    'https://user:secret@crm.example/',
    'not an address',
    `https://crm.example/${'x'.repeat(3000)}`,
  ])('takes nothing else: %s', (url) => {
    expect(link(url)).toBeUndefined();
  });

  test.each([
    ['salesforce', '00Q5g00000ABCDE', 'https://login.salesforce.com/00Q5g00000ABCDE'],
    ['Salesforce', '../../evil', undefined],
    ['hubspot', '4711/99', 'https://app.hubspot.com/contacts/4711/record/0-1/99'],
    ['hubspot', '99', undefined],
    ['constructor', 'x', undefined],
  ])('of %s, record %s, is %s', (system, recordId, expected) => {
    expect(link(undefined, system, recordId)).toBe(expected);
  });

  test('is told in words where there is none', () => {
    const { text } = renderNotice({
      ...reminder,
      lead: { ...lead, crm: { system: 'ledger', recordId: 'L 7' } },
    });
    expect(text).toContain('In the CRM: ledger, record L 7.');
  });
});
