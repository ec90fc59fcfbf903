import fc from 'fast-check';
import { NOTICE_KINDS } from '../../../core/model/effects.ts';
import { renderNotice } from '../../../core/messages/index.ts';
import type { SeenLead } from '../../../local/replay/client.ts';
import { figuresOf, percentile, tally } from '../../../local/replay/figures.ts';
import { mailKind } from '../../../local/replay/mail-kinds.ts';
import { summaryText } from '../../../local/replay/summary.ts';
import { demoRequest, owned, worldAt } from '../../support/world.ts';

function lead(change: Partial<SeenLead>, ...statuses: string[]): SeenLead {
  const rungs = [
    { rung: 'remind', outcome: 'done' },
    { rung: 'warn', outcome: statuses.includes('met') ? null : 'passed_over' },
  ];
  return {
    ...{ leadId: 'l', source: 'demo_request', tier: 1, status: 'assigned', unassignedSince: null },
    ...{ owner: { personId: 'sam' }, previousOwners: [] },
    clocks: statuses.map((status) => ({ commitment: 'mql.respond', status, rungs })),
    ...change,
  };
}

describe('the figures of a replay', () => {
  const figures = figuresOf([
    lead({}, 'met'),
    lead({ previousOwners: [{ personId: 'jo' }] }, 'missed'),
    lead({}, 'escalated'),
    lead({}, 'at_risk'),
    lead({}, 'cancelled'),
    lead({ source: 'case_study', tier: 3, owner: null, status: 'unassigned' }, 'breached'),
  ]);

  test('count what was met in time of what was judged; what still runs or was cancelled is neither', () => {
    expect(figures.kinds).toEqual([
      {
        source: 'demo_request',
        tier: 1,
        leads: 5,
        kept: new Map([['mql.respond', { inTime: 1, judged: 3, open: 1 }]]),
      },
      {
        source: 'case_study',
        tier: 3,
        leads: 1,
        kept: new Map([['mql.respond', { inTime: 0, judged: 1, open: 0 }]]),
      },
    ]);
  });

  test('count owners at first and at the end', () => {
    expect(figures.owners).toEqual(
      new Map([
        ['sam', { first: 4, now: 5 }],
        ['jo', { first: 1, now: 0 }],
      ]),
    );
  });

  test('count rungs by commitment and name', () => {
    expect(figures.rungs.get('mql.respond remind')).toEqual({ done: 6, passedOver: 0 });
    expect(figures.rungs.get('mql.respond warn')).toEqual({ done: 0, passedOver: 5 });
    expect(figures.statuses).toEqual(
      new Map([
        ['assigned', 5],
        ['unassigned', 1],
      ]),
    );
  });

  test('are told in tables, with a line for all', () => {
    const text = summaryText({
      ...{
        name: 'test',
        notes: ['A note.'],
        from: 'then',
        to: 'later',
        figures,
        mails: null,
        events: tally(['A', 'B', 'A']),
      },
      played: {
        leadIds: ['l'],
        known: 0,
        ownerMs: [4, 8],
        withoutOwner: 1,
        contacts: 2,
        refused: [{ line: 9, reason: '409: no' }],
      },
      bad: [{ line: 3, reason: 'no date' }],
      wallMs: 1234,
    });
    expect(text).toMatch(/all +│ +│ 6 +│ 1 of 4 \(25 %\), 1 open/);
    expect(text).toContain('line 3: no date');
    expect(text).toContain('line 9: 409: no');
    expect(text).toMatch(/│ 2 +│ 4 +│ 8 +│ 8 +│ 1 /);
    expect(text).not.toContain('Mails sent');
    expect(text).toContain('1 leads and 2 first contacts from then to later, in 1.2 s.');
  });
});

describe('a percentile', () => {
  test.each([
    [[], 0.5, 0],
    [[7], 0.95, 7],
    [[4, 1, 3, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.95, 4],
  ])('of %j at %d is %d', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });

  test('has at least its share of the values at or below it', () => {
    const values = fc.array(fc.integer(), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, share) => {
        const limit = percentile(list, share);
        expect(list.filter((value) => value <= limit).length / list.length).toBeGreaterThanOrEqual(share);
      }),
    );
  });
});

const TO_PROSPECT: readonly string[] = ['acknowledgement', 'meeting_reminder'];

describe('the kind of a mail', () => {
  test.each(NOTICE_KINDS)('%s is told from the subject that the product gives it', async (notice) => {
    const world = await worldAt('2026-11-20T15:00:00Z');
    const subject = owned(world, demoRequest('2026-11-20T15:00:00Z'), 'sam');
    const person = (id: string) => world.roster.people.find(({ personId }) => personId === id)!;
    const staff = notice === 'breach_old_owner' ? person('jo') : person('sam');
    const message = renderNotice({
      ...{ notice, lead: subject, clock: subject.clocks[0]!, policy: world.policy, now: world.now },
      recipient: TO_PROSPECT.includes(notice) ? { prospect: true, email: 'ada@example.com' } : staff,
      ...{ owner: person('sam'), previousOwner: null, callFirst: null },
    } as Parameters<typeof renderNotice>[0]);
    expect(mailKind(message.subject)).toBe(notice);
  });

  test('of another sender is other', () => {
    expect(mailKind('Lunch?')).toBe('other');
  });
});
