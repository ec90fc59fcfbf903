import fc from 'fast-check';
import { extendLeadSchema, pauseLeadSchema } from '../../../lambdas/api/schemas/clock-requests.ts';
import { recordActivitySchema } from '../../../lambdas/api/schemas/activity.ts';
import { submitLeadSchema } from '../../../lambdas/api/schemas/lead-intake.ts';
import { putPersonSchema } from '../../../lambdas/api/schemas/person.ts';
import { faults, messageOf } from '../../../lambdas/shared/problem.ts';

/** The request of design §5. */
const lead = {
  crm: { system: 'salesforce', recordId: '00Q5g00000ABCDE' },
  qualifiedAt: '2026-11-20T15:04:05Z',
  source: 'demo_request',
  score: 82,
  contact: {
    firstName: 'Ada',
    lastName: 'Byron',
    email: 'ada@example.com',
    phone: '+1 617 555 0100',
    title: 'VP Engineering',
    timeZone: 'America/New_York',
    country: 'US',
    region: 'MA',
  },
  company: {
    name: 'Example',
    domain: 'example.com',
    employees: 1200,
    annualRevenueUsd: 2.0e8,
    industry: 'software',
  },
  signals: [{ type: 'demo_request', at: '2026-11-20T15:04:00Z' }],
  partner: { id: 'p-17' },
};

/** Sets one value by its path, like `contact.email` or `signals.0.at`. */
function withValue(path: string, value: unknown): unknown {
  const copy = structuredClone(lead) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}

function faultsOf(schema: typeof submitLeadSchema, input: unknown) {
  const result = schema.safeParse(input, { error: messageOf });
  return result.success ? [] : faults(result.error.issues);
}

describe('a lead', () => {
  it('is taken as the design gives it, with instants in UTC', () => {
    expect(submitLeadSchema.parse(lead)).toEqual({
      ...lead,
      qualifiedAt: '2026-11-20T15:04:05.000Z',
      signals: [{ type: 'demo_request', at: '2026-11-20T15:04:00.000Z' }],
    });
  });

  it('needs no more than its identity, its instant and its source', () => {
    const { crm, qualifiedAt, source } = lead;
    expect(submitLeadSchema.parse({ crm, qualifiedAt, source })).toMatchObject({
      contact: {},
      company: {},
      signals: [],
    });
  });

  it.each([
    ['crm.recordId', '  00Q  ', '00Q'],
    ['contact.country', 'us', 'US'],
    ['contact.email', ' ada@example.com ', 'ada@example.com'],
    ['contact.firstName', 'Þórdís 👩🏽‍💻', 'Þórdís 👩🏽‍💻'],
    ['company.domain', 'Example.COM', 'example.com'],
    ['qualifiedAt', '2026-11-20T10:04:05.123456-05:00', '2026-11-20T15:04:05.123Z'],
    ['score', 0, 0],
  ])('takes %s %p as %p', (path, given, taken) => {
    const parsed = submitLeadSchema.parse(withValue(path, given)) as Record<string, unknown>;
    expect(path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], parsed)).toBe(
      taken,
    );
  });

  it.each([
    ['crm', undefined, 'crm', 'is required: an object'],
    ['crm.system', 'sales force', 'crm.system', 'must be the name of a system, like salesforce'],
    ['crm.recordId', '', 'crm.recordId', 'must not be empty'],
    ['crm.recordId', 7, 'crm.recordId', 'must be a string'],
    ['crm.recordId', 'x'.repeat(257), 'crm.recordId', 'must have at most 256 characters'],
    ['crm.url', 'javascript:alert(1)', 'crm.url', 'must be a web address like https://crm.example/lead/1'],
    [
      'qualifiedAt',
      '2026-11-20T15:04:05',
      'qualifiedAt',
      'must be an instant with an offset, like 2026-11-20T15:04:05Z',
    ],
    [
      'qualifiedAt',
      '2026-02-30T15:04:05Z',
      'qualifiedAt',
      'must be an instant with an offset, like 2026-11-20T15:04:05Z',
    ],
    ['qualifiedAt', '0026-11-20T15:04:05Z', 'qualifiedAt', 'must lie between the years 2000 and 2099'],
    ['source', undefined, 'source', 'is required: a string'],
    ['score', 101, 'score', 'must be at most 100'],
    ['score', '82', 'score', 'must be a number'],
    ['contact.email', 'ada@example', 'contact.email', 'must be an e-mail address like ada@example.com'],
    [
      'contact.email',
      'ada@example.com\r\nBcc: x@y.example',
      'contact.email',
      'must be an e-mail address like ada@example.com',
    ],
    [
      'contact.firstName',
      'Ada\nByron',
      'contact.firstName',
      'must be one line of text without control characters',
    ],
    [
      'contact.firstName',
      'Ada\ud800',
      'contact.firstName',
      'must be one line of text without control characters',
    ],
    ['contact.country', 'USA', 'contact.country', 'must be a country code of two letters, like US'],
    [
      'contact.timeZone',
      'Mars/Olympus',
      'contact.timeZone',
      'must be a time zone of the IANA database, like America/New_York',
    ],
    [
      'contact.timeZone',
      '+02:00',
      'contact.timeZone',
      'must be a time zone of the IANA database, like America/New_York',
    ],
    [
      'contact.fristName',
      'Ada',
      'contact.fristName',
      'is not a known field; check its spelling or leave it out',
    ],
    ['company.employees', 1.5, 'company.employees', 'must be a whole number'],
    ['company.employees', -1, 'company.employees', 'must be at least 0'],
    ['company.domain', 'not a domain', 'company.domain', 'must be a domain name like example.com'],
    ['signals', {}, 'signals', 'must be a list'],
    [
      'signals.0.at',
      'yesterday',
      'signals[0].at',
      'must be an instant with an offset, like 2026-11-20T15:04:05Z',
    ],
    ['leadId', 'mine', 'leadId', 'is not a known field; check its spelling or leave it out'],
  ])('with %s %p is refused at %s, told that it %s', (path, value, at, message) => {
    expect(faultsOf(submitLeadSchema, withValue(path, value))).toEqual([{ path: at, message }]);
  });

  it('is told all its faults at once', () => {
    const found = faultsOf(submitLeadSchema, { crm: { system: 'x' }, source: '', a: 1, b: 2 });
    expect(found.map(({ path }) => path).sort()).toEqual(['a', 'b', 'crm.recordId', 'qualifiedAt', 'source']);
  });

  it('is parsed or refused whatever is posted, never thrown at, and never pollutes a prototype', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const result = submitLeadSchema.safeParse(JSON.parse(text), { error: messageOf });
        expect(result.success || faults(result.error.issues).length > 0).toBe(true);
      }),
    );
    const evil: unknown = JSON.parse(`{"__proto__":{"polluted":true},${JSON.stringify(lead).slice(1)}`);
    expect(faultsOf(submitLeadSchema, evil)).toMatchObject([{ path: '__proto__' }]);
  });
});

describe('the other requests', () => {
  const activity = {
    activityId: 'call-1',
    type: 'call',
    outcome: 'connected',
    occurredAt: '2026-11-20T15:07:30Z',
    recordedBy: { kind: 'manual', name: 'Sam' },
  };
  it('take an activity with and without its person', () => {
    expect(recordActivitySchema.safeParse(activity).success).toBe(true);
    expect(recordActivitySchema.safeParse({ ...activity, personId: 'sam' }).success).toBe(true);
    expect(recordActivitySchema.safeParse({ ...activity, type: 'fax' }).success).toBe(false);
    expect(recordActivitySchema.safeParse({ ...activity, activityId: 'a b' }).success).toBe(false);
  });

  it.each([
    ['PT30M', true],
    ['P2D', true],
    ['PT0S', false],
    ['P0D', false],
    ['-PT5M', false],
    ['P367D', false],
    ['PT9000H', false],
    ['P1DT2H', false],
    ['half an hour', false],
  ])('take an extension by %s: %p', (duration, taken) => {
    expect(extendLeadSchema.safeParse({ reason: 'travels', duration, personId: 'mona' }).success).toBe(taken);
  });

  it('take a pause only with a reason', () => {
    expect(pauseLeadSchema.safeParse({ reason: 'maintenance' }).success).toBe(true);
    expect(pauseLeadSchema.safeParse({ until: '2026-11-20T15:07:30Z' }).success).toBe(false);
  });

  it.each([
    { weight: 0 },
    { openLeadCap: -1 },
    { role: 'boss' },
    { email: 'sam' },
    { segments: ['tiny'] },
    { name: '' },
  ])('refuse a person with %p', (change) => {
    const person = {
      name: 'Sam',
      email: 'sam@example.com',
      role: 'sdr',
      timeZone: 'Europe/Berlin',
      calendar: 'office',
    };
    expect(putPersonSchema.safeParse(person).success).toBe(true);
    expect(putPersonSchema.safeParse({ ...person, ...change }).success).toBe(false);
  });
});
