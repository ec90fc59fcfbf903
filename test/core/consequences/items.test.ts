import fc from 'fast-check';
import { breachesOf, personWeeks } from '../../../core/consequences/breaches.ts';
import type { JudgedLead } from '../../../core/consequences/facts.ts';
import { consequencesOf } from '../../../core/consequences/items.ts';
import { settle } from '../../../core/consequences/settle.ts';
import type { StoredItem } from '../../../core/consequences/settle.ts';
import { toldOf } from '../../../core/consequences/told.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { weekOf } from '../../../core/reporting/week.ts';
import { epochMs } from '../../../core/time.ts';
import { loadPeople } from '../../../lib/policy/people.ts';
import { at, breach, clock, lead, livePolicy, missed } from './leads.ts';

const LATER = epochMs('2027-06-01T00:00:00Z');
const WEDNESDAY = '2026-11-18T15:00:00Z';
let policy: CompiledPolicy;
beforeAll(async () => {
  policy = await livePolicy();
});
const items = (leads: JudgedLead[], now = LATER) => consequencesOf(policy, leads, now);
const ids = (leads: JudgedLead[], now = LATER) => items(leads, now).map(({ itemId }) => itemId);
/** Four breaches of Sam in each of the weeks that begin with these Mondays. */
const badWeeks = (...mondays: string[]) => mondays.flatMap((day) => missed(4, 'sam', `${day}T15:00:00Z`));

describe('a week', () => {
  const NEW_YORK = 'America/New_York';
  test.each([
    ['2026-11-16T05:00:00Z', '2026-W47', 'its first instant, Monday 00:00 in the home zone'],
    ['2026-11-16T04:59:59.999Z', '2026-W46', 'the instant before it'],
    ['2026-11-23T04:59:59.999Z', '2026-W47', 'its last instant, on Sunday'],
    ['2026-11-23T05:00:00Z', '2026-W48', 'the first instant of the next'],
    ['2026-11-02T04:59:59.999Z', '2026-W44', 'the last of a week in which the clocks went back'],
    ['2026-11-02T05:00:00Z', '2026-W45', 'the first after it'],
    ['2026-03-09T03:59:59.999Z', '2026-W10', 'the last of a week in which the clocks went forward'],
    ['2026-03-09T04:00:00Z', '2026-W11', 'the first after that'],
    ['2027-01-01T12:00:00Z', '2026-W53', 'a new year within a week'],
  ])('holds %s in %s: %s', (instant, name) => {
    expect(weekOf(epochMs(instant), NEW_YORK).name).toBe(name);
  });

  test.each([
    ['2026-10-28T12:00:00Z', 7 * 24 + 1],
    ['2026-03-04T12:00:00Z', 7 * 24 - 1],
    ['2026-11-18T12:00:00Z', 7 * 24],
  ])('around %s has %i hours', (instant, hours) => {
    const { from, to } = weekOf(epochMs(instant), NEW_YORK);
    expect((to - from) / 3_600_000).toBe(hours);
  });
});

describe('a breach', () => {
  test('is a missed clock of somebody, in the week of its deadline however late it was judged', () => {
    const late = clock('sam', '2026-11-23T04:59:59Z', 'missed');
    const verdicts = [{ ...late.verdicts[0]!, at: at('2026-11-25T10:00:00Z') }];
    const [week] = personWeeks(policy, [lead([{ ...late, verdicts }])]);
    expect(week).toMatchObject({ personId: 'sam', week: { name: '2026-W47' } });
  });

  test.each([
    ['that was met', clock('sam', WEDNESDAY, 'met'), []],
    ['without a verdict', clock('sam', WEDNESDAY, null), []],
    ['that a role owed', clock(null, WEDNESDAY, 'missed'), []],
    ['that the record says is nobody’s', clock('sam', WEDNESDAY, 'missed'), [breach('lead.accept-1', null)]],
    [
      'whose breach is overturned',
      clock('sam', WEDNESDAY, 'missed'),
      [breach('lead.accept-1', 'sam', { state: 'overturned' })],
    ],
  ])('is none of a clock %s', (_, one, records) => {
    expect(breachesOf(policy, [lead([one], { records })])).toEqual([]);
  });

  test('turned by a late delivery is none, whatever the record still says', () => {
    const turned = clock('sam', WEDNESDAY, 'met');
    const missedFirst = { ...turned.verdicts[0]!, verdict: 'missed' as const };
    const verdicts = [missedFirst, ...turned.verdicts];
    const records = [breach('lead.accept-1', 'sam')];
    expect(breachesOf(policy, [lead([{ ...turned, verdicts }], { records })])).toEqual([]);
  });

  test('is counted once for a clock and its record, and belongs to whom the record names', () => {
    const one = clock('ava', WEDNESDAY, 'missed', { clockId: 'mql.respond-1', commitment: 'mql.respond' });
    const found = breachesOf(policy, [lead([one], { records: [breach('mql.respond-1', 'sam')] })]);
    expect(found).toMatchObject([{ personId: 'sam', commitment: 'mql.respond', at: at(WEDNESDAY) }]);
  });

  test.each([
    [breach(null, 'sam'), null],
    [breach('mql.respond-1', 'sam', { state: 'closed' }), 'mql.respond'],
  ])('is also a record alone', (record, commitment) => {
    expect(breachesOf(policy, [lead([], { records: [record] })])).toMatchObject([
      { personId: 'sam', commitment },
    ]);
  });

  test.each([
    ['had the lead from before its first rung on', '2026-11-18T14:00:00Z', 1],
    ['got it at its first rung', '2026-11-18T14:30:00Z', 1],
    ['got it after its first rung', '2026-11-18T14:30:01Z', 0],
  ])('between two timers is that of the owner who %s', (_, assigned, count) => {
    const rungs = [
      { rung: 'remind' as const, at: at('2026-11-18T14:30:00Z'), doneAt: null, outcome: null, reason: null },
    ];
    const one = clock('sam', WEDNESDAY, 'missed', {
      clockId: 'mql.respond-1',
      commitment: 'mql.respond',
      rungs,
    });
    const owner = {
      personId: 'sam',
      assignedAt: at(assigned),
      reason: '',
      via: 'round_robin' as const,
      n: 1,
    };
    expect(breachesOf(policy, [lead([one], { owner })])).toHaveLength(count);
  });

  test('of a second cycle is not that of an owner of the first', () => {
    const rungs = [{ rung: 'remind' as const, at: at(WEDNESDAY), doneAt: null, outcome: null, reason: null }];
    const change = { clockId: 'mql.respond-2', commitment: 'mql.respond', rungs, cycle: 2 };
    const owner = (personId: string, assignedAt: string, n: number) => ({
      ...{ personId, assignedAt: at(assignedAt), reason: '', via: 'round_robin' as const, n },
    });
    const back = lead([clock('ava', WEDNESDAY, 'missed', change)], {
      cycle: 2,
      cycleStartedAt: at('2026-11-18T14:00:00Z'),
      previousOwners: [owner('sam', '2026-05-01T14:00:00Z', 1)],
      owner: owner('ava', '2026-11-18T16:00:00Z', 2),
    });
    expect(breachesOf(policy, [back])).toEqual([]);
  });
});

describe('the item of a week', () => {
  test.each([
    [1, 'coaching'],
    [2, 'written_warning_and_training'],
    [3, 'written_warning_and_training'],
    [4, 'improvement_plan'],
    [9, 'improvement_plan'],
  ])('of %i breaches is %s', (count, item) => {
    const [only, ...others] = items(missed(count, 'sam', WEDNESDAY));
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      ...{ itemId: `sam/2026-W47/${item}`, diagnostic: false, tell: ['owner.manager'] },
      at: '2026-11-23T05:00:00.000Z',
    });
    expect(only?.breaches).toHaveLength(count);
    expect(only?.explanation).toContain('nothing follows by itself');
  });

  test('is opened when the week is over, and not an instant sooner', () => {
    const leads = missed(1, 'sam', WEDNESDAY);
    expect(ids(leads, epochMs('2026-11-23T05:00:00Z') - 1)).toEqual([]);
    expect(ids(leads, epochMs('2026-11-23T05:00:00Z'))).toEqual(['sam/2026-W47/coaching']);
  });

  test('is opened at once where the policy says so', () => {
    const consequences = { ...policy.consequences, opens: 'at_once' as const };
    const now = epochMs('2026-11-18T16:00:00Z');
    const [item] = consequencesOf({ ...policy, consequences }, missed(1, 'sam', WEDNESDAY), now);
    expect(item).toMatchObject({ itemId: 'sam/2026-W47/coaching', at: at(WEDNESDAY) });
  });

  test('counts each person and each week for itself', () => {
    const leads = [...missed(1, 'sam', WEDNESDAY), ...missed(2, 'ava', WEDNESDAY)];
    expect(ids([...leads, ...missed(1, 'sam', '2026-11-23T05:00:00Z')])).toEqual([
      'ava/2026-W47/written_warning_and_training',
      'sam/2026-W47/coaching',
      'sam/2026-W48/coaching',
    ]);
  });
});

describe('the pattern of rung L5', () => {
  const MONDAYS = ['2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16'];
  const reviews = (...mondays: string[]) => ids(badWeeks(...mondays)).filter((id) => id.includes('role'));

  test('is four weeks in a row at the highest step, also over a clock change, and goes to the executive', () => {
    const pattern = items(badWeeks(...MONDAYS.slice(0, 4))).at(-1);
    expect(pattern).toMatchObject({ itemId: 'sam/2026-W46/role_review', tell: ['role:executive'] });
    expect(pattern?.breaches).toHaveLength(16);
  });

  test('is told once for a row of weeks', () => {
    expect(reviews(...MONDAYS)).toEqual(['sam/2026-W46/role_review']);
  });

  test.each([
    ['three weeks', MONDAYS.slice(0, 3)],
    ['weeks with a gap', MONDAYS.filter((_, i) => i !== 2)],
  ])('is not %s', (_, mondays) => {
    expect(reviews(...mondays)).toEqual([]);
  });

  test('is not broken up by the weeks of others', () => {
    const others = MONDAYS.flatMap((day) => missed(1, 'rosa', `${day}T15:00:00Z`));
    expect(ids([...others, ...badWeeks(...MONDAYS.slice(0, 4))])).toContain('sam/2026-W46/role_review');
  });

  test('is not three weeks at the highest step and one below', () => {
    const leads = [...badWeeks(...MONDAYS.slice(0, 3)), ...missed(3, 'sam', '2026-11-09T15:00:00Z')];
    expect(ids(leads).filter((id) => id.includes('role'))).toEqual([]);
  });
});

describe('the time of diagnosis', () => {
  const of = async (launches: CompiledPolicy['consequences']['launches'], dueAt: string) => {
    const rules = await livePolicy(launches);
    return consequencesOf(rules, missed(5, 'sam', dueAt), LATER)[0];
  };
  test.each([
    ['before the launch', '2026-11-02T04:59:59Z', true],
    ['at the launch', '2026-11-02T05:00:00Z', true],
    ['in the last instant of 30 days', '2026-12-02T04:59:59.999Z', true],
    ['after 30 days', '2026-12-02T05:00:00Z', false],
  ])('a breach %s', async (_, dueAt, diagnostic) => {
    const item = await of([{ on: '2026-11-02' }], dueAt);
    expect(item).toMatchObject({ diagnostic, tell: diagnostic ? [] : ['owner.manager'] });
  });

  test('lasts as long as no launch is written down', async () => {
    expect(await of([], WEDNESDAY)).toMatchObject({ item: 'improvement_plan', diagnostic: true, tell: [] });
  });

  test('begins anew for commitments that go live later, and for them alone', async () => {
    const later = { on: '2026-11-10', of: ['lead.accept'] };
    expect(await of([{ on: '2020-01-01' }, later], WEDNESDAY)).toMatchObject({ diagnostic: true });
    const other = { ...later, of: ['ae.accept'] };
    expect(await of([{ on: '2020-01-01' }, other], WEDNESDAY)).toMatchObject({ diagnostic: false });
  });

  test('does not add to a week in which something counts', async () => {
    const rules = await livePolicy([{ on: '2026-10-18' }]);
    const before = missed(4, 'sam', '2026-11-16T15:00:00Z');
    const after = missed(1, 'sam', '2026-11-18T15:00:00Z');
    const [item] = consequencesOf(rules, [...before, ...after], LATER);
    expect(item).toMatchObject({ item: 'coaching', diagnostic: false });
  });

  test('makes no pattern', async () => {
    const rules = await livePolicy([]);
    const leads = badWeeks('2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09');
    expect(consequencesOf(rules, leads, LATER).map(({ item }) => item)).not.toContain('role_review');
  });
});

describe('whom an item tells', () => {
  test('is the manager, the executive of a pattern, nobody in a time of diagnosis, and never the person', async () => {
    const people = await loadPeople('policy/people.yaml');
    const sdr = people.find(({ role, managerId }) => role === 'sdr' && managerId !== null)!;
    const item = { personId: sdr.personId, item: 'coaching' as const, poolId: 'none', diagnostic: false };
    const told = (change: Partial<Parameters<typeof toldOf>[2]>) =>
      toldOf(policy, { people }, { ...item, tell: ['owner.manager'], ...change }, epochMs(WEDNESDAY));
    expect(told({})).toEqual([sdr.managerId]);
    expect(told({ tell: ['role:executive'] })).toEqual(
      people.filter(({ role }) => role === 'executive').map(({ personId }) => personId),
    );
    expect(told({ diagnostic: true })).toEqual([]);
    expect(told({ tell: ['owner'] })).toEqual([]);
  });
});

describe('settling', () => {
  const opened = (leads: JudgedLead[]): StoredItem[] => settle([], items(leads)).map(({ item }) => item);
  const leads = () => missed(2, 'sam', WEDNESDAY);

  test('opens an item once and tells of it once', () => {
    const facts = leads();
    const [first] = settle([], items(facts));
    expect(first).toMatchObject({ item: { state: 'open' }, tell: true });
    expect(settle(opened(facts), items(facts))).toEqual([]);
  });

  test('takes an item back when a verdict turns, and says what is called for now', () => {
    const [one, two] = leads();
    const changes = settle(opened([one!, two!]), items([one!]));
    expect(changes.map(({ item, tell }) => [item.item, item.state, tell])).toEqual([
      ['coaching', 'open', true],
      ['written_warning_and_training', 'taken_back', true],
    ]);
    const stored = changes.map(({ item }) => item);
    expect(settle(stored, items([one!]))).toEqual([]);
  });

  test('opens again what was taken back when the facts call for it again', () => {
    const facts = leads();
    const back = settle(opened(facts), []).map(({ item }) => item);
    expect(settle(back, items(facts))).toMatchObject([{ item: { state: 'open' }, tell: true }]);
  });

  test('leaves closed what a manager has closed, also with another breach of the same step', () => {
    const facts = leads();
    const closed = opened(facts).map((item) => ({ ...item, state: 'closed' as const }));
    expect(settle(closed, items(facts))).toEqual([]);
    const more = [...facts, ...missed(1, 'sam', WEDNESDAY)];
    expect(settle(closed, items(more))).toMatchObject([{ item: { state: 'closed' }, tell: false }]);
  });

  test('tells nobody of what is diagnostic, neither opened nor taken back', async () => {
    const rules = await livePolicy([]);
    const changes = settle([], consequencesOf(rules, leads(), LATER));
    const stored = changes.map(({ item }) => item);
    expect([...changes, ...settle(stored, [])].map(({ tell }) => tell)).toEqual([false, false]);
  });
});

describe('reckoning anew', () => {
  const someLead = fc
    .record({
      personId: fc.constantFrom('sam', 'ava', null),
      hour: fc.integer({ min: 0, max: 24 * 60 }),
      verdict: fc.constantFrom('met' as const, 'missed' as const, null),
    })
    .map(({ personId, hour, verdict }) =>
      lead([
        clock(personId, new Date(epochMs('2026-10-01T00:00:00Z') + hour * 3_600_000).toISOString(), verdict),
      ]),
    );

  test('gives the same items, in whatever order the leads come', () => {
    fc.assert(
      fc.property(
        fc
          .array(someLead, { maxLength: 40 })
          .chain((leads) =>
            fc.tuple(fc.constant(leads), fc.shuffledSubarray(leads, { minLength: leads.length })),
          ),
        ([leads, shuffled]) => {
          expect(items(shuffled)).toEqual(items(leads));
          expect(
            settle(
              settle([], items(leads)).map(({ item }) => item),
              items(shuffled),
            ),
          ).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('counts every breach in exactly one week, and at most one item of a step a person and week', () => {
    fc.assert(
      fc.property(fc.array(someLead, { maxLength: 40 }), (leads) => {
        const weeks = personWeeks(policy, leads);
        expect(weeks.flatMap(({ breaches }) => breaches)).toHaveLength(breachesOf(policy, leads).length);
        const steps = items(leads).filter(({ item }) => item !== 'role_review');
        expect(new Set(steps.map(({ personId, period }) => `${personId}/${period}`)).size).toBe(steps.length);
      }),
      { numRuns: 60 },
    );
  });
});
