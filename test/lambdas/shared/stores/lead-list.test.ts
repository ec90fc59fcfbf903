import type { Lead } from '../../../../core/model/lead.ts';
import { epochMs, iso } from '../../../../core/time.ts';
import type { LeadFilter, LeadStore } from '../../../../lambdas/shared/services.ts';
import { dynamoLeads } from '../../../../lambdas/shared/stores/leads.ts';
import { sampleLead, smallPolicy } from '../../support/sample.ts';
import { LEADS, startTables, type Tables } from '../../support/tables.ts';

const NOW = epochMs('2026-11-20T15:00:00Z');
const MINUTE = 60_000;
const STATUSES = ['assigned', 'contacted', 'held'] as const;
let tables: Tables;
let leads: LeadStore;
let all: Lead[];

/** Thirty leads of three statuses, two pools and two owners; several share a deadline, one is paused, one has no clock. */
beforeAll(async () => {
  tables = await startTables();
  leads = dynamoLeads({
    client: tables.client,
    table: LEADS,
    policy: smallPolicy,
    clock: { now: () => NOW },
  });
  const sample = sampleLead;
  all = Array.from({ length: 30 }, (_, n): Lead => {
    const dueAt = iso(NOW + ((n * 7) % 20) * MINUTE);
    const clocks = sample.clocks.map((clock) => ({
      ...clock,
      dueAt,
      status: n === 5 ? ('paused' as const) : clock.status,
    }));
    return {
      ...sample,
      leadId: `lead-${String(n).padStart(2, '0')}`,
      version: 1,
      status: STATUSES[n % 3]!,
      poolId: n % 2 === 0 ? 'even' : 'odd',
      owner: { ...sample.owner!, personId: n % 5 === 0 ? 'ann' : 'ben' },
      clocks: n === 7 ? [] : clocks,
    };
  });
  for (const lead of all) await leads.create(lead);
});
afterAll(() => tables.close());

function expected(filter: LeadFilter): string[] {
  const due = (lead: Lead) => {
    if (lead.clocks.length === 0) return '9999';
    return lead.clocks[0]!.status === 'paused' ? '9998' : lead.clocks.map(({ dueAt }) => dueAt).sort()[0]!;
  };
  return all
    .filter((lead) => filter.owner === undefined || lead.owner?.personId === filter.owner)
    .filter((lead) => filter.pool === undefined || lead.poolId === filter.pool)
    .filter((lead) => filter.status === undefined || lead.status === filter.status)
    .map((lead) => `${due(lead)}#${lead.leadId}`)
    .sort()
    .map((key) => key.split('#')[1]!);
}

async function pages(filter: LeadFilter, limit: number): Promise<string[][]> {
  const found: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await leads.list(filter, limit, cursor);
    found.push(page.items.map(({ leadId }) => leadId));
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

const FILTERS: [string, LeadFilter][] = [
  ['nothing', {}],
  ['a status', { status: 'held' }],
  ['a status that no lead has', { status: 'rejected' }],
  ['a pool', { pool: 'odd' }],
  ['an owner', { owner: 'ann' }],
  ['an owner and a status', { owner: 'ben', status: 'assigned' }],
  ['a pool and a status', { pool: 'even', status: 'contacted' }],
  ['an owner, a pool and a status', { owner: 'ann', pool: 'even', status: 'assigned' }],
];

describe.each(FILTERS)('a list by %s', (_, filter) => {
  it.each([1, 3, 10, 200])('holds every lead once, soonest due first, in pages of %i', async (limit) => {
    const found = await pages(filter, limit);
    expect(found.flat()).toEqual(expected(filter));
    expect(found.every((page) => page.length <= limit)).toBe(true);
  });
});

describe('a cursor', () => {
  it('goes on behind its lead although leads were added before it', async () => {
    const first = await leads.list({}, 10);
    const early = {
      ...all[0]!,
      leadId: 'lead-early',
      clocks: all[0]!.clocks.map((clock) => ({ ...clock, dueAt: iso(NOW - MINUTE) })),
    };
    await leads.create(early);
    const second = await leads.list({}, 10, first.cursor!);
    expect(second.items.map(({ leadId }) => leadId)).toEqual(expected({}).slice(10, 20));
  });

  it.each(['nonsense', '', Buffer.from('2026-11-20T15:00:00.000Z').toString('base64url')])(
    'that is none of ours (%p) is refused as bad input',
    async (cursor) => {
      await expect(leads.list({}, 10, cursor)).rejects.toMatchObject({
        status: 400,
        type: 'invalid-request',
      });
    },
  );
});
