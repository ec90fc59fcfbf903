import type { Effect } from '../../../../core/model/effects.ts';
import type { Lead } from '../../../../core/model/lead.ts';
import { epochMs, iso } from '../../../../core/time.ts';
import { VersionConflict } from '../../../../lambdas/shared/errors.ts';
import type { LeadStore } from '../../../../lambdas/shared/services.ts';
import { dynamoLeads } from '../../../../lambdas/shared/stores/leads.ts';
import { sampleLead, smallPolicy } from '../../support/sample.ts';
import { LEADS, startTables, type Tables } from '../../support/tables.ts';

const NOW = epochMs('2026-11-20T15:04:05Z');
let tables: Tables;
let leads: LeadStore;
const sample = sampleLead;
let now = NOW;
let count = 0;

beforeAll(async () => {
  tables = await startTables();
  leads = dynamoLeads({
    client: tables.client,
    table: LEADS,
    policy: smallPolicy,
    clock: { now: () => now },
  });
});
afterAll(() => tables.close());
beforeEach(() => {
  now = NOW;
});

function aLead(change: Partial<Lead> = {}): Lead {
  count += 1;
  return { ...sample, leadId: `lead-${count}`, ...change };
}

function effect(id: string): Effect {
  const entry = { entryId: id, at: iso(NOW), what: 'lead_received', who: 'system', why: 'A test.' };
  return { kind: 'timeline', id, entry };
}

const ownerOf = (personId: string): Lead['owner'] => ({ ...sample.owner!, personId });

describe('a lead', () => {
  it('is read as it was written, without the fields that were undefined', async () => {
    const lead = aLead({ partner: undefined });
    await leads.create(lead);
    const { partner, ...rest } = lead;
    expect(partner).toBeUndefined();
    expect(await leads.get(lead.leadId)).toEqual(JSON.parse(JSON.stringify(rest)));
    expect(await leads.get('lead-unknown')).toBeUndefined();
  });

  it('is created by one of fifty requests at once', async () => {
    const lead = aLead();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => leads.create(lead)));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
  });

  it('is saved by whoever read it last; the others are told of the conflict', async () => {
    const lead = aLead();
    await leads.create(lead);
    const savers = Array.from({ length: 10 }, (_, n) => leads.save({ ...lead, version: 2, attempts: n }));
    const outcomes = await Promise.allSettled(savers);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(VersionConflict);
    }
    await expect(leads.save({ ...lead, version: 2 })).rejects.toBeInstanceOf(VersionConflict);
    await leads.save({ ...lead, version: 3 });
  });

  it('cannot be saved before it was created', async () => {
    await expect(leads.save(aLead({ version: 1 }))).rejects.toBeInstanceOf(VersionConflict);
  });
});

describe('settling', () => {
  it('takes the performed effects off and counts the version up', async () => {
    const lead = aLead({ owed: [effect('a'), effect('b'), effect('c')] });
    await leads.create(lead);
    await leads.settle(lead.leadId, ['a', 'c', 'unknown']);
    const after = await leads.get(lead.leadId);
    expect(after?.owed.map(({ id }) => id)).toEqual(['b']);
    expect(after?.version).toBe(2);
    await leads.settle(lead.leadId, ['b']);
    expect((await leads.get(lead.leadId))?.owed).toEqual([]);
  });

  it('writes nothing when nothing of it is owed, and ignores a lead that is not there', async () => {
    const lead = aLead({ owed: [effect('a')] });
    await leads.create(lead);
    await leads.settle(lead.leadId, ['unknown']);
    await leads.settle('lead-unknown', ['a']);
    expect((await leads.get(lead.leadId))?.version).toBe(1);
    await leads.settle(lead.leadId, ['a']);
  });

  it('loses nothing when several settle at once', async () => {
    const ids = ['a', 'b', 'c', 'd'];
    const lead = aLead({ owed: ids.map(effect) });
    await leads.create(lead);
    await Promise.all(ids.map((id) => leads.settle(lead.leadId, [id])));
    const after = await leads.get(lead.leadId);
    expect(after?.owed).toEqual([]);
    expect(after?.version).toBe(5);
  });
});

describe('what the reconciler looks at', () => {
  it('is a lead that still owes something after the time of the policy, oldest first', async () => {
    const [first, second] = [
      aLead({ owed: [effect('a')], clocks: [] }),
      aLead({ owed: [effect('a')], clocks: [] }),
    ];
    await leads.create(second);
    now = NOW - 60_000;
    await leads.create(first);
    const soonest = await leads.nextAttention();
    expect(soonest).not.toBeNull();
    expect(epochMs(soonest!)).toBeGreaterThan(NOW - 60_000);
    expect(await leads.attention(epochMs(soonest!) - 1, 10)).toEqual([]);
    expect(await leads.attention(epochMs(soonest!), 10)).toEqual([first.leadId]);
    const late = epochMs(soonest!) + 60_000;
    expect(await leads.attention(late, 10)).toEqual([first.leadId, second.leadId]);
    expect(await leads.attention(late, 1)).toEqual([first.leadId]);
    await leads.settle(first.leadId, ['a']);
    await leads.settle(second.leadId, ['a']);
    expect(await leads.attention(late, 10)).toEqual([]);
    expect(await leads.nextAttention()).toBeNull();
  });
});

describe('leads of somebody', () => {
  it('count as open while a clock of theirs runs', async () => {
    const open = aLead({ owner: ownerOf('olga') });
    const closed = aLead({
      owner: ownerOf('olga'),
      clocks: open.clocks.map((clock) => ({ ...clock, status: 'met' })),
    });
    const gone = aLead({ owner: ownerOf('olga'), status: 'recycled' });
    const others = aLead({ owner: ownerOf('olga2') });
    for (const lead of [open, closed, gone, others]) await leads.create(lead);
    expect(await leads.openLeads('olga')).toEqual([open.leadId]);
    await leads.save({ ...open, owner: ownerOf('pete'), version: 2 });
    expect(await leads.openLeads('olga')).toEqual([]);
    expect(await leads.openLeads('pete')).toEqual([open.leadId]);
  });

  it('are found among the unassigned ones while nobody is available, paused or not', async () => {
    const waiting = aLead({ status: 'unassigned', owner: null });
    const paused = aLead({
      status: 'unassigned',
      owner: null,
      clocks: waiting.clocks.map((clock) => ({ ...clock, status: 'paused' })),
    });
    const idle = aLead({ status: 'unassigned', owner: null, clocks: [] });
    for (const lead of [idle, paused, waiting]) await leads.create(lead);
    expect(await leads.unassigned()).toEqual([waiting.leadId, paused.leadId, idle.leadId]);
    await leads.save({ ...waiting, status: 'assigned', version: 2 });
    expect(await leads.unassigned()).toEqual([paused.leadId, idle.leadId]);
  });
});
