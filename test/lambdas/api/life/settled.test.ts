/** What RevOps, a manager and Marketing settle: whose an SQL is, a later discovery meeting, what a rejection asked for. */
import { isOpen } from '../../../../core/model/clock.ts';
import { aeOf, broughtTo, command, done } from '../../../support/life.ts';
import { Backend } from '../../../support/services.ts';
import type { Kept } from '../../../support/services.ts';
import { ofLead } from '../../../support/troubles.ts';

let backend: Backend;
let leadId: string;
let kept: Kept;
const lead = () => backend.lead(leadId);
const open = async () => (await lead()).clocks.filter(isOpen).map(({ commitment }) => commitment);
const type = (last: string) => `urn:lead-sla:problem:${last}`;
const begin = async (make: () => Promise<string>) => {
  await backend.begin('2026-11-20T15:00:00Z');
  leadId = await make();
  kept = await backend.keep();
};

beforeAll(async () => {
  backend = await Backend.start();
});
afterAll(() => backend.stop());

describe('POST /leads/{leadId}/arbitrate', () => {
  beforeAll(() =>
    begin(async () => {
      const id = await broughtTo(backend, 'handed_over');
      backend.pass(60);
      await done(id, 'aeReject', { code: 'AE-REJ-05' });
      return id;
    }),
  );
  beforeEach(() => backend.resume(kept));

  it('gives the SQL to the AE whom RevOps names: their time runs, and they are told', async () => {
    expect(await open()).toContain('handoff.arbitrate');
    const { status, life } = await done(leadId, 'arbitrate');
    expect([status, life.handoff?.n, aeOf(await lead())]).toEqual(['sql', 2, 'ben']);
    expect(await open()).toContain('ae.decide');
    expect(await open()).not.toContain('handoff.arbitrate');
    expect(backend.factsOf('AeNotified')).toBe(2);
  });

  it('once, however often it is asked for and whatever gets lost', async () => {
    backend.loseAnswer('PutCommand', { when: ofLead });
    expect((await command(leadId, 'arbitrate')).status).toBe(503);
    await done(leadId, 'arbitrate');
    expect((await lead()).life.handoff?.n).toBe(2);
    const before = await backend.leadItems();
    await done(leadId, 'arbitrate');
    expect(await backend.leadItems()).toEqual(before);
  });

  it.each([
    ['by an SDR', { by: 'sam' }, 422, 'not-the-arbiter', 'by'],
    ['for an SDR', { personId: 'sam' }, 422, 'not-an-ae', 'personId'],
    ['for nobody', { personId: 'nobody' }, 422, 'not-an-ae', 'personId'],
  ])('is refused %s', async (_, change, status, last, path) => {
    const answer = await command(leadId, 'arbitrate', change);
    expect([answer.status, answer.body.type]).toEqual([status, type(last)]);
    expect(answer.body.errors.map((error) => error.path)).toEqual([path]);
    expect(answer.body.allowed).toContain('arbitrate');
  });

  it('is refused while there is nothing to decide', async () => {
    await begin(() => broughtTo(backend, 'handed_over'));
    const { status, body } = await command(leadId, 'arbitrate');
    expect([status, body.type]).toEqual([409, type('nothing-to-decide')]);
  });
});

describe('POST /leads/{leadId}/discovery-delay', () => {
  beforeAll(() => begin(() => broughtTo(backend, 'opportunity')));
  beforeEach(() => backend.resume(kept));

  it('ends the clock of the discovery meeting, once', async () => {
    expect(await open()).toContain('ae.discovery');
    await done(leadId, 'signDelay');
    await done(leadId, 'signDelay');
    expect(await open()).not.toContain('ae.discovery');
    expect(backend.factsOf('DiscoveryDelaySigned')).toBe(1);
    expect(JSON.stringify(backend.events)).not.toContain('travels');
  });

  it.each([
    ['of an AE', { by: 'alice' }, 'not-a-manager', 'by'],
    ['without a reason', { reason: 'n/a' }, 'reason-missing', 'reason'],
  ])('is refused to the signature %s', async (_, change, last, path) => {
    const { status, body } = await command(leadId, 'signDelay', change);
    expect([status, body.type]).toEqual([422, type(last)]);
    expect(body.errors.map((error) => error.path)).toEqual([path]);
  });
});

describe('POST /leads/{leadId}/resolve-rejection', () => {
  beforeAll(() =>
    begin(async () => {
      const id = await broughtTo(backend, 'assigned');
      await done(id, 'reject');
      return id;
    }),
  );
  beforeEach(() => backend.resume(kept));

  it.each(['olive', 'rex'])('by %s ends the clock of Marketing, once', async (by) => {
    expect(await open()).toEqual(['marketing.rejection']);
    const { status, life } = await done(leadId, 'resolve', { by });
    expect([status, life.rejection?.resolvedAt]).toEqual(['rejected', expect.any(String)]);
    expect(await open()).toEqual([]);
    const before = await backend.leadItems();
    backend.pass(60);
    await done(leadId, 'resolve', { by });
    expect(await backend.leadItems()).toEqual(before);
    expect(backend.factsOf('RejectionResolved')).toBe(1);
  });

  it.each(['sam', 'mona', 'alice'])('is refused to %s, who is in Sales', async (by) => {
    const { status, body } = await command(leadId, 'resolve', { by });
    expect([status, body.type]).toEqual([422, type('not-marketing')]);
    expect(body.errors).toEqual([
      { path: 'by', message: expect.stringContaining('marketing_ops') as string },
    ]);
    expect(await open()).toEqual(['marketing.rejection']);
  });

  it('lets what was held by it pass the gate again', async () => {
    await begin(async () => {
      const id = await broughtTo(backend, 'assigned');
      await done(id, 'reject', { code: 'REJ-07' });
      return id;
    });
    expect((await lead()).status).toBe('held');
    const { status, cycle } = await done(leadId, 'resolve');
    expect([status, cycle]).toEqual(['unassigned', 2]);
  });

  it('is refused where nobody has rejected anything', async () => {
    await begin(() => broughtTo(backend, 'assigned'));
    const { status, body } = await command(leadId, 'resolve');
    expect([status, body.type]).toEqual([409, type('nothing-to-resolve')]);
  });
});
