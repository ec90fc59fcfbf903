import type { TimelineEntry } from '../../../core/model/effects.ts';
import type { Lead } from '../../../core/model/lead.ts';
import { epochMs, iso } from '../../../core/time.ts';
import { handler as getLead } from '../../../lambdas/api/get-lead/handler.ts';
import { handler as getTimeline } from '../../../lambdas/api/get-timeline/handler.ts';
import { handler as listLeads } from '../../../lambdas/api/list-leads/handler.ts';
import { call } from '../support/event.ts';
import { sampleLead, smallPolicy } from '../support/sample.ts';
import { serve, type TestServices } from '../support/services.ts';
import { startTables, type Tables } from '../support/tables.ts';

const NOW = epochMs('2026-11-20T15:05:00Z');
let tables: Tables;
let services: TestServices;

beforeAll(async () => {
  tables = await startTables();
  services = serve(tables, smallPolicy, NOW);
  for (let n = 0; n < 5; n += 1) await services.leads.create(aLead(n));
});
afterAll(() => tables.close());

function aLead(n: number): Lead {
  const clocks = sampleLead.clocks.map((clock) => ({ ...clock, dueAt: iso(NOW + (10 - n) * 60_000) }));
  return { ...sampleLead, leadId: `lead-${n}`, clocks };
}

describe('a lead', () => {
  it('is answered with its clocks, owner, contact and execution, and nothing of its workings', async () => {
    const { status, body } = await call(getLead, { path: { leadId: 'lead-0' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      leadId: 'lead-0',
      status: 'assigned',
      pool: sampleLead.poolId,
      owner: { personId: 'sam', reason: sampleLead.owner!.reason },
      dueAt: iso(NOW + 10 * 60_000),
      contact: { email: 'ada@prospect.example' },
      clocks: [
        {
          commitment: 'mql.respond',
          status: 'within_sla',
          target: 'PT5M',
          rungs: [{ rung: 'remind', doneAt: null }, {}, {}],
        },
      ],
      executionArn: 'arn:execution:mql-response:lead-0-1',
    });
    for (const inner of ['owed', 'held', 'version', 'judged', 'poolId', 'execution'])
      expect(body).not.toHaveProperty(inner);
    expect(body.clocks[0]).not.toHaveProperty('wakeAt');
  });

  it.each([getLead, getTimeline])('that nobody knows is a 404', async (handler) => {
    const { status, body } = await call(handler, { path: { leadId: 'lead-none' } });
    expect([status, body.type]).toEqual([404, 'urn:lead-sla:problem:not-found']);
  });

  it('of an id that cannot be one is bad input', async () => {
    expect((await call(getLead, { path: { leadId: 'lead 1/..' } })).body.errors[0]?.path).toBe('path.leadId');
  });
});

describe('a list', () => {
  it('tells soonest due first, page by page, without contact data', async () => {
    const first = await call(listLeads, { query: { owner: 'sam', limit: '3' } });
    const second = await call(listLeads, { query: { owner: 'sam', limit: '3', cursor: first.body.cursor } });
    const leads = [...first.body.leads, ...second.body.leads];
    expect(leads.map(({ leadId }) => leadId)).toEqual(['lead-4', 'lead-3', 'lead-2', 'lead-1', 'lead-0']);
    expect(second.body.cursor).toBeNull();
    expect(JSON.stringify(leads)).not.toMatch(/ada@|Byron|617/);
  });

  it.each([
    ['limit', '201'],
    ['limit', 'many'],
    ['status', 'lost'],
    ['cursor', 'nonsense'],
    ['owner', '../x'],
  ])('by %s=%s is refused with the path', async (key, value) => {
    const { status, body } = await call(listLeads, { query: { [key]: value } });
    expect([status, body.errors[0]?.path]).toEqual([400, `query.${key}`]);
  });
});

describe('a timeline', () => {
  it('is told oldest first, and causes before consequences of the same instant', async () => {
    const facts: [string, string][] = [
      ['2026-11-20T15:09:05.000Z', 'lead_reassigned'],
      ['2026-11-20T15:09:05.000Z', 'rung_breach'],
      ['2026-11-20T15:04:05.000Z', 'clock_met'],
      ['2026-11-20T15:04:05.000Z', 'lead_assigned'],
      ['2026-11-20T15:04:05.000Z', 'clock_started'],
      ['2026-11-20T15:04:05.000Z', 'lead_received'],
    ];
    for (const [at, what] of facts) {
      const entry: TimelineEntry = { entryId: what, at, what, who: 'system', why: `Because of ${what}.` };
      await services.leads.putTimeline('lead-0', entry);
    }
    const { body } = await call(getTimeline, { path: { leadId: 'lead-0' } });
    expect(body.timeline.map(({ what }) => what)).toEqual(facts.map(([, what]) => what).reverse());
    expect(body.timeline[0]).toMatchObject({ who: 'system', why: 'Because of lead_received.' });
  });
});
