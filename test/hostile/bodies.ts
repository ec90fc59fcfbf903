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
  ['of two types', { body: json({}), headers: { 'content-type': 'application/json, text/html' } }, 415, ''],
];
