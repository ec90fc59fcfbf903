/** What is open about people: read, and closed by a manager (policy book §13). */
import { handler as closeConsequence } from '../../../lambdas/api/close-consequence/handler.ts';
import { handler as getPersonConsequences } from '../../../lambdas/api/get-person-consequences/handler.ts';
import { handler as listConsequences } from '../../../lambdas/api/list-consequences/handler.ts';
import type { ConsequenceView } from '../../../lambdas/api/schemas/consequences.ts';
import { itemsOf, live, missedLeads, settleNow, turned } from '../../support/missed.ts';
import { ask } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { busDown } from '../../support/troubles.ts';

const WEDNESDAY = '2026-11-18T15:00:00Z';
const BY_DAY = '2026-11-23T13:05:00Z';
let backend: Backend;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin(BY_DAY);
  await live(backend);
});

interface OfPerson {
  items: ConsequenceView[];
  compliance: { month: string; counted: object; band: { id: string } | null } | null;
}
const of = (personId: string, query: Record<string, string> = {}) =>
  ask<OfPerson>(getPersonConsequences, { path: { personId }, query });
const close = (body: Record<string, unknown> = {}, path: Record<string, string> = {}) =>
  ask<ConsequenceView>(closeConsequence, {
    path: { personId: 'sam', period: '2026-W47', item: 'coaching', ...path },
    body: { by: 'mona', reason: 'Talked it over.', ...body },
  });

describe('reading', () => {
  it('shows items with their reasons, the breaches behind them, who knows, and the compliance', async () => {
    const [lead] = await missedLeads(backend, 1, 'sam', WEDNESDAY);
    await settleNow(backend);
    const { status, body } = await of('sam');
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        itemId: 'sam/2026-W47/coaching',
        ...{ personId: 'sam', period: '2026-W47', item: 'coaching', state: 'open', diagnostic: false },
        ...{ at: '2026-11-23T05:00:00.000Z', told: ['mona'], waiting: [], closed: null },
        title: 'Coaching is due for sam, for their manager to decide',
        explanation: expect.stringContaining(`lead.accept of lead ${lead!.leadId}`) as string,
        breaches: [{ leadId: lead!.leadId, clockId: 'lead.accept-1' }],
      },
    ]);
    expect(body.compliance).toMatchObject({
      month: '2026-11',
      counted: { judged: 1, met: 0 },
      band: { id: 'reduction' },
    });
    expect((await of('sam', { month: '2026-10' })).body.compliance).toBeNull();
  });

  it('says until when a message waits', async () => {
    await missedLeads(backend, 1, 'sam', WEDNESDAY);
    backend.at('2026-11-23T05:05:00Z');
    await settleNow(backend);
    expect((await of('sam')).body.items).toMatchObject([
      { told: [], waiting: [{ personId: 'mona', until: '2026-11-23T13:00:00.000Z' }] },
    ]);
  });

  it('is empty for somebody about whom nothing is open, and 404 for nobody', async () => {
    expect((await of('sam')).body).toMatchObject({ personId: 'sam', items: [], compliance: null });
    expect((await of('nobody')).status).toBe(404);
    expect((await of('sam', { month: '2026-13' })).status).toBe(400);
  });

  it('shows a week of everybody', async () => {
    await missedLeads(backend, 1, 'sam', WEDNESDAY);
    await missedLeads(backend, 2, 'jo', WEDNESDAY);
    await missedLeads(backend, 1, 'jo', '2026-11-11T15:00:00Z');
    await settleNow(backend);
    const week = (name: string) =>
      ask<{ items: ConsequenceView[] }>(listConsequences, { query: { week: name } });
    expect((await week('2026-W47')).body.items.map(({ itemId }) => itemId)).toEqual([
      'jo/2026-W47/written_warning_and_training',
      'sam/2026-W47/coaching',
    ]);
    expect((await week('2026-W46')).body.items.map(({ itemId }) => itemId)).toEqual(['jo/2026-W46/coaching']);
    expect((await week('last')).status).toBe(400);
  });
});

describe('closing', () => {
  beforeEach(async () => {
    await missedLeads(backend, 1, 'sam', WEDNESDAY);
    await settleNow(backend);
  });

  it('is a manager’s, with what came of it, which no event says', async () => {
    const { status, body } = await close();
    expect([status, body.state, body.closed]).toEqual([
      ...[200, 'closed'],
      { at: backend.now(), by: 'mona', reason: 'Talked it over.' },
    ]);
    const closed = backend.events.filter(({ detailType }) => detailType === 'ConsequenceClosed');
    expect(closed).toMatchObject([{ data: { itemId: 'sam/2026-W47/coaching', by: 'mona' } }]);
    expect(JSON.stringify(backend.events)).not.toContain('Talked');
  });

  it('again changes nothing: neither what was said nor the item, and the schedule leaves it closed', async () => {
    await close();
    const before = await backend.leadItems();
    expect((await close({ by: 'dana', reason: 'Something else.' })).body.closed).toMatchObject({
      by: 'mona',
    });
    expect(await settleNow(backend)).toMatchObject({ written: 0 });
    const items = (all: Record<string, unknown>[]) => all.filter(({ sk }) => String(sk).startsWith('ITEM#'));
    expect(items(await backend.leadItems())).toEqual(items(before));
  });

  it('stays closed as long as the facts call for it, and no longer', async () => {
    await close();
    const [item] = await backend.services.consequences.of('sam');
    const lead = await backend.lead(item!.breaches[0]!.split('/')[0]!);
    await turned(backend, lead);
    await settleNow(backend);
    expect(await itemsOf(backend, 'sam')).toEqual(['taken_back coaching 2026-W47']);
    expect(await close()).toMatchObject({
      status: 409,
      body: { type: expect.stringMatching(/taken-back$/) as string },
    });
  });

  it.each([
    ['by somebody who manages nobody', { by: 'jo' }, {}, 422, 'not-a-manager'],
    ['by the person themselves', { by: 'sam' }, {}, 422, 'not-a-manager'],
    ['by nobody of the roster', { by: 'nobody' }, {}, 422, 'not-a-manager'],
    ['by a manager about themselves', { by: 'mona' }, { personId: 'mona' }, 422, 'about-oneself'],
    ['of nobody', {}, { personId: 'nobody' }, 404, 'not-found'],
    ['of another step', {}, { item: 'improvement_plan' }, 404, 'not-found'],
    ['of another week', {}, { period: '2026-W46' }, 404, 'not-found'],
    ['of no kind', {}, { item: 'punishment' }, 400, 'invalid-request'],
    ['of no period', {}, { period: '2026-W54' }, 400, 'invalid-request'],
    ['without a reason', { reason: '  ' }, {}, 400, 'invalid-request'],
  ])('%s is refused', async (_what, body, path, status, type) => {
    const answer = await close(body, path);
    expect([answer.status, answer.body.type.split(':').at(-1)]).toEqual([status, type]);
    expect(await itemsOf(backend, 'sam')).toEqual(['open coaching 2026-W47: mona']);
  });

  it('counts also while the bus is down; the schedule tells it later', async () => {
    backend.fail('PutEventsCommand', busDown);
    expect((await close()).body.state).toBe('closed');
    backend.heal();
    await settleNow(backend);
    expect(backend.factsOf('ConsequenceClosed')).toBe(1);
  });

  it('and the schedule at the same moment: both are kept', async () => {
    const [other] = await missedLeads(backend, 1, 'sam', WEDNESDAY);
    await turned(backend, other!);
    await Promise.all([close(), settleNow(backend)]);
    expect((await of('sam')).body.items).toMatchObject([{ state: 'closed', told: ['mona'] }]);
  });
});
