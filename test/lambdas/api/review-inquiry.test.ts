import {
  answer,
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
/** Offered at once: five points short. */
let id: string;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin(MORNING);
  id = (await inquire(backend)).body.inquiryId;
});

const names = () => [...backend.started.keys()];
const review = async () => (await backend.lead(id)).gate?.review;

describe('an inquiry of the review band', () => {
  it('is offered to the SDR manager, once, and nothing happens by itself', async () => {
    await inquire(backend);
    await tell(id, signal(backend, 'unsubscribe', 'u', '2027-01-01T00:00:00Z'));
    expect(await review()).toMatchObject({ n: 1, state: 'offered', offeredAt: MORNING, by: null });
    expect(backend.told()).toEqual([expect.stringMatching(/^mona .*review/)]);
    const tasks = await backend.services.leads.records(id);
    expect(tasks).toMatchObject([{ type: 'task', assignee: 'mona', state: 'open' }]);
    expect(names()).toEqual([]);
  });

  it('that is accepted becomes an MQL at once, with who, when and why', async () => {
    backend.pass(60);
    const { status, body } = await answer(id);
    expect([status, body.status]).toEqual([200, 'unassigned']);
    expect(body.lead.gate?.review).toMatchObject({ state: 'accepted', by: 'mona', decidedAt: backend.now() });
    expect(names()).toEqual([`${id}-1`]);
    expect(backend.facts().slice(-2)).toEqual(['ReviewDecided', 'LeadQualified']);
    const entry = (await backend.services.leads.timeline(id)).find(({ what }) => what === 'review_accepted');
    expect(entry).toMatchObject({ who: 'person:mona', why: 'Known from the fair.' });
    expect(body.lead.clocks.find(({ commitment }) => commitment === 'mql.respond')?.startedAt).toBe(
      backend.now(),
    );
  });

  it('that is accepted without a telephone number is held first', async () => {
    await backend.begin(MORNING);
    id = (await inquire(backend, { contact: without('phone') })).body.inquiryId;
    const { body } = await answer(id);
    expect([body.status, backend.factsOf('LeadHeld')]).toEqual(['held', 1]);
    expect(names()).toEqual([`${id}-marketing-enrich-1`]);
  });

  it('that is left stays in nurture, and is not offered again while the score stays in the band', async () => {
    const { status, body } = await answer(id, { decision: 'leave' });
    expect([status, body.status]).toEqual([200, 'nurture']);
    await inquire(backend);
    expect([await review(), names()]).toMatchObject([{ n: 1, state: 'left', by: 'mona' }, []]);
    expect(backend.factsOf('ReviewOffered')).toBe(1);
  });

  it('that is left becomes an MQL all the same once it passes by itself', async () => {
    await answer(id, { decision: 'leave' });
    const { body } = await tell(id, signal(backend, 'demo_request'));
    expect([body.status, names()]).toEqual(['unassigned', [`${id}-1`]]);
  });

  it('that has left the band and comes back is offered anew', async () => {
    await tell(id, signal(backend, 'unsubscribe'));
    expect(await review()).toMatchObject({ n: 1, state: 'lapsed' });
    // −50, and 40 for what shows intent in some other way: 45 again.
    await tell(id, signal(backend, 'competitor_comparison'), signal(backend, 'webinar_attendee'));
    expect(await review()).toMatchObject({ n: 2, state: 'offered' });
    expect(backend.mails.filter(({ to }) => to === 'mona')).toHaveLength(2);
  });
});

describe('the same answer again', () => {
  it.each(['accept', 'leave'])('%s: is answered with 200 and changes nothing', async (decision) => {
    const first = await answer(id, { decision });
    const facts = backend.facts();
    const again = await answer(id, { decision, reason: 'In other words.' });
    expect([again.status, again.body.lead]).toEqual([200, first.body.lead]);
    expect(backend.facts()).toEqual(facts);
  });

  it('twenty times at one moment is one MQL', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => answer(id)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect([names(), backend.factsOf('LeadQualified')]).toEqual([[`${id}-1`], 1]);
    expect((await backend.happened(id)).filter((what) => what === 'review_accepted')).toHaveLength(1);
  });

  it('after the first was lost on its way is taken', async () => {
    backend.fail('PutCommand', throttledTable, { when: ofLead });
    expect((await answer(id)).status).toBe(503);
    backend.heal();
    expect((await answer(id)).body.status).toBe('unassigned');
  });
});

describe('two answers', () => {
  it('of which the first accepts: the second is told that nothing waits', async () => {
    await answer(id);
    const { status, body } = await answer(id, { decision: 'leave', by: 'dana' });
    expect([status, body.type]).toEqual([409, 'urn:lead-sla:problem:not-in-review']);
  });

  it('at one moment are one decision', async () => {
    const answers = await Promise.all([answer(id), answer(id, { decision: 'leave', by: 'dana' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const history = await backend.happened(id);
    expect(history.filter((what) => /^review_(accepted|left)$/.test(what))).toHaveLength(1);
  });

  it('an act at the moment of an acceptance: one MQL, started once', async () => {
    await Promise.all([answer(id), tell(id, signal(backend, 'demo_request'))]);
    expect((await backend.lead(id)).status).toBe('unassigned');
    expect([names(), backend.factsOf('LeadQualified')]).toEqual([[`${id}-1`], 1]);
  });
});

describe('an answer that cannot be taken', () => {
  it.each([
    ['a sales rep', 'sam'],
    ['Marketing Ops', 'olive'],
    ['somebody unknown', 'nobody'],
  ])('by %s is refused with 422, and the offer stands', async (_, by) => {
    const { status, body } = await answer(id, { by });
    expect([status, body.errors[0]?.path]).toEqual([422, 'by']);
    expect(await review()).toMatchObject({ state: 'offered' });
  });

  it('by a manager to whom it was not offered is taken', async () => {
    expect((await answer(id, { by: 'dana' })).status).toBe(200);
  });

  it('by somebody who has left is refused', async () => {
    await backend.change('mona', { active: false });
    expect((await answer(id)).status).toBe(422);
  });

  it('without an offer is answered with 409, with status and score', async () => {
    await tell(id, signal(backend, 'unsubscribe'));
    const { status, body } = await answer(id);
    expect([status, body]).toMatchObject([
      409,
      {
        type: 'urn:lead-sla:problem:not-in-review',
        detail: expect.stringMatching(/nurture.* 5\b/) as string,
      },
    ]);
  });

  it('for an inquiry that does not exist is answered with 404', async () => {
    expect((await answer('lead-none')).status).toBe(404);
  });

  it('for somebody suppressed since makes no MQL', async () => {
    await suppress({ email: CONTACT.email });
    const { body } = await answer(id);
    expect([body.status, body.evaluation.verdict, names()]).toEqual(['recycled', 'refused', []]);
  });
});

it('what an answer says of the person is told in the history alone', async () => {
  await logAll(backend);
  await answer(id, { reason: 'I know Ada Byron of analytical.' });
  const items = await backend.leadItems();
  const history = items.filter(({ sk }) => String(sk).startsWith('TIMELINE#'));
  const text = (await told(backend)).replaceAll('I know Ada Byron of analytical.', '');
  expect(history.some((item) => JSON.stringify(item).includes('Byron'))).toBe(true);
  expect(JSON.stringify([backend.events, [...backend.started], backend.logged])).not.toContain('Byron');
  expect(personalIn(text)).toBeUndefined();
  expect(
    personalIn(JSON.stringify((await read(id)).body).replaceAll('I know Ada Byron of analytical.', '')),
  ).toBeUndefined();
});
