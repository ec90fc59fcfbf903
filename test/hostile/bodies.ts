/** Bodies that nobody of good will posts, each with the status and the type of the problem that answers it. */
import type { Sent } from './client.ts';

export const NOW = '2026-11-20T15:00:00Z';
/** A person who must not be found in any refusal. */
const PERSON = { firstName: 'Zebedee', lastName: 'Quux', email: 'zebedee.quux@example.com' };
export const PERSONAL = /zebedee|quux|555 0199/i;
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

const INQUIRIES = '/v1/inquiries';
const SIGNALS = '/v1/inquiries/lead-none/signals';
const inquiry = (change: Record<string, unknown>): string =>
  JSON.stringify({ crm: { system: 'salesforce', recordId: 'hostile-2' }, contact: PERSON, ...change });
const signalWith = (change: Record<string, unknown>): string =>
  JSON.stringify({ signals: [{ id: 'a', type: 'case_study', at: NOW, ...change }] });
const suppression = (change: Record<string, unknown>): string =>
  JSON.stringify({ scenario: 'cadence_exhausted', reason: 'no', by: 'olive', ...change });
const patch = (change: Record<string, unknown>): Sent => ({
  method: 'PATCH',
  path: '/v1/leads/lead-none',
  body: JSON.stringify(change),
});
const command = (name: string, change: Record<string, unknown>): Sent => ({
  path: `/v1/leads/lead-none/${name}`,
  body: JSON.stringify({ by: 'sam', ...change }),
});
const closing = (path: string, change: Record<string, unknown>): Sent => ({
  path: `/v1/people/${path}/close`,
  body: JSON.stringify({ by: 'mona', reason: 'Settled.', ...change }),
});
const briefing = (parts: unknown): Sent => ({ ...command('briefing', { parts }), method: 'PUT' });

const deal = (change: Record<string, unknown>): Sent => ({
  method: 'PATCH',
  path: '/v1/opportunities/lead-none-o1',
  body: JSON.stringify({ by: 'alice', ...change }),
});
const meeting = (change: Record<string, unknown>): Sent => ({
  path: '/v1/meetings',
  body: JSON.stringify({ by: 'alice', leadId: 'lead-none', kind: 'other', startsAt: NOW, ...change }),
});
const met = (change: Record<string, unknown>): Sent => ({
  method: 'PATCH',
  path: '/v1/meetings/lead-none-1-m1',
  body: JSON.stringify({ by: 'alice', ...change }),
});

const ticket = (change: Record<string, unknown>): Sent => ({
  path: '/v1/tickets',
  body: JSON.stringify({
    desk: { system: 'zendesk', recordId: '1' },
    customer: { id: 'acme' },
    openedAt: NOW,
    ...change,
  }),
});
const onTicket = (name: string, change: Record<string, unknown>): Sent => ({
  path: `/v1/tickets/ticket-000000000000000000000000/${name}`,
  body: JSON.stringify({ by: 'sam', ...change }),
});

function manySignals(): string {
  return `"score":70,"signals":[${Array<string>(300_000).fill('{}').join(',')}]`;
}
function crmWith(url: string): object {
  return { system: 'salesforce', recordId: 'hostile-1', url };
}

/** Name, request, status, type (empty: any). */
export const BODIES: [string, Sent, number, string][] = [
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
      body: JSON.stringify(lead(Object.fromEntries(Array.from({ length: 60_000 }, (_, n) => [`k${n}`, 1])))),
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
  ['compressed', { body: Buffer.from([0x1f, 0x8b, 8, 0]), headers: { 'content-encoding': 'gzip' } }, 400, ''],
  ['with a lone surrogate', { body: contact({ firstName: 'a\ud800' }) }, 400, 'invalid-request'],
  ['with an infinite number', { body: spliced('70', '1e999') }, 400, 'invalid-request'],
  ['with a number below every store', { body: spliced('70', '-1e-300') }, 400, 'invalid-request'],
  ['with a number of 4,000 digits', { body: spliced('70', '9'.repeat(4000)) }, 400, 'invalid-request'],
  ['with NaN', { body: spliced('70', 'NaN') }, 400, 'invalid-request'],
  ['with more people than a number can count', { body: json({ company: { employees: 2 ** 53 } }) }, 400, ''],
  ['with a prototype', { body: spliced('{', '{"__proto__":{"admin":true},') }, 400, 'invalid-request'],
  ['with a constructor', { body: spliced('{', '{"constructor":{"prototype":{}},') }, 400, 'invalid-request'],
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
  [
    'of an inquiry with 501 signals',
    {
      path: INQUIRIES,
      body: inquiry({
        signals: Array.from({ length: 501 }, (_, n) => ({ id: `${n}`, type: 'case_study', at: NOW })),
      }),
    },
    400,
    'invalid-request',
  ],
  [
    'of an inquiry with a title of 900 kB',
    { path: INQUIRIES, body: inquiry({ contact: { title: 'é '.repeat(300_000) } }) },
    400,
    '',
  ],
  [
    'of an inquiry with an address of 900 kB',
    { path: INQUIRIES, body: inquiry({ contact: { email: `${'a.'.repeat(450_000)}@` } }) },
    400,
    '',
  ],
  [
    'of an inquiry with an address of two lines',
    { path: INQUIRIES, body: inquiry({ contact: { email: `${PERSON.email}\r\nBcc: b@example.com` } }) },
    400,
    '',
  ],
  [
    'of an inquiry with a number as a telephone number',
    { path: INQUIRIES, body: inquiry({ contact: { phone: 16_175_550_199 } }) },
    400,
    '',
  ],
  [
    'of an inquiry whose relations are somebody',
    { path: INQUIRIES, body: inquiry({ relations: { customer: PERSON.email } }) },
    400,
    '',
  ],
  [
    'of an inquiry with a source that is somebody',
    { path: INQUIRIES, body: inquiry({ source: PERSON.email }) },
    400,
    '',
  ],
  ['of signals without any', { path: SIGNALS, body: JSON.stringify({ signals: [] }) }, 400, ''],
  [
    'of a signal with an id of 257 characters',
    { path: SIGNALS, body: signalWith({ id: '王'.repeat(257) }) },
    400,
    '',
  ],
  ['of a signal with a NUL in its id', { path: SIGNALS, body: signalWith({ id: 'a\u0000b' }) }, 400, ''],
  ['of a signal with half a character', { path: SIGNALS, body: signalWith({ id: 'a\udc00' }) }, 400, ''],
  [
    'of a signal with a visit of two lines',
    { path: SIGNALS, body: signalWith({ session: 'a\u2028b' }) },
    400,
    '',
  ],
  [
    'of a signal of a type that is somebody',
    { path: SIGNALS, body: signalWith({ type: PERSON.email }) },
    400,
    '',
  ],
  [
    'of a signal with a prototype',
    { path: SIGNALS, body: signalWith({}).replace('{"id"', '{"__proto__":{},"id"') },
    400,
    '',
  ],
  [
    'of a signal of the year 2099',
    { path: SIGNALS, body: signalWith({ at: '2099-01-01T00:00:00Z' }) },
    400,
    '',
  ],
  ['of a change of nothing', patch({ by: 'olive' }), 400, ''],
  ['of a change with a prototype', patch({ contact: { constructor: PERSON.email } }), 400, ''],
  ['of a change of the status', patch({ status: 'assigned' }), 400, ''],
  ['of a change by the prospect', patch({ contact: {}, by: 'prospect' }), 400, ''],
  [
    'of a review by somebody’s address with blanks',
    {
      path: '/v1/inquiries/lead-none/review',
      body: JSON.stringify({ decision: 'accept', by: `${PERSON.email} `, reason: 'x' }),
    },
    400,
    '',
  ],
  [
    'of a review that shrugs',
    {
      path: '/v1/inquiries/lead-none/review',
      body: JSON.stringify({ decision: 'whatever', by: 'mona', reason: PERSON.email }),
    },
    400,
    '',
  ],
  ['of a suppression of nobody', { path: '/v1/suppressions', body: suppression({}) }, 400, ''],
  [
    'of a suppression of two',
    { path: '/v1/suppressions', body: suppression({ email: PERSON.email, domain: 'example.com' }) },
    400,
    '',
  ],
  [
    'of a suppression whose reason names somebody',
    { path: '/v1/suppressions', body: suppression({ email: PERSON.email, reason: `ask ${PERSON.email}` }) },
    422,
    'reason-names-person',
  ],
  [
    'of a suppression by a scenario that is somebody',
    { path: '/v1/suppressions', body: suppression({ email: PERSON.email, scenario: PERSON.email }) },
    422,
    'unknown-scenario',
  ],
  [
    'of a closing with a reason of two lines',
    closing('sam/consequences/2026-W47/coaching', { reason: 'a\nb' }),
    400,
    '',
  ],
  [
    'of a closing by a mail address',
    closing('sam/consequences/2026-W47/coaching', { by: ` ${PERSON.email}` }),
    400,
    '',
  ],
  ['of a closing for a week that is none', closing('sam/consequences/2026-W00/coaching', {}), 400, ''],
  [
    'of a closing of an item that is none',
    closing(`sam/consequences/2026-W47/${PERSON.lastName}`, {}),
    400,
    '',
  ],
  ['of a closing that was never opened', closing('sam/consequences/2026-W47/coaching', {}), 404, ''],
  ['of an acceptance by nobody', command('accept', { by: '' }), 400, ''],
  ['of an acceptance in words', command('accept', { comment: PERSON.email }), 400, ''],
  ['of a rejection in words', command('reject', { code: `ask ${PERSON.email}` }), 400, ''],
  ['of a rejection with a code of two lines', command('reject', { code: 'REJ-01\nx' }), 400, ''],
  ['of a promotion with a pain of 900 kB', command('promote', { pain: 'é '.repeat(300_000) }), 400, ''],
  [
    'of a promotion by an element that is somebody',
    command('promote', { meddpic: { [PERSON.email]: 'x' } }),
    400,
    '',
  ],
  [
    'of a promotion with a meeting on no day',
    command('promote', { meeting: { startsAt: '2026-02-30T10:00:00Z' } }),
    400,
    '',
  ],
  ['of a briefing that is a list', briefing([PERSON.email]), 400, ''],
  ['of a briefing with a NUL', briefing({ pain: 'a\u0000b' }), 400, ''],
  ['of a briefing with a part of 65 characters', briefing({ ['王'.repeat(65)]: 'x' }), 400, ''],
  ['of an introduction by another system', command('introduction', { recordedBy: PERSON.email }), 400, ''],
  [
    'of an introduction with ten decimals of a second',
    command('introduction', { sentAt: '2026-11-20T15:00:00.1234567890Z' }),
    400,
    '',
  ],
  ['of an AE who shrugs', command('ae-accept', { briefingRead: 'yes' }), 400, ''],
  ['of an AE who rejects without a code', command('ae-reject', {}), 400, ''],
  [
    'of a disposition with a detail of two lines',
    command('dispose', { disposition: 'disqualified', detail: 'a\r\nBcc: b@example.com' }),
    400,
    '',
  ],
  ['of an arbitration for nobody', command('arbitrate', { reason: PERSON.email }), 400, ''],
  ['of a delay whose reason has two lines', command('discovery-delay', { reason: 'a\u2028b' }), 400, ''],
  ['of a resolution in words', command('resolve-rejection', { note: PERSON.email }), 400, ''],
  ['of a fact of two lines', command('facts', { fact: 'a\nb' }), 400, ''],
  ['of a fact about everything', command('facts', { fact: 'lead_reviewed', about: '*' }), 400, ''],
  ['of a deal of nothing', deal({}), 400, ''],
  ['of a deal with an endless amount', { ...deal({}), body: '{"by":"sam","amount":1e999}' }, 400, ''],
  ['of a deal with an amount below every store', deal({ amount: 1e-300 }), 400, ''],
  ['of a deal that closes on no day', deal({ closeDate: '2027-02-30' }), 400, ''],
  [
    'of a deal whose next step is 900 kB',
    deal({ nextStep: { what: 'é '.repeat(300_000), due: '2027-01-01' } }),
    400,
    '',
  ],
  [
    'of a deal lost to a prototype',
    deal({ closed: { outcome: 'lost', reason: 'budget', constructor: 1 } }),
    400,
    '',
  ],
  ['of a deal in stage 1.5', deal({ stage: 1.5 }), 400, ''],
  ['of a meeting of a kind that is somebody', meeting({ kind: PERSON.email }), 400, ''],
  ['of a meeting on no day', meeting({ startsAt: '2026-02-30T10:00:00Z' }), 400, ''],
  ['of a meeting with the id of nothing', meeting({ leadId: '../lead' }), 400, ''],
  ['of notes with a NUL', met({ notes: 'a\u0000b' }), 400, ''],
  ['of a meeting that was dreamt', met({ state: 'dreamt' }), 400, ''],
  ['of a meeting of which nothing is said', met({}), 400, ''],
  ['of a ticket of nobody', ticket({ customer: {} }), 400, ''],
  ['of a ticket whose customer is somebody', ticket({ customer: { id: PERSON.email } }), 400, ''],
  ['of a ticket of a severity that is somebody', ticket({ severity: PERSON.email }), 400, ''],
  ['of a ticket in no zone', ticket({ place: { timeZone: 'Mars/Olympus' } }), 400, ''],
  ['of a ticket with a note', ticket({ note: PERSON.email }), 400, ''],
  ['of an activity that was dreamt', onTicket('activities', { what: 'dreamt' }), 400, ''],
  [
    'of an answer on no day',
    onTicket('activities', { what: 'answered', occurredAt: '2026-02-30T10:00:00Z' }),
    400,
    '',
  ],
  ['of an exclusion without a name', onTicket('exclusions', { exclusion: '', from: NOW }), 400, ''],
  [
    'of an exclusion with a reason',
    onTicket('exclusions', { exclusion: 'force_majeure', from: NOW, reason: PERSON.email }),
    400,
    '',
  ],
  ['of two types', { body: json({}), headers: { 'content-type': 'application/json, text/html' } }, 415, ''],
];
