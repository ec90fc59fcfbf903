import { TURN } from '../../../../core/routing/round-robin.ts';
import { reconcile } from '../../../../lambdas/shared/reconcile.ts';
import { aeOf, broughtTo, command, done, SQL } from '../../../support/life.ts';
import { Backend } from '../../../support/services.ts';
import type { Kept } from '../../../support/services.ts';
import { ofLead, ofPool } from '../../../support/troubles.ts';

let backend: Backend;
/** Six SQLs without a briefing, and three AEs who are all in their hours. */
let six: Kept;
let leads: string[];
const AES = ['alice', 'ben', 'cleo'];
const brief = (leadId: string) => done(leadId, 'briefing');
const aesOf = async (ids = leads) => Promise.all(ids.map(async (id) => aeOf(await backend.lead(id))));
const turns = async () => {
  const { entries } = await backend.services.pools.get('ae_enterprise');
  return AES.map((personId) => entries[personId]?.drawn ?? 0);
};

beforeAll(async () => {
  backend = await Backend.start();
  await backend.begin('2026-11-20T18:00:00Z');
  const { version, people } = await backend.services.roster.load();
  const ben = people.find(({ personId }) => personId === 'ben')!;
  const cleo = { ...ben, personId: 'cleo', name: 'Cleo Ruiz', email: 'cleo@example.com' };
  await backend.services.roster.put(cleo, version);
  leads = [];
  for (let n = 1; n <= 6; n += 1) {
    const crm = { system: 'salesforce', recordId: `${backend.recordId}-${n}` };
    const contact = { firstName: 'Ada', email: `ada@company-${n}.example`, country: 'US', region: 'MA' };
    const company = { name: `Company ${n}`, employees: 1200 };
    leads.push(await broughtTo(backend, 'sql', { crm, contact, company }));
    backend.pass(20);
  }
  six = await backend.keep();
});
afterAll(() => backend.stop());
beforeEach(() => backend.resume(six));

describe('an AE is drawn by round robin', () => {
  it('two SQLs each of six, in turn', async () => {
    for (const leadId of leads) await brief(leadId);
    expect(await aesOf()).toEqual([...AES, ...AES]);
    expect(await turns()).toEqual([2, 2, 2]);
    const { life } = await backend.lead(leads[0]!);
    expect(life.handoff?.ae).toMatchObject({
      via: 'round_robin',
      reason: expect.stringContaining('Next in the round robin of pool ae_enterprise') as string,
    });
    const told = backend.mails.filter(({ to }) => AES.includes(to)).map(({ to }) => to);
    expect(told.sort()).toEqual([...AES, ...AES].sort());
  });

  it('two each also when all six are ready at one moment', async () => {
    await Promise.all(leads.map(brief));
    expect((await aesOf()).sort()).toEqual([...AES, ...AES].sort());
    expect(await turns()).toEqual([2, 2, 2]);
  });

  it('once, however often the last part is written and whatever gets lost', async () => {
    backend.loseAnswer('PutCommand', { when: ofPool });
    backend.loseAnswer('PutCommand', { when: ofLead });
    for (let n = 0; n < 2; n += 1) expect((await command(leads[0]!, 'briefing')).status).toBe(503);
    await Promise.all([brief(leads[0]!), brief(leads[0]!)]);
    backend.pass(90);
    await reconcile(backend.services);
    expect((await turns()).reduce((a, b) => a + b)).toBe(1);
    expect(backend.factsOf('AeNotified')).toBe(1);
  });

  it('the same one when the lead changes between the draw and the save', async () => {
    const other = () => done(leads[0]!, 'briefing', { parts: { pain: 'Another pain altogether.' } });
    backend.meanwhile('PutCommand', other, ofLead);
    await brief(leads[0]!);
    expect((await turns()).reduce((a, b) => a + b)).toBe(1);
    expect((await backend.lead(leads[0]!)).life.handoff?.n).toBe(1);
  });

  it('without whoever is away', async () => {
    await backend.away('ben');
    for (const leadId of leads.slice(0, 4)) await brief(leadId);
    expect(await aesOf(leads.slice(0, 4))).toEqual(['alice', 'cleo', 'alice', 'cleo']);
  });

  it.each([
    ['AE-REJ-01', 0],
    ['AE-REJ-05', 1],
  ])('who gives it back by %s is owed %i turns', async (code, owed) => {
    await brief(leads[0]!);
    const by = aeOf(await backend.lead(leads[0]!))!;
    await done(leads[0]!, 'aeReject', { by, code });
    await done(leads[0]!, 'aeReject', { by, code });
    const { entries } = await backend.services.pools.get('ae_enterprise');
    expect(entries[by]!.credit / TURN).toBe(owed);
  });
});

describe('whoever owns the account', () => {
  async function ownedBy(accountOwner: string, before?: () => Promise<unknown>) {
    await backend.begin('2026-11-20T18:00:00Z');
    const leadId = await broughtTo(backend, 'sal');
    await done(leadId, 'promote', { ...SQL, accountOwner });
    await before?.();
    return (await brief(leadId)).life.handoff?.ae;
  }

  it('goes before the round robin, and pays no turn', async () => {
    const ae = await ownedBy('ben');
    expect(ae).toMatchObject({ personId: 'ben', via: 'account_owner' });
    const { entries } = await backend.services.pools.get('ae_enterprise');
    expect(entries['ben']?.drawn ?? 0).toBe(0);
  });

  it('leaves it to the others while away, with a word about it', async () => {
    const ae = await ownedBy('ben', () => backend.away('ben'));
    expect(ae).toMatchObject({ personId: 'alice', via: 'round_robin' });
    expect(ae?.reason).toContain('ben, who owns the account, is away');
  });

  it('is no hindrance if nobody knows them, or they are no AE', async () => {
    for (const nobody of ['nemo', 'sam']) {
      const ae = await ownedBy(nobody);
      expect(ae?.reason).toContain(`${nobody}, who owns the account, is no active AE.`);
    }
  });
});

describe('with no AE there', () => {
  it('the AE manager gets it', async () => {
    await backend.away(...AES);
    const { life } = await brief(leads[0]!);
    expect(life.handoff?.ae).toMatchObject({ personId: 'aaron', via: 'fallback' });
  });

  it('and no manager, it waits, and the reconciler finds one who has come back', async () => {
    const leadId = leads[0]!;
    const { people } = await backend.services.roster.load();
    await backend.away(...people.map(({ personId }) => personId).filter((id) => id !== 'sam'));
    const { status, life } = await brief(leadId);
    expect([status, life.handoff, life.briefing?.completed?.by]).toEqual(['sql', null, 'sam']);
    expect((await command(leadId, 'aeAccept')).body.type).toBe('urn:lead-sla:problem:no-ae');
    backend.pass(90);
    await reconcile(backend.services);
    expect(aeOf(await backend.lead(leadId))).toBeUndefined();
    await backend.change('cleo', { availability: [] });
    backend.pass(90);
    await reconcile(backend.services);
    expect(aeOf(await backend.lead(leadId))).toBe('cleo');
    backend.pass(90);
    await reconcile(backend.services);
    expect(backend.factsOf('AeNotified')).toBe(1);
    expect(backend.mails.filter(({ to }) => to === 'cleo')).toHaveLength(1);
  });

  it('it is looked at until somebody is there', async () => {
    const { people } = await backend.services.roster.load();
    await backend.away(...people.map(({ personId }) => personId).filter((id) => id !== 'sam'));
    await brief(leads[0]!);
    for (let n = 0; n < 3; n += 1) {
      backend.pass(90);
      await reconcile(backend.services);
      expect(await backend.services.leads.attention(Date.parse(backend.now()) + 120_000, 50)).toContain(
        leads[0],
      );
    }
  });
});
