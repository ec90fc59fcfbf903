import { closeItem, decideItems } from '../../../core/consequences/decide.ts';
import type { JudgedLead } from '../../../core/consequences/facts.ts';
import { consequencesOf } from '../../../core/consequences/items.ts';
import type { KeptItem } from '../../../core/consequences/kept.ts';
import type { World } from '../../../core/ladder/tell.ts';
import type { Person } from '../../../core/model/person.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { epochMs } from '../../../core/time.ts';
import { loadPeople } from '../../../lib/policy/people.ts';
import { livePolicy, missed } from './leads.ts';

const WEDNESDAY = '2026-11-18T15:00:00Z';
/** The week is over; it is five past midnight in New York, where everybody sleeps. */
const AT_NIGHT = '2026-11-23T05:05:00Z';
const AT_EIGHT = '2026-11-23T13:00:00.000Z';
const BY_DAY = '2026-11-23T15:05:00Z';
let policy: CompiledPolicy;
let diagnosis: CompiledPolicy;
let people: Person[];
beforeAll(async () => {
  [policy, diagnosis] = [await livePolicy(), await livePolicy([])];
  people = await loadPeople('policy/people.yaml');
});

const world = (at: string, rules = policy): World => ({
  policy: rules,
  roster: { version: 1, people },
  now: epochMs(at),
});
/** One run of the schedule over what is stored: the items as they lie there afterwards. */
function run(stored: KeptItem[], leads: JudgedLead[], at: string, rules = policy): KeptItem[] {
  const due = consequencesOf(rules, leads, epochMs(at));
  const changed = decideItems(world(at, rules), stored, due);
  const ids = new Set(changed.map(({ itemId }) => itemId));
  return [...changed, ...stored.filter(({ itemId }) => !ids.has(itemId))];
}
/** Everything that is owed has been performed. */
const performed = (items: KeptItem[]): KeptItem[] =>
  items.map((item) => {
    const told = item.owed.flatMap((effect) =>
      effect.kind === 'notice' && effect.notice === 'item_opened' ? [effect.recipient] : [],
    );
    return { ...item, owed: [], told: [...item.told, ...told], version: item.version + 1 };
  });
const owes = (items: KeptItem[]) => items.flatMap(({ owed }) => owed.map(({ id }) => id));

test('an item that is opened by day tells the manager at once, after the fact is on the bus', () => {
  const [item] = run([], missed(1, 'sam', WEDNESDAY), BY_DAY);
  expect(item).toMatchObject({ state: 'open', version: 1, opened: 1, told: [], held: [], closed: null });
  expect(owes([item!])).toEqual([
    'sam/2026-W47/coaching/ConsequenceOpened/1',
    'sam/2026-W47/coaching/item_opened/mona/1',
  ]);
});

test('at night the mail is held for the opening of whom it is for, and released then, once', () => {
  const facts = missed(1, 'sam', WEDNESDAY);
  const night = performed(run([], facts, AT_NIGHT));
  expect(night).toMatchObject([{ told: [], held: [{ notice: { recipient: 'mona' }, until: AT_EIGHT }] }]);
  expect(
    decideItems(world('2026-11-23T12:59:59Z'), night, consequencesOf(policy, facts, epochMs(BY_DAY))),
  ).toEqual([]);
  const morning = run(night, facts, AT_EIGHT);
  expect(owes(morning)).toEqual(['sam/2026-W47/coaching/item_opened/mona/1']);
  const told = performed(morning);
  expect(told).toMatchObject([{ told: ['mona'], held: [] }]);
  expect(run(told, facts, BY_DAY)).toEqual(told);
});

test('what is taken back before anybody was told tells nobody', () => {
  const night = performed(run([], missed(1, 'sam', WEDNESDAY), AT_NIGHT));
  const back = run(night, [], AT_EIGHT);
  expect(back).toMatchObject([{ state: 'taken_back', held: [], told: [] }]);
  expect(owes(back)).toEqual(['sam/2026-W47/coaching/ConsequenceTakenBack/1']);
});

test('who has been told is told when it is taken back, also if their manager is another one by then', () => {
  const facts = missed(1, 'sam', WEDNESDAY);
  const told = performed(run([], facts, BY_DAY));
  const others = people.map((one) => (one.personId === 'sam' ? { ...one, managerId: 'aaron' } : one));
  const later = { ...world(BY_DAY), roster: { version: 2, people: others } };
  const [back] = decideItems(later, told, []);
  expect(owes([back!])).toEqual([
    'sam/2026-W47/coaching/ConsequenceTakenBack/1',
    'sam/2026-W47/coaching/item_taken_back/mona/1',
  ]);
});

test('a mail that may have left before its sender died is followed by one that takes it back', () => {
  const unfinished = run([], missed(1, 'sam', WEDNESDAY), BY_DAY);
  expect(owes(run(unfinished, [], BY_DAY))).toEqual([
    'sam/2026-W47/coaching/ConsequenceOpened/1',
    'sam/2026-W47/coaching/ConsequenceTakenBack/1',
    'sam/2026-W47/coaching/item_taken_back/mona/1',
  ]);
});

test('what is called for again is told again, under another id', () => {
  const facts = missed(1, 'sam', WEDNESDAY);
  const back = performed(run(performed(run([], facts, BY_DAY)), [], BY_DAY));
  const again = run(back, facts, BY_DAY);
  expect(again).toMatchObject([{ state: 'open', opened: 2, told: [] }]);
  expect(owes(again)).toContain('sam/2026-W47/coaching/item_opened/mona/2');
});

test('a pattern goes to the executive under a name of its own', () => {
  const mondays = ['2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16'];
  const leads = mondays.flatMap((day) => missed(4, 'sam', `${day}T15:00:00Z`));
  expect(owes(run([], leads, BY_DAY)).filter((id) => id.includes('role_review'))).toEqual([
    'sam/2026-W47/role_review/PatternFound/1',
    'sam/2026-W47/role_review/item_opened/vera/1',
  ]);
});

describe('the time of diagnosis', () => {
  test('leaves an item and owes nothing, neither opened nor taken back', () => {
    const items = run([], missed(4, 'sam', WEDNESDAY), BY_DAY, diagnosis);
    expect(items).toMatchObject([{ state: 'open', diagnostic: true, owed: [], held: [] }]);
    expect(run(items, [], BY_DAY, diagnosis)).toMatchObject([{ state: 'taken_back', owed: [] }]);
  });

  test('that is written down late takes back what was told', () => {
    const facts = missed(1, 'sam', WEDNESDAY);
    const corrected = run(performed(run([], facts, BY_DAY)), facts, BY_DAY, diagnosis);
    expect(corrected).toMatchObject([{ state: 'open', diagnostic: true, told: [] }]);
    expect(owes(corrected)).toContain('sam/2026-W47/coaching/item_taken_back/mona/2');
  });

  test('that turns out to be over opens what was only looked at', () => {
    const facts = missed(1, 'sam', WEDNESDAY);
    const items = run(run([], facts, BY_DAY, diagnosis), facts, BY_DAY);
    expect(items).toMatchObject([{ diagnostic: false, opened: 2 }]);
    expect(owes(items)).toContain('sam/2026-W47/coaching/item_opened/mona/2');
  });
});

test('what a manager has closed stays closed, with its reason, until the facts no longer call for it', () => {
  const facts = missed(2, 'sam', WEDNESDAY);
  const told = performed(run([], facts, BY_DAY));
  const closed = performed([closeItem(world(BY_DAY), told[0]!, 'mona', 'Talked it over.')]);
  const more = run(closed, [...facts, ...missed(1, 'sam', WEDNESDAY)], BY_DAY);
  expect(more).toMatchObject([
    { state: 'closed', closed: { by: 'mona', reason: 'Talked it over.' }, owed: [] },
  ]);
  expect(more[0]!.breaches).toHaveLength(3);
  expect(run(closed, [], BY_DAY)).toMatchObject([{ state: 'taken_back' }]);
});

test('closing says who closed it, and nothing of what they typed', () => {
  const [item] = performed(run([], missed(1, 'sam', WEDNESDAY), BY_DAY));
  const { owed } = closeItem(world(BY_DAY), item!, 'mona', 'Ada Byron called back.');
  expect(owed).toMatchObject([{ detailType: 'ConsequenceClosed', data: { personId: 'sam', by: 'mona' } }]);
  expect(JSON.stringify(owed)).not.toContain('Ada');
});

test('closing in the night spares the mail', () => {
  const [item] = performed(run([], missed(1, 'sam', WEDNESDAY), AT_NIGHT));
  expect(closeItem(world(AT_NIGHT), item!, 'mona', 'Known.').held).toEqual([]);
});
