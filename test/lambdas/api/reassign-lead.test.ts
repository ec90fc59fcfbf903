import type { WorkflowState } from '../../../core/model/effects.ts';
import { handler as extendLead } from '../../../lambdas/api/extend-lead/handler.ts';
import { handler as reassignLead } from '../../../lambdas/api/reassign-lead/handler.ts';
import { handler as recordActivity } from '../../../lambdas/api/record-activity/handler.ts';
import { reconcile } from '../../../lambdas/shared/reconcile.ts';
import { handler as assignOwner } from '../../../lambdas/workflow/assign-owner/handler.ts';
import { handler as notifyOwner } from '../../../lambdas/workflow/notify-owner/handler.ts';
import { handler as remindOwner } from '../../../lambdas/workflow/remind-owner/handler.ts';
import { arrived, ask, leadState, owned } from '../../support/flow.ts';
import { Backend } from '../../support/services.ts';
import { busDown, ofLead, throttledTable } from '../../support/troubles.ts';

const SDRS = ['sam', 'jo', 'kim', 'lee', 'ines', 'erik', 'pat'];
let backend: Backend;
let state: WorkflowState;
/** Who owns the lead at first, and somebody else. */
let first: string;
let other: string;

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());
beforeEach(async () => {
  await backend.begin('2026-11-20T15:00:00Z');
  state = await owned(backend);
  first = (await lead()).owner!.personId;
  other = first === 'kim' ? 'jo' : 'kim';
  backend.at('2026-11-20T15:01:00Z');
});

const lead = () => backend.lead(state.leadId);
const reassign = (change: Record<string, unknown> = {}, leadId = state.leadId) =>
  ask(reassignLead, {
    path: { leadId },
    body: { reason: 'The prospect asked for them.', by: 'mona', ...change },
  });
const turnsOf = async (personId: string) => {
  const { entries } = await backend.services.pools.get((await lead()).poolId);
  return entries[personId];
};

describe('a lead given to somebody by name', () => {
  it('is theirs, with why, and both owners are told', async () => {
    const { status, body } = await reassign({ personId: other });
    expect(status).toBe(200);
    expect(body.owner).toMatchObject({
      personId: other,
      via: 'by_hand',
      reason: 'Given by mona by hand: The prospect asked for them.',
    });
    expect(body.previousOwners.map(({ personId }) => personId)).toEqual([first]);
    expect(body.clocks.map(({ commitment, status: is }) => [commitment, is])).toEqual([
      ['mql.respond', 'within_sla'],
      ['mql.route', 'met'],
      ['marketing.notify', 'met'],
      ['sal.review', 'within_sla'],
      ['sal.decide', 'within_sla'],
      ['sequence.enroll', 'within_sla'],
      ['owner.respond', 'within_sla'],
    ]);
    expect(backend.mails.slice(1).map(({ to, subject }) => `${to}: ${subject.split(':')[0] ?? ''}`)).toEqual([
      `${other}: New lead`,
      `${first}: Moved`,
    ]);
    expect(backend.facts()).toContain('LeadReassigned');
    expect(backend.started.has(`${state.leadId}-owner-respond-1`)).toBe(true);
  });

  it('whom they have already stays as it is, and nothing is written', async () => {
    const before = await lead();
    const { status, body } = await reassign({ personId: first });
    expect([status, body.owner?.personId]).toEqual([200, first]);
    expect(await lead()).toEqual(before);
    expect(backend.mails).toHaveLength(1);
  });

  it('moves once, however often the request is repeated', async () => {
    backend.loseAnswer('PutCommand', { when: ofLead });
    expect((await reassign({ personId: other })).status).toBe(503);
    backend.pass(60);
    await reconcile(backend.services);
    expect((await reassign({ personId: other })).status).toBe(200);
    expect((await lead()).previousOwners).toHaveLength(1);
    expect(backend.factsOf('LeadReassigned')).toBe(1);
    expect(backend.mails.filter(({ to }) => to === other)).toHaveLength(1);
  });

  it('goes to somebody away or at the cap too, and says so', async () => {
    await backend.away(other);
    await backend.change(other, { openLeadCap: 0 });
    const { body } = await reassign({ personId: other });
    expect(body.owner?.reason).toBe(
      `Given by mona by hand: The prospect asked for them. ${other} is away until further notice and at the cap of 0 open leads, and was named all the same.`,
    );
  });

  it('does not count against anybody’s turn', async () => {
    const before = [await turnsOf(first), await turnsOf(other)];
    await reassign({ personId: other });
    expect([await turnsOf(first), await turnsOf(other)]).toEqual(before);
  });

  it('as the giver’s fault owes the turn back to who had it, once', async () => {
    const turn = (await turnsOf(first))!;
    backend.loseAnswer('PutCommand', { when: ofLead });
    await reassign({ personId: other, reason: 'REJ-07: Ohio is not theirs' });
    backend.pass(60);
    await reassign({ personId: other, reason: 'REJ-07: Ohio is not theirs' });
    const after = (await turnsOf(first))!;
    expect(after.credit).toBeGreaterThan(turn.credit);
    expect({ ...after, credit: turn.credit }).toEqual(turn);
  });

  it('ends at the same owner when a rung is climbed meanwhile', async () => {
    backend.at('2026-11-20T15:02:30Z');
    backend.meanwhile('PutCommand', () => remindOwner(state), ofLead);
    const { body } = await reassign({ personId: other });
    expect(body.owner?.personId).toBe(other);
    expect(body.clocks[0]?.rungs[0]).toMatchObject({ rung: 'remind', outcome: 'done' });
  });

  it('is reminded of at the rungs to come', async () => {
    await reassign({ personId: other });
    backend.at('2026-11-20T15:02:30Z');
    await remindOwner(state);
    expect(backend.mails.at(-1)).toMatchObject({ to: other });
  });

  it('after a contact has another owner and no clock anew', async () => {
    await ask(recordActivity, {
      path: { leadId: state.leadId },
      body: {
        activityId: 'a1',
        type: 'call',
        outcome: 'connected',
        occurredAt: backend.now(),
        recordedBy: { kind: 'system', name: 'dialler' },
      },
    });
    const { status, body } = await reassign({ personId: other });
    expect([status, body.status, body.owner?.personId]).toEqual([200, 'contacted', other]);
    expect(body.clocks.filter(({ commitment }) => commitment === 'owner.respond')).toEqual([]);
  });

  it('stands while the bus is down, and its event follows', async () => {
    backend.fail('PutEventsCommand', busDown);
    expect((await reassign({ personId: other })).status).toBe(200);
    backend.heal();
    backend.pass(60);
    await reconcile(backend.services);
    expect(backend.factsOf('LeadReassigned')).toBe(1);
  });

  it('stays where it is when it cannot be saved', async () => {
    backend.fail('PutCommand', throttledTable, { when: ofLead });
    expect((await reassign({ personId: other })).status).toBe(503);
    expect((await lead()).owner?.personId).toBe(first);
  });
});

describe('a lead given to the next in the round robin', () => {
  it('goes to somebody else, whose turn it is', async () => {
    const { body } = await reassign();
    const personId = body.owner!.personId;
    expect(personId).not.toBe(first);
    expect(body.owner).toMatchObject({ via: 'round_robin' });
    expect(body.owner?.reason).toMatch(
      /^Moved by mona: The prospect asked for them\. Next in the round robin of pool /,
    );
    expect((await turnsOf(personId))?.drawn).toBe(1);
  });

  it('moves once, however often the request is repeated', async () => {
    backend.loseAnswer('PutCommand', { when: ofLead });
    expect((await reassign()).status).toBe(503);
    backend.pass(20);
    const again = (await reassign()).body.owner;
    expect((await reassign()).body.owner).toEqual(again);
    expect((await lead()).previousOwners).toHaveLength(1);
  });

  it('for another reason moves on', async () => {
    await reassign();
    await reassign({ reason: 'She is ill as well.' });
    expect((await lead()).previousOwners).toHaveLength(2);
  });

  it('is refused when nobody else is there, and stays', async () => {
    await backend.away(...SDRS.filter((personId) => personId !== first));
    await backend.away('mona', 'dana', 'aaron');
    const { people } = await backend.services.roster.load();
    await backend.away(...people.map(({ personId }) => personId).filter((personId) => personId !== first));
    const { status, body } = await reassign();
    expect([status, body.type]).toEqual([409, 'urn:lead-sla:problem:nobody-available']);
    expect((await lead()).owner?.personId).toBe(first);
  });
});

describe('a lead for which nobody was available', () => {
  beforeEach(async () => {
    await backend.begin('2026-11-20T15:00:00Z');
    await backend.away(...SDRS);
    state = await leadState(assignOwner(await arrived(backend)));
    expect(state.outcome).toBe('nobody');
  });

  it('is assigned by hand: Marketing’s clock is met, the owner told once, and the execution goes on', async () => {
    const { body } = await reassign({ personId: 'mona' });
    expect(body).toMatchObject({
      status: 'assigned',
      unassignedSince: null,
      owner: { personId: 'mona', via: 'by_hand' },
    });
    expect(body.clocks.find(({ commitment }) => commitment === 'mql.route')?.status).toBe('met');
    expect(backend.facts()).toContain('LeadAssigned');
    backend.at('2026-11-20T15:10:00Z');
    const woken = await notifyOwner(await assignOwner(state));
    expect(woken.outcome).toBe('climb');
    expect(backend.mails.filter(({ subject }) => subject.startsWith('New lead'))).toHaveLength(1);
    expect(backend.factsOf('LeadAssigned')).toBe(1);
  });

  it('goes to the next who is there, without a name', async () => {
    await backend.change('jo', { availability: [] });
    expect((await reassign()).body.owner).toMatchObject({ personId: 'jo', via: 'round_robin' });
  });
});

describe('a request is refused and changes nothing', () => {
  it.each([
    ['by an owner', { by: 'sam' }, 422, 'not-a-manager', 'by'],
    ['by somebody whom nobody knows', { by: 'nemo' }, 422, 'not-a-manager', 'by'],
    ['for somebody whom nobody knows', { personId: 'nemo' }, 422, 'not-active', 'personId'],
    ['without a reason', { reason: undefined }, 400, 'invalid-request', 'reason'],
    ['without saying who asks', { by: undefined }, 400, 'invalid-request', 'by'],
    ['with a field that nobody knows', { force: true }, 400, 'invalid-request', 'force'],
  ])('%s', async (_, change, status, type, path) => {
    const before = await lead();
    const answer = await reassign(change);
    expect([answer.status, answer.body.type]).toEqual([status, `urn:lead-sla:problem:${type}`]);
    expect(answer.body.errors.map((error) => error.path)).toEqual([path]);
    expect(await lead()).toEqual(before);
  });

  it('for somebody who has left', async () => {
    await backend.change(other, { active: false });
    const { status, body } = await reassign({ personId: other });
    expect([status, body.type]).toEqual([422, 'urn:lead-sla:problem:not-active']);
  });

  it('for a lead that is nobody’s work any more', async () => {
    const before = await lead();
    await backend.services.leads.save({ ...before, status: 'recycled', version: before.version + 1 });
    const { status, body } = await reassign({ personId: other });
    expect([status, body.type]).toEqual([409, 'urn:lead-sla:problem:not-movable']);
  });

  it('for a lead that does not exist', async () => {
    expect((await reassign({ personId: other }, 'nothing')).status).toBe(404);
  });
});

it('the new owner’s time can be extended as any other', async () => {
  await reassign({ personId: other });
  const { body } = await ask(extendLead, {
    path: { leadId: state.leadId },
    body: { reason: 'r', duration: 'PT30M', personId: 'mona' },
  });
  expect(body.clocks.find(({ commitment }) => commitment === 'owner.respond')?.dueAt).toBe(
    '2026-11-20T15:36:00.000Z',
  );
});
