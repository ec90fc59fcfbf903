import type { RecordItem, TimelineEntry } from '../../../../core/model/effects.ts';
import type { LeadStore, StoredActivity } from '../../../../lambdas/shared/services.ts';
import { dynamoLeads } from '../../../../lambdas/shared/stores/leads.ts';
import { smallPolicy } from '../../support/sample.ts';
import { LEADS, startTables, type Tables } from '../../support/tables.ts';

let tables: Tables;
let leads: LeadStore;

beforeAll(async () => {
  tables = await startTables();
  leads = dynamoLeads({ client: tables.client, table: LEADS, policy: smallPolicy, clock: { now: () => 0 } });
});
afterAll(() => tables.close());

const entry = (entryId: string, at: string): TimelineEntry => ({
  entryId,
  at,
  what: 'fact',
  who: 'system',
  why: 'A test.',
});

describe('the timeline', () => {
  it('is told oldest first, each entry once, whatever the order and number of writes', async () => {
    const entries = ['03', '01', '02', '01'].map((day) => entry(`e-${day}`, `2026-11-${day}T00:00:00.000Z`));
    for (const each of entries) await leads.putTimeline('lead-a', each);
    await leads.putTimeline('lead-ab', entry('other', '2026-11-01T00:00:00.000Z'));
    expect((await leads.timeline('lead-a')).map(({ entryId }) => entryId)).toEqual(['e-01', 'e-02', 'e-03']);
    expect(await leads.timeline('lead-none')).toEqual([]);
  });

  it('is read to its end although it does not fit into one page', async () => {
    const why = 'x'.repeat(60_000);
    const entries = Array.from({ length: 30 }, (_, n) => ({
      ...entry(`e-${n + 10}`, `2026-11-${n + 1}`),
      why,
    }));
    await Promise.all(entries.map((each) => leads.putTimeline('lead-long', each)));
    expect(await leads.timeline('lead-long')).toHaveLength(30);
  });
});

describe('a record', () => {
  const record: RecordItem = {
    recordId: 'mql.respond-1/breach',
    type: 'breach',
    at: '2026-11-20T15:09:05.000Z',
    assignee: 'mona',
    title: 'No attempt in time',
    clockId: 'mql.respond-1',
    rung: 'breach',
    personId: 'sam',
    state: 'open',
  };

  it('is not opened again when its effect is performed twice', async () => {
    await leads.putRecord('lead-a', { ...record, state: 'closed' });
    await leads.putRecord('lead-a', record);
    await leads.putRecord('lead-a', { ...record, type: 'task' });
    expect((await leads.records('lead-a')).map(({ type, state }) => `${type} ${state}`)).toEqual([
      'breach closed',
      'task open',
    ]);
  });
});

describe('an activity', () => {
  const activity: StoredActivity = {
    activityId: 'call-1',
    occurredAt: '2026-11-20T15:07:00.000Z',
    countsAt: '2026-11-20T15:07:00.000Z',
    receivedAt: '2026-11-20T15:07:01.000Z',
    contact: false,
    backDated: false,
    personId: 'sam',
    type: 'call',
    outcome: 'no_answer',
    recordedBy: { kind: 'system', name: 'dialler' },
    attempt: true,
  };

  it('is kept as it came first', async () => {
    expect(await leads.getActivity('lead-a', 'call-1')).toBeUndefined();
    expect(await leads.putActivity('lead-a', activity)).toBe('created');
    expect(await leads.putActivity('lead-a', { ...activity, outcome: 'connected' })).toBe('exists');
    expect(await leads.getActivity('lead-a', 'call-1')).toEqual(activity);
    expect(await leads.getActivity('lead-b', 'call-1')).toBeUndefined();
  });

  it('is taken from one of many deliveries at once', async () => {
    const twin = { ...activity, activityId: 'call-2' };
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => leads.putActivity('lead-a', twin)));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
  });
});
