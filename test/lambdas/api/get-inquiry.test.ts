import { submit } from '../../support/flow.ts';
import { change, inquire, personalIn, read, signal, suppress, tell } from '../../support/inquiries.ts';
import { Backend } from '../../support/services.ts';

const MORNING = '2026-11-20T15:00:00.000Z';
let backend: Backend;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(() => backend.begin(MORNING));

/** In the review band, with nothing done yet. */
const quiet = async () => (await inquire(backend)).body.inquiryId;

describe('reading an inquiry', () => {
  it('gives the score for that instant and stores nothing of it: it decays by itself', async () => {
    const id = await quiet();
    await tell(id, signal(backend, 'case_study'));
    const stored = await backend.lead(id);
    const totals = [];
    for (const at of [MORNING, '2026-12-19T15:00:00Z', '2026-12-20T15:00:00Z', '2027-01-19T15:00:00Z']) {
      backend.at(at);
      totals.push((await read(id)).body.evaluation.score.total);
    }
    expect(totals).toEqual([70, 70, 60, 55]);
    expect(await backend.lead(id)).toEqual(stored);
  });

  it('gives total, contributions, criteria, what is missing to the threshold, and two sentences', async () => {
    const id = await quiet();
    const { body } = await read(id);
    expect(body.evaluation.score).toMatchObject({ total: 55, toThreshold: 5 });
    const sum = body.evaluation.score.contributions.reduce((all, { points }) => all + points, 0);
    expect(sum).toBe(55);
    expect(body.evaluation.criteria.length).toBeGreaterThan(10);
    expect(body.evaluation.explanation).toHaveLength(2);
    expect(personalIn(JSON.stringify(body))).toBeUndefined();
  });

  it('that does not exist is answered with 404', async () => {
    expect((await read('lead-none')).status).toBe(404);
  });

  it('of a lead that a CRM has qualified counts its source as an act, as every other answer does', async () => {
    const { body: lead } = await submit(backend);
    const { body } = await read(lead.leadId);
    expect([body.status, body.signals.count, body.evaluation.score.intent]).toEqual(['unassigned', 1, 40]);
  });

  it('says what has changed around it since: suppression and name servers', async () => {
    const id = await quiet();
    await suppress({ domain: 'analytical.example' });
    await change(backend, { mx: () => Promise.resolve('takes_none') });
    const { body } = await read(id);
    expect(body.evaluation.verdict).toBe('refused');
    expect(body.evaluation.criteria.filter(({ met }) => !met).map(({ criterion }) => criterion)).toEqual([
      'intent',
      'score',
      'email.domain_without_mail',
      'not_suppressed',
    ]);
    expect((await backend.lead(id)).status).toBe('nurture');
  });
});
