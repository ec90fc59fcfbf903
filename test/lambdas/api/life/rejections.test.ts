import { handler as getTimeline } from '../../../../lambdas/api/get-timeline/handler.ts';
import { handler as updateLead } from '../../../../lambdas/api/update-lead/handler.ts';
import { reconcile } from '../../../../lambdas/shared/reconcile.ts';
import { handler as assignOwner } from '../../../../lambdas/workflow/assign-owner/handler.ts';
import { handler as notifyOwner } from '../../../../lambdas/workflow/notify-owner/handler.ts';
import { TURN } from '../../../../core/routing/round-robin.ts';
import { ask, submit } from '../../../support/flow.ts';
import type { Answered } from '../../../support/flow.ts';
import { attempted, broughtTo, command, done } from '../../../support/life.ts';
import type { Said } from '../../../support/life.ts';
import { Backend } from '../../../support/services.ts';
import { ofLead } from '../../../support/troubles.ts';
import { call } from '../../support/event.ts';

let backend: Backend;
let leadId: string;
const COMPANY = { name: 'Obscure Works', domain: 'obscure.example', employees: 1200 };
const CONTACT = { firstName: 'Ada', email: 'ada@obscure.example', country: 'US', region: 'MA' };
const lead = () => backend.lead(leadId);
const submitted = (change: Record<string, unknown> = {}) =>
  submit(backend, { contact: CONTACT, company: COMPANY, ...change }) as Promise<
    Answered<Said & Awaited<ReturnType<typeof submit>>['body']>
  >;
const otherRecord = () => ({ crm: { system: 'salesforce', recordId: `${backend.recordId}x` } });

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  leadId = await broughtTo(backend, 'assigned', { contact: CONTACT, company: COMPANY });
  backend.pass(60);
});

describe("the owner's turn", () => {
  const creditOf = async () => {
    const { owner, poolId, previousOwners } = await lead();
    const personId = (owner ?? previousOwners[0])!.personId;
    return (await backend.services.pools.get(poolId)).entries[personId]!.credit / TURN;
  };

  it.each([
    ['REJ-01', 1],
    ['REJ-02', 0],
    ['REJ-03', 0],
    ['REJ-04', 0],
    ['REJ-05', 0],
    ['REJ-06', 0],
    ['REJ-07', 1],
  ])('after %s: %i is owed, however often it is asked for', async (code, turns) => {
    await done(leadId, 'reject', { code });
    await done(leadId, 'reject', { code });
    expect(await creditOf()).toBe(turns);
  });

  it('is owed once though the answer was lost, or two ask at one moment', async () => {
    backend.loseAnswer('PutCommand', { when: ofLead });
    expect((await command(leadId, 'reject', { code: 'REJ-01' })).status).toBe(503);
    await Promise.all([
      command(leadId, 'reject', { code: 'REJ-01' }),
      command(leadId, 'reject', { code: 'REJ-01' }),
    ]);
    expect(await creditOf()).toBe(1);
  });

  it('is owed once though the lead could not be saved at first', async () => {
    backend.fail('PutCommand', new Error('the table is gone'), { when: ofLead, times: 1 });
    expect((await command(leadId, 'reject', { code: 'REJ-07' })).status).toBeGreaterThanOrEqual(500);
    await done(leadId, 'reject', { code: 'REJ-07' });
    expect(await creditOf()).toBe(1);
  });

  it('is not owed for what is refused', async () => {
    expect((await command(leadId, 'reject', { code: 'REJ-01', by: 'nemo' })).status).toBe(422);
    expect((await command(leadId, 'reject', { code: 'REJ-01, dead' })).status).toBe(422);
    expect(await creditOf()).toBe(0);
  });
});

describe('whoever is kept out', () => {
  const exhausted = {
    disposition: 'unable_to_reach',
    reason: 'no_answer',
    detail: undefined,
    signedBy: 'mona',
  };
  const IN_90_DAYS = '2027-02-18T15:01:00.000Z';

  it.each([
    ['REJ-05', () => command(leadId, 'reject', { code: 'REJ-05' }), IN_90_DAYS, 'person'],
    ['REJ-06', () => command(leadId, 'reject', { code: 'REJ-06' }), null, 'domain'],
    ['unable_to_reach', () => command(leadId, 'dispose', exhausted), IN_90_DAYS, 'person'],
  ])('by %s is refused from then on, with the date and the reason', async (_, give, until, kind) => {
    expect((await give()).status).toBe(200);
    backend.pass(24 * 3600);
    for (const change of [{}, otherRecord()]) {
      const { status, body } = await submitted(change);
      expect([status, body.type]).toEqual([409, 'urn:lead-sla:problem:suppressed']);
      expect(body).toMatchObject({ until, suppressed: kind, suppressionId: expect.any(String) as string });
      expect(body).toMatchObject({ reason: expect.stringMatching(/^The (person|domain) ha/) as string });
    }
    expect((await lead()).cycle).toBe(1);
  });

  it('as a competitor takes everybody of that domain along, and nobody else', async () => {
    await done(leadId, 'reject', { code: 'REJ-06' });
    const colleague = { ...CONTACT, email: 'grace@obscure.example' };
    expect((await submitted({ ...otherRecord(), contact: colleague })).status).toBe(409);
    const stranger = { contact: { ...CONTACT, email: 'a@other.example' }, company: { name: 'Other' } };
    expect((await submitted({ ...otherRecord(), ...stranger })).status).toBe(202);
  });

  it('stays out though the process died before it could be written down', async () => {
    backend.dieAfter('PutCommand', ofLead);
    await command(leadId, 'dispose', exhausted);
    await backend.restart();
    backend.pass(90);
    await done(leadId, 'dispose', exhausted);
    await reconcile(backend.services);
    expect((await submitted()).body).toMatchObject({ until: IN_90_DAYS });
  });

  it('may come back after the window: cycle 2 of the same lead, with its history', async () => {
    await attempted(backend, leadId);
    await done(leadId, 'accept');
    await done(leadId, 'dispose', exhausted);
    const first = await lead();
    const before = await backend.happened(leadId);
    backend.at('2027-02-19T15:00:00Z');
    const { status, body } = await submitted({ qualifiedAt: backend.now() });
    expect([status, body.leadId, body.cycle, body.status]).toEqual([200, leadId, 2, 'unassigned']);
    expect(body).toMatchObject({ owner: null, attempts: 0, firstAttemptAt: null, life: { closedAt: null } });
    expect(body.previousOwners.map(({ personId }) => personId)).toEqual([first.owner!.personId]);
    expect(body.clocks.map(({ commitment, status: is }) => `${commitment} ${is}`)).toEqual([
      'mql.respond met',
      'mql.route met',
      'marketing.notify met',
      'sal.review met',
      'sal.decide met',
      'sequence.enroll met',
      'activity.log met',
      'sal.accept met',
      'cadence.touch cancelled',
      'cadence.touch cancelled',
      'sal.resolve met',
      'sql.feedback met',
      'mql.respond within_sla',
      'mql.route within_sla',
    ]);
    // Nothing of the first cycle is repeated, and nothing of it is lost.
    const { timeline } = (await call(getTimeline, { path: { leadId } })).body;
    expect(timeline.map(({ what }) => what)).toEqual(expect.arrayContaining([...before, 'lead_returned']));
    const input = backend.started.get(`${leadId}-2`);
    await notifyOwner(await assignOwner(input));
    const again = await lead();
    expect([again.status, again.owner?.n]).toEqual(['assigned', 2]);
    await attempted(backend, leadId, { activityId: 'b1' });
    expect((await done(leadId, 'accept')).status).toBe('sal');
    expect(backend.events.filter(({ detailType }) => detailType === 'LeadAccepted')).toMatchObject([
      { data: { cycle: 1 } },
      { data: { cycle: 2 } },
    ]);
  });

  it('comes back once, however often the CRM posts it', async () => {
    await done(leadId, 'dispose', exhausted);
    backend.at('2027-02-19T15:00:00Z');
    const change = { qualifiedAt: backend.now() };
    await Promise.all([submitted(change), submitted(change)]);
    expect((await submitted(change)).body.cycle).toBe(2);
    expect(backend.factsOf('LeadReturned')).toBe(1);
    expect([...backend.started.keys()].filter((name) => name.startsWith(leadId))).toEqual([
      `${leadId}-1`,
      `${leadId}-2`,
    ]);
  });
});

describe('a lead that is held by a rejection', () => {
  it.each([
    ['REJ-01', { contact: { phone: '+1 617 555 0100' } }],
    ['REJ-07', { contact: { region: 'CA' } }],
  ])('after %s waits for Marketing, and returns when that is done', async (code, mended) => {
    expect((await done(leadId, 'reject', { code })).status).toBe('held');
    expect((await submitted()).body.status).toBe('held');
    backend.pass(3600);
    const { body } = await ask(updateLead, { path: { leadId }, body: mended });
    expect([body.status, body.cycle]).toEqual(['unassigned', 2]);
    expect(await backend.happened(leadId)).toContain('rejection_resolved');
    expect(backend.started.has(`${leadId}-2`)).toBe(true);
  });
});

it('a customer is the account team’s, who hears of it and of a new request, once each', async () => {
  await done(leadId, 'reject', { code: 'REJ-04' });
  expect(backend.factsOf('SentToAccountTeam')).toBe(1);
  backend.pass(3600);
  const change = { qualifiedAt: backend.now() };
  for (const { body } of [await submitted(change), await submitted(change)]) {
    expect([body.status, body.cycle]).toEqual(['disqualified', 1]);
  }
  expect(backend.factsOf('SentToAccountTeam')).toBe(2);
  expect(backend.mails.filter(({ to }) => to === 'rex')).toHaveLength(2);
});
