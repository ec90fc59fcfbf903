import { fallbackAt, fallbackOwner, resolveRecipient } from '../../../core/routing/index.ts';
import type { RecipientContext } from '../../../core/routing/index.ts';
import type { Person } from '../../../core/model/person.ts';
import type { Recipient } from '../../../core/policy/schema/basics.ts';
import { aPerson, aPolicy, aPool, leave, rosterOf, WEDNESDAY } from './fixture.ts';

const away = { availability: [leave('2026-11-01T00:00:00.000Z', null)] };
const gone = { active: false };
const sam = aPerson('sam', { managerId: 'mia' });
const mia = aPerson('mia', { role: 'sdr_manager', managerId: 'dan' });
const dan = aPerson('dan', { role: 'sales_director', managerId: 'vic' });
const vic = aPerson('vic', { role: 'vp_sales' });
const amy = aPerson('amy', { role: 'ae', managerId: 'dan' });
const everybody = [sam, mia, dan, vic, amy];

/** The people with some of them changed or, for null, taken out. */
function having(changes: Record<string, Partial<Person> | null>): Person[] {
  return everybody.flatMap((person) => {
    const change = changes[person.personId];
    return change === null ? [] : [{ ...person, ...change }];
  });
}

function tell(recipient: Recipient, people = everybody, ctx: Partial<RecipientContext> = {}) {
  const whole = { pool: aPool(), ownerId: 'sam', previousOwnerId: null, ...ctx };
  const result = resolveRecipient(aPolicy(), rosterOf(...people), recipient, whole, WEDNESDAY);
  return [result.people.map((person) => person.personId), result.note];
}

describe('the owner', () => {
  test.each<[string, Person[], Partial<RecipientContext>, string[], string | null]>([
    ['is told', everybody, {}, ['sam'], null],
    ['is told also while away', having({ sam: away }), {}, ['sam'], 'sam is away.'],
    [
      'who has left is stood in for by the manager',
      having({ sam: gone }),
      {},
      ['mia'],
      'sam is not active; mia stands in.',
    ],
    [
      'off the roster is stood in for by the pool',
      having({ sam: null }),
      {},
      ['mia'],
      'sam is not on the roster. mia stands in.',
    ],
    [
      'is nobody, with a note, while nobody is assigned',
      everybody,
      { ownerId: null },
      [],
      'The lead has no owner.',
    ],
  ])('%s', (_, people, ctx, expected, note) => {
    expect(tell('owner', people, ctx)).toEqual([expected, note]);
  });

  test('of before is the previous one', () => {
    expect(tell('previous_owner', everybody, { previousOwnerId: 'amy' })).toEqual([['amy'], null]);
    expect(tell('previous_owner')).toEqual([[], 'The lead has no previous owner.']);
  });
});

describe("the owner's manager", () => {
  test.each<[string, Person[], string, string | null]>([
    ['is the manager', everybody, 'mia', null],
    [
      'away is stood in for by the next one up',
      having({ mia: away }),
      'dan',
      'mia, manager of sam, is away; dan stands in.',
    ],
    [
      'who has left is stood in for by the next one up',
      having({ mia: gone }),
      'dan',
      'mia, manager of sam, is not active; dan stands in.',
    ],
    [
      'with a manager away as well goes two up',
      having({ mia: away, dan: away }),
      'vic',
      'mia, manager of sam, is away; vic stands in.',
    ],
    [
      'off the roster is stood in for by the chain of command',
      having({ mia: null }),
      'dan',
      'mia, manager of sam, is not on the roster; dan stands in.',
    ],
    [
      'that does not exist is stood in for by the chain of command',
      having({ sam: { managerId: null } }),
      'mia',
      'sam has no manager; mia stands in.',
    ],
    [
      'is the nearest one above when all are away',
      having({ mia: away, dan: away, vic: away }),
      'mia',
      'mia, manager of sam, is away, and nobody above is available; mia is told anyway.',
    ],
    [
      'is found in a hierarchy that goes round in a circle',
      having({ mia: { ...away, managerId: 'sam' } }),
      'dan',
      'mia, manager of sam, is away; dan stands in.',
    ],
  ])('%s', (_, people, expected, note) => {
    expect(tell('owner.manager', people)).toEqual([[expected], note]);
  });

  test("is the pool's manager while nobody is assigned", () => {
    const note = 'The lead has no owner whose manager could be told. mia stands in.';
    expect(tell('owner.manager', everybody, { ownerId: null })).toEqual([['mia'], note]);
  });

  test('of before is the manager of the previous owner', () => {
    expect(tell('previous_owner.manager', everybody, { previousOwnerId: 'amy' })).toEqual([['dan'], null]);
  });
});

describe('a role', () => {
  const max = aPerson('max', { role: 'sdr_manager', ...away });

  test.each<[string, Recipient, Person[], string[], string | null]>([
    [
      'means all who hold it, those available first',
      'role:sdr_manager',
      [max, ...everybody],
      ['mia', 'max'],
      null,
    ],
    [
      'that nobody available holds passes to the next one up',
      'role:sdr_manager',
      having({ mia: away }),
      ['dan'],
      'Everybody with the role sdr_manager is away; dan stands in.',
    ],
    [
      'that nobody holds passes over more than one',
      'role:sdr_manager',
      having({ mia: null, dan: gone }),
      ['vic'],
      'Nobody has the role sdr_manager; vic stands in.',
    ],
    [
      'at the top that nobody holds passes down',
      'role:executive',
      everybody,
      ['vic'],
      'Nobody has the role executive; vic stands in.',
    ],
    [
      'outside the chain passes to its first',
      'role:revops',
      everybody,
      ['mia'],
      'Nobody has the role revops; mia stands in.',
    ],
    [
      'is told anyway when everybody is away',
      'role:vp_sales',
      having({ mia: away, dan: away, vic: away }),
      ['vic'],
      'Everybody with the role vp_sales is away, and nobody else is available; vic is told anyway.',
    ],
    [
      'without anybody in the chain of command is nobody, with a note',
      'role:vp_sales',
      [sam],
      [],
      'Nobody has the role vp_sales, and the chain of command is empty.',
    ],
  ])('%s', (_, recipient, people, expected, note) => {
    expect(tell(recipient, people)).toEqual([expected, note]);
  });
});

describe('a named person', () => {
  test.each<[string, Person[], string[], string | null]>([
    ['is told', everybody, ['dan'], null],
    ['away is stood in for by who is above', having({ dan: away }), ['vic'], 'dan is away; vic stands in.'],
    [
      'off the roster is stood in for by the chain of command',
      having({ dan: null }),
      ['mia'],
      'dan is not on the roster. mia stands in.',
    ],
  ])('%s', (_, people, expected, note) => {
    expect(tell('person:dan', people)).toEqual([expected, note]);
  });
});

describe('the pool', () => {
  test('has its manager resolved like any recipient', () => {
    expect(tell('pool.manager', everybody, { pool: aPool({ manager: 'person:vic' }) })).toEqual([
      ['vic'],
      null,
    ]);
  });

  test.each<[string, Recipient]>([
    ['itself', 'pool.manager'],
    ['the manager of an owner who is not there', 'owner.manager'],
  ])('whose manager is %s comes to an end', (_, manager) => {
    const [people, note] = tell('pool.manager', everybody, { pool: aPool({ manager }), ownerId: null });
    expect(people).toEqual(['mia']);
    expect(note).toContain('in a circle');
  });

  test('has a backup: its available members without the owner and the previous owner', () => {
    const aes = ['ae1', 'ae2', 'ae3', 'ae4'].map((id) =>
      aPerson(id, { role: 'ae', ...(id === 'ae4' ? away : {}) }),
    );
    const ctx = { ownerId: 'ae1', previousOwnerId: 'ae2' };
    expect(tell('pool.backup', aes, ctx)).toEqual([['ae3'], null]);
  });

  test('has its manager told when the backup is empty', () => {
    const note = 'Nobody of the backup pool backup is available. mia stands in.';
    expect(tell('pool.backup', having({ amy: away }))).toEqual([['mia'], note]);
  });
});

describe('the fallback', () => {
  const owner = (people: Person[]) =>
    fallbackOwner(aPolicy(), rosterOf(...people), aPool(), WEDNESDAY)?.personId ?? null;

  test('is due after the time of the pool', () => {
    expect(fallbackAt(aPool(), WEDNESDAY)).toBe(WEDNESDAY + 10 * 60_000);
  });

  test('is whom the pool names, or who stands in', () => {
    expect(owner(everybody)).toBe('mia');
    expect(owner(having({ mia: away }))).toBe('dan');
  });

  test('prefers somebody in their hours', () => {
    const nyc = aPerson('max', { role: 'sdr_manager', timeZone: 'America/New_York' });
    expect(owner([nyc, ...everybody])).toBe('mia');
  });

  test('is nobody while everybody is away', () => {
    expect(owner(having({ mia: away, dan: away, vic: away }))).toBeNull();
  });
});
