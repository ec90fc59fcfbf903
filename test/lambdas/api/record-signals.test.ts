import { handler as eraseData } from '../../../lambdas/api/erase-personal-data/handler.ts';
import { ask, submit } from '../../support/flow.ts';
import {
  change,
  CONTACT,
  inquire,
  logAll,
  personalIn,
  read,
  signal,
  suppress,
  tell,
  told,
  without,
} from '../../support/inquiries.ts';
import { Backend } from '../../support/services.ts';
import { ofLead, throttledTable } from '../../support/troubles.ts';

const MORNING = '2026-11-20T15:00:00.000Z';
let backend: Backend;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(() => backend.begin(MORNING));

const act = (type: string, id = type, at?: string) => signal(backend, type, id, at);
const names = () => [...backend.started.keys()];
const mqls = (leadId: string) => names().filter((name) => name === `${leadId}-1`).length;
/** In the review band, with nothing done yet. */
const quiet = async () => (await inquire(backend)).body.inquiryId;

describe('signals', () => {
  it('make an MQL of an inquiry as soon as they are enough, and start the main job', async () => {
    const id = await quiet();
    expect((await tell(id, act('case_study'))).body.status).toBe('nurture');
    const { status, body } = await tell(id, act('roi_calculator'), act('webinar_attendee'));
    expect([status, body.status, body.evaluation.verdict, body.signals.count]).toEqual([
      200,
      'unassigned',
      'mql',
      3,
    ]);
    expect([mqls(id), backend.factsOf('LeadQualified')]).toEqual([1, 1]);
  });

  it('hold an inquiry that lacks something, tell Marketing Ops, and start no clock of Sales', async () => {
    const { body: quietOne } = await inquire(backend, { contact: without('phone') });
    const { body } = await tell(quietOne.inquiryId, act('demo_request'));
    expect(body.status).toBe('held');
    expect(body.evaluation.criteria.filter(({ met }) => !met)).toMatchObject([
      { criterion: 'completeness.phone', field: 'contact.phone', valueClass: 'missing' },
    ]);
    expect(body.lead.clocks.map(({ commitment, status }) => [commitment, status])).toEqual([
      ['marketing.score', 'met'],
      ['marketing.enrich', 'within_sla'],
    ]);
    expect(backend.told().filter((line) => line.includes('held'))).toEqual([
      expect.stringMatching(/^olive /) as string,
    ]);
    expect(names()).toEqual([`${body.inquiryId}-marketing-enrich-1`]);
  });

  it('of an inquiry that is held already change nothing but the score', async () => {
    const { body } = await inquire(backend, { contact: without('phone'), signals: [act('demo_request')] });
    const facts = backend.facts().length;
    const after = await tell(body.inquiryId, act('case_study'));
    expect([after.body.status, after.body.evaluation.score.total]).toEqual(['held', 110]);
    expect(after.body.lead.clocks).toEqual(body.lead.clocks);
    expect([backend.facts().length, names().length]).toEqual([facts, 1]);
  });

  it('of a lead on which Sales works are kept, and the lead stays as it is', async () => {
    const { body: lead } = await submit(backend);
    const { status, body } = await tell(lead.leadId, act('unsubscribe'));
    expect([status, body.status, body.lead.clocks]).toEqual([200, 'unassigned', lead.clocks]);
    // Her source is an act of its own.
    expect([body.signals.count, (await read(lead.leadId)).body.signals.count]).toEqual([2, 2]);
  });

  it('against somebody (unsubscribe) let a held lead go again', async () => {
    const { body } = await inquire(backend, { contact: without('phone'), signals: [act('demo_request')] });
    const after = await tell(body.inquiryId, act('unsubscribe'));
    expect(after.body.lead.clocks.map(({ commitment, status }) => [commitment, status])).toEqual([
      ['marketing.score', 'met'],
      ['marketing.enrich', 'cancelled'],
    ]);
    expect(after.body.lead).toMatchObject({ status: 'nurture', executionArn: null });
  });

  it('of somebody suppressed since never make an MQL inside the window', async () => {
    const id = await quiet();
    await suppress({ email: CONTACT.email });
    backend.pass(60);
    const { body } = await tell(id, act('demo_request', 'd', backend.now()));
    expect([body.status, body.evaluation.verdict, mqls(id)]).toEqual(['recycled', 'refused', 0]);
  });
});

describe('the same signal again', () => {
  it('changes nothing, whatever else it says', async () => {
    const id = await quiet();
    const first = await tell(id, act('case_study', 'one'));
    const facts = backend.facts();
    const again = await tell(id, act('case_study', 'one'));
    expect(again.body).toEqual(first.body);
    expect((await tell(id, act('case_study', 'one', MORNING))).body.evaluation.score).toEqual(
      first.body.evaluation.score,
    );
    expect(backend.facts()).toEqual(facts);
  });

  it('twice in one request is one', async () => {
    const { body } = await tell(await quiet(), act('case_study', 'one'), act('case_study', 'one'));
    expect(body.signals.count).toBe(1);
    expect(await backend.services.leads.signals(body.inquiryId)).toHaveLength(1);
  });

  it('twenty times at one moment is one MQL, started once, and one history', async () => {
    const id = await quiet();
    const answers = await Promise.all(Array.from({ length: 20 }, () => tell(id, act('demo_request'))));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.status}`))).toEqual(
      new Set(['200 unassigned']),
    );
    expect([mqls(id), backend.factsOf('LeadQualified')]).toEqual([1, 1]);
    const history = await backend.happened(id);
    expect(history.filter((what) => what === 'lead_qualified')).toHaveLength(1);
    expect((await backend.lead(id)).clocks.map(({ clockId }) => clockId)).toEqual([
      'marketing.score-1',
      'mql.respond-1',
      'mql.route-1',
    ]);
  });
});

describe('different signals at one moment', () => {
  it('of which each is enough are one MQL, started once', async () => {
    const id = await quiet();
    await Promise.all([tell(id, act('demo_request')), tell(id, act('contact_sales'))]);
    expect([mqls(id), backend.factsOf('LeadQualified')]).toEqual([1, 1]);
    expect((await read(id)).body.signals.count).toBe(2);
  });

  it('of which only all together are enough are one MQL: the later save has seen both', async () => {
    const id = await quiet();
    await tell(id, act('case_study'));
    await Promise.all([tell(id, act('roi_calculator')), tell(id, act('webinar_attendee'))]);
    expect([(await backend.lead(id)).status, mqls(id)]).toEqual(['unassigned', 1]);
  });

  it('hold a lead once, and Marketing Ops is told once', async () => {
    const { body } = await inquire(backend, { contact: without('phone') });
    await Promise.all([
      tell(body.inquiryId, act('demo_request')),
      tell(body.inquiryId, act('contact_sales')),
    ]);
    expect((await backend.lead(body.inquiryId)).status).toBe('held');
    expect(backend.told().filter((line) => /^olive .*held/.test(line))).toHaveLength(1);
    expect(backend.factsOf('LeadHeld')).toBe(1);
  });

  it('in any order give the same score', async () => {
    const acts = [act('webinar_attendee'), act('case_study'), act('email_click'), act('blog_visit')];
    const scores = [];
    for (const all of [acts, acts.toReversed()]) {
      await backend.begin(MORNING);
      const id = await quiet();
      for (const one of all) await tell(id, one);
      scores.push((await read(id)).body.evaluation.score);
    }
    expect(scores[0]).toEqual(scores[1]);
  });
});

describe('a request that cannot be taken', () => {
  it.each([
    ['an unknown type', () => [act('case_study'), act('stared')], 'signals[1].type', /case_study/],
    ['the future', () => [act('case_study', 'c', '2026-11-20T15:05:01Z')], 'signals[0].at', /future/],
    ['no signals', () => [], 'signals', /./],
  ])('with %s is answered with 400 and the path, and nothing of it is kept', async (_, of, path, message) => {
    const id = await quiet();
    const { status, body } = await tell(id, ...of());
    expect([status, body.errors]).toEqual([
      400,
      [{ path, message: expect.stringMatching(message) as string }],
    ]);
    expect(await backend.services.leads.signals(id)).toEqual([]);
  });

  it('of more signals than the policy keeps is answered with 409, nothing is kept, repetitions count once', async () => {
    const id = await quiet();
    const { policy } = backend.services;
    const inquiries = { ...policy.marketing.inquiries, mostSignals: 3 };
    await change(backend, { policy: { ...policy, marketing: { ...policy.marketing, inquiries } } });
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((one) => act('blog_visit', one)) as [object, ...object[]];
    const told = (...all: unknown[]) => tell(id, ...(all as ReturnType<typeof act>[]));
    expect((await told(a, b)).status).toBe(200);
    const { status, body } = await told(c, d);
    expect([status, body.type]).toEqual([409, 'urn:lead-sla:problem:too-many-signals']);
    expect((await read(id)).body.signals.count).toBe(2);
    expect((await told(a, b, c)).body.signals.count).toBe(3);
  });

  it('for an inquiry that does not exist is answered with 404, and nothing is kept', async () => {
    const { status } = await tell('lead-none', act('demo_request'));
    expect([status, await backend.items()]).toEqual([404, 0]);
  });

  it('for an erased inquiry is answered with 409, and nothing is kept, even if the erasure came in between', async () => {
    const id = await quiet();
    const erase = () => ask(eraseData, { path: { leadId: id } });
    backend.meanwhile('BatchWriteCommand', erase, (input) => JSON.stringify(input).includes('SIGNAL#'));
    const answers = [await tell(id, act('demo_request')), await tell(id, act('case_study'))];
    expect(answers.map(({ status, body }) => [status, body.type])).toEqual([
      [409, 'urn:lead-sla:problem:erased'],
      [409, 'urn:lead-sla:problem:erased'],
    ]);
    expect(await backend.services.leads.signals(id)).toEqual([]);
    expect(mqls(id)).toBe(0);
  });

  it('of which the save fails is answered with 503; asked again, it counts once', async () => {
    const id = await quiet();
    backend.fail('PutCommand', throttledTable, { when: ofLead, times: 4 });
    expect((await tell(id, act('demo_request'))).status).toBe(503);
    backend.heal();
    const { status, body } = await tell(id, act('demo_request'));
    expect([status, body.status, body.signals.count, mqls(id)]).toEqual([200, 'unassigned', 1, 1]);
  });
});

it('sessions, ids and sources of signals are told nowhere', async () => {
  await logAll(backend);
  const id = await quiet();
  const spoken = ['byron-visit', '4711 Byron', 'السيدة byron', '王小明 byron'];
  for (const [n, one] of spoken.entries()) {
    const { status } = await tell(id, { ...act('roi_calculator', `${n} ${one}`), source: one, session: one });
    expect(status).toBe(200);
  }
  await tell(id, act('demo_request', 'byron'));
  expect(personalIn(await told(backend))).toBeUndefined();
  expect(personalIn(JSON.stringify((await read(id)).body))).toBeUndefined();
});
