import { handler as erase } from '../../../../lambdas/api/erase-personal-data/handler.ts';
import { handler as getLead } from '../../../../lambdas/api/get-lead/handler.ts';
import { handler as getOpportunity } from '../../../../lambdas/api/get-opportunity/handler.ts';
import { handler as updateOpportunity } from '../../../../lambdas/api/update-opportunity/handler.ts';
import type { OpportunityView } from '../../../../lambdas/api/schemas/pipeline.ts';
import { ask } from '../../../support/flow.ts';
import { broughtTo } from '../../../support/life.ts';
import type { Said } from '../../../support/life.ts';
import { Backend } from '../../../support/services.ts';
import type { Kept } from '../../../support/services.ts';
import { busDown } from '../../../support/troubles.ts';

let backend: Backend;
let kept: Kept;
let leadId: string;
let opportunityId: string;
/** A Friday, ten o'clock in Massachusetts. */
const NOW = '2026-11-20T15:00:00Z';

beforeAll(async () => {
  backend = await Backend.start();
  await backend.begin(NOW);
  leadId = await broughtTo(backend, 'opportunity');
  opportunityId = `${leadId}-o1`;
  kept = await backend.keep();
});
afterAll(() => backend.stop());
beforeEach(() => backend.resume(kept));

type Answer = OpportunityView & Said;
const read = (id = opportunityId) => ask<Answer>(getOpportunity, { path: { opportunityId: id } });
const update = (body: Record<string, unknown>, id = opportunityId) =>
  ask<Answer>(updateOpportunity, { path: { opportunityId: id }, body: { by: 'alice', ...body } });
const updated = async (body: Record<string, unknown>) => {
  const { status, body: view } = await update(body);
  if (status !== 200) throw new Error(JSON.stringify(view));
  return view;
};
const running = ({ clocks }: OpportunityView) =>
  clocks.flatMap(({ commitment, metAt, status }) =>
    metAt === null && status !== 'cancelled' ? [commitment] : [],
  );
const STEP = { what: 'Security review with their CISO', due: '2026-12-01' };

describe('GET /opportunities/{opportunityId}', () => {
  it('shows one that has just been opened: whose it is, its stage, and what is owed', async () => {
    const { status, body } = await read();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ opportunityId, leadId, ownerId: 'alice', closed: null, nextStep: null, flags: [] },
      stage: { stage: 1, title: 'Discovery', since: body.openedAt, by: 'alice' },
    });
    expect(running(body)).toEqual(
      expect.arrayContaining(['ae.discovery', 'opportunity.stage_1_age', 'opportunity.no_activity']),
    );
    expect(body.explanation.join(' ')).toContain('Stage 1, Discovery');
    expect(body.explanation.join(' ')).toContain('none has been named yet');
  });

  it('names with each clock the execution that waits for it', async () => {
    const { body } = await read();
    const clock = body.clocks.find(({ commitment }) => commitment === 'opportunity.stage_1_age')!;
    const name = `${leadId}-opportunity-stage_1_age-1`;
    expect(clock.executionArn?.split(':').at(-1)).toBe(name);
    expect(backend.started.has(name)).toBe(true);
    // One that is met within a moment has none.
    expect(
      body.clocks.find(({ commitment }) => commitment === 'opportunity.create')?.executionArn,
    ).toBeNull();
  });

  it.each([
    ['of no lead', () => 'lead-none-o1'],
    ['of another handoff', () => `${leadId}-o2`],
    ['of a lead', () => leadId],
    ['of a meeting', () => `${leadId}-1-m1`],
  ])('does not know the id %s', async (_, id) => {
    for (const { status, body } of [await read(id()), await update({ stage: 2 }, id())]) {
      expect([status, body.type]).toEqual([404, 'urn:lead-sla:problem:not-found']);
      expect(body.detail).toContain('life.opportunity');
    }
  });
});

describe('PATCH /opportunities/{opportunityId}', () => {
  it('takes all that is said, and shows its history', async () => {
    backend.pass(60);
    const view = await updated({ stage: 2, amount: 48_000.126, closeDate: '2027-01-29', nextStep: STEP });
    expect(view).toMatchObject({
      stage: { stage: 2, title: 'Qualification', since: new Date(backend.now()).toISOString() },
      amounts: [{ amount: 48_000.13, by: 'alice' }],
      closeDates: [{ closeDate: '2027-01-29', pushed: false, quarter: '2026-Q4' }],
      nextStep: { ...STEP, by: 'alice' },
      flags: ['close_date_without_economic_buyer_meeting'],
    });
    expect(view.stages.map(({ stage }) => stage)).toEqual([1, 2]);
    expect(running(view)).toContain('opportunity.stage_2_age');
    expect(running(view)).not.toContain('opportunity.stage_1_age');
    expect((await read()).body).toEqual(view);
    expect(backend.factsOf('OpportunityUpdated')).toBe(1);
  });

  it('puts nothing that was typed on the bus', async () => {
    await updated({ nextStep: STEP });
    await updated({ closed: { outcome: 'lost', reason: 'budget', detail: 'Quixwort has frozen it.' } });
    expect(backend.events.some(({ detailType }) => detailType === 'OpportunityLost')).toBe(true);
    expect(JSON.stringify([backend.events, [...backend.started.values()]])).not.toMatch(/CISO|Quixwort/);
  });

  it('said again changes nothing, also after the answer was lost', async () => {
    await updated({ stage: 2, nextStep: STEP });
    const before = await backend.leadItems();
    backend.pass(60);
    await updated({ stage: 2, nextStep: STEP });
    expect(await backend.leadItems()).toEqual(before);
  });

  it('is taken once though the bus was down', async () => {
    backend.fail('PutEventsCommand', busDown, { times: 1 });
    await updated({ stage: 2 });
    expect((await read()).body.stages).toHaveLength(2);
  });

  it.each([
    ['a jump of stages', { stage: 3 }, 'stage', 'stage', 'The next one is 2'],
    ['a stage that there is not', { stage: 99 }, 'stage', 'stage', 'The next one is 2'],
    [
      '"Follow-up!"',
      { nextStep: { ...STEP, what: 'Follow-up!' } },
      'not-a-next-step',
      'nextStep.what',
      'Say',
    ],
    [
      'a next step of yesterday',
      { nextStep: { ...STEP, due: '2026-11-19' } },
      'not-a-next-step',
      'nextStep.due',
      'today is 2026-11-20',
    ],
    ['a close date too far off', { closeDate: '2027-06-30' }, 'close-date', 'closeDate', '2027-02-18'],
    [
      'a trigger that there is not',
      { remedied: { trigger: 'x', at: NOW } },
      'unknown-trigger',
      'remedied.trigger',
      'close_date_pushed',
    ],
    [
      'an act of tomorrow',
      { proposalSentAt: '2026-11-21T15:00:00Z' },
      'not-in-its-time',
      'proposalSentAt',
      'Send when',
    ],
    [
      'a loss for no reason of the policy',
      { closed: { outcome: 'lost', reason: 'mood', detail: 'Bad.' } },
      'unknown-reason',
      'closed.reason',
      'competitor',
    ],
    [
      'a loss without a word',
      { closed: { outcome: 'lost', reason: 'budget' } },
      'unknown-reason',
      'closed.detail',
      'Say what',
    ],
  ])('refuses %s with the field and what would be right', async (_, body, type, path, right) => {
    const before = await backend.leadItems();
    // A refused update takes nothing of what was right in it, either.
    const answer = await update({ amount: 1000, ...body });
    expect([answer.status, answer.body.type]).toEqual([422, `urn:lead-sla:problem:${type}`]);
    expect(answer.body.errors).toEqual([{ path, message: expect.stringContaining(right) as string }]);
    expect(answer.body.allowed).toEqual(['introduce', 'sign_discovery_delay']);
    expect(await backend.leadItems()).toEqual(before);
  });

  it.each([
    ['nothing', {}],
    ['a field of somebody else', { ownerId: 'ben' }],
    ['an amount of nothing', { amount: 0 }],
    ['a next step without a date', { nextStep: { what: STEP.what } }],
    ['a win with a reason', { closed: { outcome: 'won', reason: 'budget' } }],
  ])('does not take %s', async (_, body) => {
    expect((await update(body)).status).toBe(400);
  });

  it('is refused to whoever is not on the roster', async () => {
    expect((await update({ by: 'nobody', stage: 2 })).body.type).toBe(
      'urn:lead-sla:problem:not-on-the-roster',
    );
  });

  it('won, nothing is owed any more, and nothing changes', async () => {
    const view = await updated({ closed: { outcome: 'won' } });
    expect(view.closed).toMatchObject({ outcome: 'won', by: 'alice' });
    expect(running(view)).toEqual([]);
    await updated({ closed: { outcome: 'won' } });
    const late = await update({ stage: 2 });
    expect([late.status, late.body.type]).toEqual([409, 'urn:lead-sla:problem:opportunity-closed']);
    const { body: lead } = await ask(getLead, { path: { leadId } });
    expect(lead.life.opportunity).toMatchObject({ opportunityId, stage: 1, closed: { outcome: 'won' } });
  });

  it('two at one moment are both taken', async () => {
    await Promise.all([update({ amount: 1000 }), update({ nextStep: STEP })]);
    expect((await read()).body).toMatchObject({ amounts: [{ amount: 1000 }], nextStep: STEP });
  });

  it('of somebody whose data is gone says no word of theirs, and takes nothing', async () => {
    await updated({ nextStep: STEP });
    await ask(erase, { path: { leadId } });
    expect(JSON.stringify((await read()).body)).not.toContain('CISO');
    expect((await update({ stage: 2 })).body.type).toBe('urn:lead-sla:problem:erased');
  });
});
