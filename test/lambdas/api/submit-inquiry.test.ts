import type { Suppression } from '../../../core/model/suppression.ts';
import { handler as submitLead } from '../../../lambdas/api/submit-lead/handler.ts';
import { mxLookup } from '../../../lambdas/shared/mx.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { ask, demo, submit } from '../../support/flow.ts';
import {
  change,
  COMPANY,
  CONTACT,
  inquire,
  logAll,
  personalIn,
  signal,
  suppress,
  told,
  without,
} from '../../support/inquiries.ts';
import { Backend } from '../../support/services.ts';
import { ofLead, throttledTable } from '../../support/troubles.ts';

/** A Friday, 10:00 in New York: Marketing and the sample people are at work. */
const MORNING = '2026-11-20T15:00:00.000Z';
let backend: Backend;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(() => backend.begin(MORNING));

const names = () => [...backend.started.keys()];
const signals = async (leadId: string) => backend.services.leads.signals(leadId);

describe('an inquiry that passes the gate', () => {
  it('is answered with 202 and is an MQL at once: the main job has started with no hand in between', async () => {
    const { status, body } = await inquire(backend, { signals: [signal(backend, 'demo_request')] });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      inquiryId: body.lead.leadId,
      status: 'unassigned',
      evaluation: { at: MORNING, verdict: 'mql', score: { total: 95, fit: 55, intent: 40, toThreshold: 0 } },
      signals: { count: 1, latestAt: '2026-11-20T14:59:00.000Z' },
      lead: { source: 'demo_request', tier: 1, dueAt: '2026-11-20T15:05:00.000Z', qualifiedAt: MORNING },
    });
    expect(body.evaluation.explanation).toHaveLength(2);
    expect(names()).toEqual([`${body.inquiryId}-1`]);
    expect(backend.facts()).toEqual(['InquiryReceived', 'SlaMet', 'LeadQualified']);
    expect((await backend.lead(body.inquiryId)).owed).toEqual([]);
  });

  it('is due after Marketing’s half and not after the act: the clock of Sales starts now', async () => {
    const old = signal(backend, 'demo_request', 'd', '2026-11-20T14:00:00Z');
    const { body } = await inquire(backend, { signals: [old] });
    const clocks = body.lead.clocks.map(({ commitment, startedAt }) => [commitment, startedAt]);
    expect(clocks).toEqual([
      ['marketing.score', '2026-11-20T14:00:00.000Z'],
      ['mql.respond', MORNING],
      ['mql.route', MORNING],
    ]);
  });
});

describe('an inquiry that does not pass', () => {
  it.each([
    [
      'who fits and is a little short is offered',
      {},
      'review',
      'nurture',
      ['InquiryReceived', 'ReviewOffered'],
    ],
    [
      'who is keen and does not fit goes to nurture',
      { contact: { ...CONTACT, title: 'Student' } },
      'nurture',
      'nurture',
      ['InquiryReceived', 'LeadNurtured'],
    ],
    [
      'who passes without a telephone number is held',
      { contact: without('phone') },
      'held',
      'held',
      ['InquiryReceived', 'SlaMet', 'LeadHeld'],
    ],
    [
      'a customer goes to the account team',
      { relations: { customer: true } },
      'refused',
      'disqualified',
      ['InquiryReceived', 'LeadDisqualified', 'SentToAccountTeam'],
    ],
    [
      'an open opportunity goes to the account team',
      { relations: { openOpportunity: true } },
      'refused',
      'disqualified',
      ['InquiryReceived', 'LeadDisqualified', 'SentToAccountTeam'],
    ],
  ])('%s, with the reasons, and Sales hears nothing', async (_, other, verdict, status, facts) => {
    const acts = verdict === 'review' ? [] : [signal(backend, 'demo_request')];
    const { status: code, body } = await inquire(backend, { ...other, signals: acts });
    expect([code, body.evaluation.verdict, body.status]).toEqual([202, verdict, status]);
    expect(body.lead.explanation).toEqual(body.evaluation.explanation);
    expect(backend.facts()).toEqual(facts);
    expect(names().filter((name) => name === `${body.inquiryId}-1`)).toEqual([]);
    expect(body.lead.clocks.map(({ commitment }) => commitment)).not.toContain('mql.respond');
  });

  it('names for each criterion that fails the field, the kind of value, and what would pass', async () => {
    const contact = { ...CONTACT, email: 'info@gmail.com', phone: '123', lastName: undefined };
    const { body } = await inquire(backend, { contact, signals: [signal(backend, 'demo_request')] });
    const failing = body.evaluation.criteria.filter(({ met }) => !met);
    expect(failing.map(({ criterion, field }) => `${criterion} ${field ?? ''}`)).toEqual([
      'completeness.name contact.lastName',
      'completeness.phone contact.phone',
      'email.role_based contact.email',
      'email.free_mail contact.email',
    ]);
    for (const { valueClass, wouldPass } of failing) {
      expect(valueClass).toEqual(expect.stringMatching(/^[a-z_]+$/));
      expect(wouldPass).not.toBe('');
    }
    expect(body.status).toBe('held');
  });
});

describe('the same inquiry again', () => {
  it('is answered with 200 and changes nothing', async () => {
    const acts = { signals: [signal(backend, 'demo_request')] };
    const first = await inquire(backend, acts);
    const second = await inquire(backend, acts);
    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.body.lead).toEqual(first.body.lead);
    expect(await signals(first.body.inquiryId)).toHaveLength(1);
    expect(names()).toHaveLength(1);
    expect(backend.facts()).toHaveLength(3);
  });

  it('takes in the signals that are new, and becomes an MQL by them', async () => {
    const acts = (...types: string[]) => ({ signals: types.map((type) => signal(backend, type)) });
    const first = await inquire(backend, acts('webinar_attendee'));
    const second = await inquire(backend, acts('webinar_attendee', 'case_study', 'roi_calculator'));
    expect([first.body.status, second.body.status]).toEqual(['nurture', 'unassigned']);
    expect(second.body.lead).toMatchObject({ tier: 2, source: expect.any(String) as string });
    expect(backend.factsOf('LeadQualified')).toBe(1);
  });

  it('twenty times at one moment is one inquiry, one MQL and one execution', async () => {
    const acts = { signals: [signal(backend, 'demo_request')] };
    const answers = await Promise.all(Array.from({ length: 20 }, () => inquire(backend, acts)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: 19 }, () => 200),
      202,
    ]);
    expect(new Set(answers.map(({ body }) => body.inquiryId)).size).toBe(1);
    const [{ body }] = answers as [(typeof answers)[0]];
    expect(await signals(body.inquiryId)).toHaveLength(1);
    expect(names()).toEqual([`${body.inquiryId}-1`]);
    expect(['InquiryReceived', 'LeadQualified'].map((fact) => backend.factsOf(fact))).toEqual([1, 1]);
    const { cycle, clocks } = await backend.lead(body.inquiryId);
    expect([cycle, clocks.filter(({ commitment }) => commitment === 'mql.respond').length]).toEqual([1, 1]);
  });

  it('with different signals at one moment is an MQL by all of them, once', async () => {
    const types = ['webinar_attendee', 'case_study', 'roi_calculator'];
    const answers = await Promise.all(
      types.map((type) => inquire(backend, { signals: [signal(backend, type)] })),
    );
    const [{ body }] = answers as [(typeof answers)[0]];
    expect(await signals(body.inquiryId)).toHaveLength(3);
    expect((await backend.lead(body.inquiryId)).status).toBe('unassigned');
    expect(backend.factsOf('LeadQualified')).toBe(1);
    expect(names()).toEqual([`${body.inquiryId}-1`]);
  });

  it('whose signals were kept by a process that died before it was stored is new, and has them once', async () => {
    const acts = { signals: [signal(backend, 'demo_request')] };
    backend.fail('PutCommand', throttledTable, { when: ofLead });
    expect((await inquire(backend, acts)).status).toBe(503);
    backend.heal();
    const { status, body } = await inquire(backend, acts);
    expect([status, body.signals.count, body.status]).toEqual([202, 1, 'unassigned']);
  });

  it('of a record that a CRM has qualified is that lead, and Sales goes on', async () => {
    const { body: lead } = await submit(backend);
    const { status, body } = await inquire(backend, {
      crm: { system: 'salesforce', recordId: backend.recordId },
      signals: [signal(backend, 'case_study')],
    });
    expect([status, body.inquiryId, body.status]).toEqual([200, lead.leadId, 'unassigned']);
    expect(body.lead.clocks).toEqual(lead.clocks);
    expect(names()).toHaveLength(1);
  });

  it('that died right after it was stored is finished by the reconciler', async () => {
    backend.dieAfter('PutCommand', ofLead);
    await inquire(backend, { contact: without('phone'), signals: [signal(backend, 'demo_request')] });
    await backend.restart();
    backend.pass(60);
    await reconcile(backend.services);
    expect([...new Set(backend.facts())]).toEqual(['InquiryReceived', 'SlaMet', 'LeadHeld']);
    expect(backend.mails.map(({ to }) => to)).toEqual(['olive']);
  });
});

describe('who may not come back yet', () => {
  const until = '2027-02-18T15:00:00.000Z';
  const posts = [
    ['POST /inquiries', () => inquire(backend, { signals: [signal(backend, 'demo_request')] })],
    ['POST /leads', () => submit(backend, { contact: CONTACT, company: COMPANY })],
  ] as const;

  it.each(
    posts.flatMap(([route, post]) => [
      [route, 'the person', { email: 'ADA.Byron@analytical.example' }, 'person', post] as const,
      [route, 'the domain', { domain: 'analytical.example' }, 'domain', post] as const,
      [route, 'the company', { company: 'analytical engines' }, 'company', post] as const,
    ]),
  )(
    '%s: by %s is refused with 409, the date and the reason, and nothing is kept',
    async (_, __, by, kind, post) => {
      await suppress(by);
      const before = await backend.items();
      const { status, body } = await post();
      expect([status, body]).toMatchObject([
        409,
        {
          type: 'urn:lead-sla:problem:suppressed',
          title: `The lead is suppressed until ${until}`,
          until,
          scenario: 'cadence_exhausted',
          suppressed: kind,
          reason: expect.stringContaining('(Nobody answered)') as string,
        },
      ]);
      expect(await backend.items()).toBe(before);
      expect([names(), backend.facts(), backend.mails]).toEqual([[], [], []]);
      expect(personalIn(JSON.stringify(body))).toBeUndefined();
    },
  );

  it.each(posts)('%s: after the window by a new act of high intent it is taken in', async (_, post) => {
    await suppress({ domain: 'analytical.example' });
    backend.at(until);
    expect((await post()).status).toBe(202);
  });

  it('after the window with nothing new it is refused until fresh engagement is enough', async () => {
    await suppress({ domain: 'analytical.example' });
    backend.at(until);
    const old = signal(backend, 'demo_request', 'old', '2026-11-01T00:00:00Z');
    const { status, body } = await inquire(backend, { signals: [old] });
    expect([status, body]).toMatchObject([409, { until: '2027-05-20T14:00:00.000Z' }]);
  });

  it.each(posts)('%s: a competitor of the policy is refused for ever', async (_, post) => {
    const { policy } = backend.services;
    const { mqlGate } = policy;
    const competitors = { ...mqlGate.disqualifiers.competitors, domains: ['analytical.example'] };
    const gate = { ...mqlGate, disqualifiers: { ...mqlGate.disqualifiers, competitors } };
    await change(backend, { policy: { ...policy, mqlGate: gate } });
    const { status, body } = await post();
    expect([status, body]).toMatchObject([
      409,
      { until: null, scenario: 'competitor', title: 'The lead is suppressed' },
    ]);
    expect(await backend.items()).toBe(0);
  });

  it('an open lead that is posted again is answered with 200 all the same', async () => {
    const first = await submit(backend);
    await suppress({ email: 'ada@example.com' });
    const again = await submit(backend);
    expect([again.status, again.body]).toEqual([200, first.body]);
  });

  it('a lead in nurture that is posted again is refused, and its history says so once', async () => {
    const crm = { system: 'hubspot', recordId: backend.recordId };
    const { body } = await inquire(backend);
    await suppress({ email: CONTACT.email });
    const facts = demo(backend, { crm, contact: CONTACT, company: COMPANY });
    const again = () => ask(submitLead, { body: facts });
    expect([(await again()).status, (await again()).status]).toEqual([409, 409]);
    const history = await backend.services.leads.timeline(body.inquiryId);
    expect(history.filter(({ what }) => what === 'intake_refused')).toEqual([
      expect.objectContaining({ who: 'crm:hubspot', why: expect.stringContaining('2027') as string }),
    ]);
  });

  it('an inquiry in nurture that is suppressed later waits for the window, whatever it does', async () => {
    const { body } = await inquire(backend);
    await suppress({ email: CONTACT.email });
    backend.pass(60);
    const again = await inquire(backend, { signals: [signal(backend, 'demo_request', 'd', backend.now())] });
    expect([again.status, again.body.status, again.body.evaluation.verdict]).toEqual([
      200,
      'recycled',
      'refused',
    ]);
    expect(again.body.inquiryId).toBe(body.inquiryId);
    expect(names()).toEqual([]);
  });

  it('of several suppressions the last to end is told', async () => {
    await suppress({ email: CONTACT.email });
    const later: Partial<Suppression> = { until: '2030-01-01T00:00:00.000Z' };
    await suppress({ domain: 'analytical.example', ...later });
    expect((await inquire(backend)).body).toMatchObject({ ...later, suppressed: 'domain' });
  });
});

describe('name servers', () => {
  const asked: string[] = [];
  const answer = (verdict: 'takes_mail' | 'takes_none' | 'unknown') =>
    change(backend, { mx: (domain) => (asked.push(domain), Promise.resolve(verdict)) });
  const criterion = (body: Awaited<ReturnType<typeof inquire>>['body']) =>
    body.evaluation.criteria.find((one) => one.criterion === 'email.domain_without_mail');
  const post = () => inquire(backend, { signals: [signal(backend, 'demo_request')] });
  beforeEach(() => void (asked.length = 0));

  it('that say the domain takes mail are heard', async () => {
    await answer('takes_mail');
    const { body } = await post();
    expect([body.status, criterion(body)?.note, asked]).toEqual([
      'unassigned',
      undefined,
      ['analytical.example'],
    ]);
  });

  it('that say it takes none keep the inquiry for Marketing', async () => {
    await answer('takes_none');
    const { body } = await post();
    expect([body.status, criterion(body)?.met]).toEqual(['held', false]);
  });

  it('that do not answer are no failure, and it is noted', async () => {
    await answer('unknown');
    const { body } = await post();
    expect([body.status, criterion(body)]).toMatchObject([
      'unassigned',
      { met: true, note: expect.stringContaining('did not answer') as string },
    ]);
  });

  it.each([
    ['fail', () => Promise.reject(new Error('no resolver'))],
    ['are late', mxLookup({ timeoutMs: 20, servers: ['192.0.2.1'] })],
  ])('that %s are no failure either', async (_, mx) => {
    await change(backend, { mx });
    const { status, body } = await post();
    expect([status, body.status, criterion(body)?.met]).toEqual([202, 'unassigned', true]);
  });

  it('are not asked about what is no address', async () => {
    await answer('takes_mail');
    await inquire(backend, { contact: { ...CONTACT, email: 'ada at analytical.example' } });
    expect(asked).toEqual([]);
  });
});

describe('a request that cannot be taken', () => {
  it.each([
    ['an unknown source', () => ({ source: 'billboard' }), 'source', /demo_request/],
    [
      'an unknown type of signal',
      () => ({ signals: [signal(backend, 'demo_request'), signal(backend, 'stared')] }),
      'signals[1].type',
      /demo_request/,
    ],
    [
      'a signal of the future',
      () => ({ signals: [signal(backend, 'demo_request', 'd', '2026-11-20T15:05:01Z')] }),
      'signals[0].at',
      /future/,
    ],
    [
      'a signal without an id',
      () => ({ signals: [{ ...signal(backend, 'demo_request'), id: ' ' }] }),
      'signals[0].id',
      /./,
    ],
    ['an instant of the CRM', () => ({ qualifiedAt: MORNING }), 'qualifiedAt', /not a known field/],
  ])('%s is answered with 400, the path and what is allowed', async (_, other, path, message) => {
    const { status, body } = await inquire(backend, other());
    expect([status, body.type]).toEqual([400, 'urn:lead-sla:problem:invalid-request']);
    expect(body.errors).toEqual([{ path, message: expect.stringMatching(message) as string }]);
    expect(await backend.items()).toBe(0);
  });

  it('a signal just within the tolerance for clocks that run ahead is taken', async () => {
    const ahead = signal(backend, 'demo_request', 'd', '2026-11-20T15:05:00Z');
    expect((await inquire(backend, { signals: [ahead] })).status).toBe(202);
  });

  it('with more signals than the policy keeps is answered with 409, and nothing is kept', async () => {
    const { policy } = backend.services;
    const inquiries = { ...policy.marketing.inquiries, mostSignals: 2 };
    await change(backend, { policy: { ...policy, marketing: { ...policy.marketing, inquiries } } });
    const many = ['a', 'b', 'c'].map((id) => signal(backend, 'case_study', id));
    const { status, body } = await inquire(backend, { signals: many });
    expect([status, body.type]).toEqual([409, 'urn:lead-sla:problem:too-many-signals']);
    expect(await backend.items()).toBe(0);
    expect((await inquire(backend, { signals: many.slice(1) })).status).toBe(202);
  });
});

it.each([
  ['an MQL', {}],
  ['a held one', { contact: without('phone') }],
  ['one in nurture', { contact: { ...CONTACT, title: 'Student of Byron' } }],
  ['one with nonsense', { contact: { ...CONTACT, email: 'byron@', phone: 'byron', title: '-' } }],
])('%s: neither the answer nor anything beside the lead tells who it is', async (_, other) => {
  await logAll(backend);
  backend.fail('PutEventsCommand', throttledTable, { times: 1 });
  const answers = [
    await inquire(backend, { ...other, signals: [signal(backend, 'demo_request')] }),
    await inquire(backend, { ...other, signals: [signal(backend, 'case_study')] }),
  ];
  backend.pass(60);
  await reconcile(backend.services);
  expect(personalIn(JSON.stringify(answers))).toBeUndefined();
  expect(backend.logged).not.toEqual([]);
  expect(personalIn(await told(backend))).toBeUndefined();
});
