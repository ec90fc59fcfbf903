import { checkRoster } from '../../../core/routing/index.ts';
import type { Person } from '../../../core/model/person.ts';
import type { PoolRow } from '../../../core/policy/schema/people.ts';
import { aPerson, aPolicy, aPool } from './fixture.ts';

const sound = [
  aPerson('sam', { managerId: 'mia', onCall: true }),
  aPerson('mia', { role: 'sdr_manager', managerId: 'dan' }),
  aPerson('dan', { role: 'sales_director' }),
  aPerson('amy', { role: 'ae' }),
];
const backup = aPool({ id: 'backup', when: { never: true }, members: { roles: ['ae'], match: [] } });

const errors = (...people: Person[]) => checkRoster(aPolicy(), people).errors;
const warnings = (people: Person[], ...pools: PoolRow[]) =>
  checkRoster(aPolicy(pools.length > 0 ? { pools } : {}), people).warnings;

test('a sound roster has nothing to report', () => {
  expect(checkRoster(aPolicy(), sound)).toEqual({ errors: [], warnings: [] });
});

describe('a roster is refused for', () => {
  const bad = (field: string, value: unknown) => aPerson('sam', { [field]: value });

  test.each<[string, Person, string, string]>([
    ['an unknown manager', bad('managerId', 'who'), 'managerId', 'who is not on the roster'],
    ['an unknown calendar', bad('calendar', 'moon'), 'calendar', 'moon is unknown; allowed: office'],
    [
      'an unknown zone',
      bad('timeZone', 'Europe/Atlantis'),
      'timeZone',
      'Europe/Atlantis is not an IANA time zone',
    ],
    ['an offset for a zone', bad('timeZone', '+01:00'), 'timeZone', '+01:00 is not an IANA time zone'],
    [
      'an unknown role',
      bad('role', 'king'),
      'role',
      expect.stringMatching(/^king is unknown; allowed: sdr, /) as string,
    ],
    [
      'an unknown territory',
      bad('territories', ['emea', 'mars']),
      'territories',
      'mars is unknown; allowed: emea, amer, nowhere',
    ],
    [
      'an unknown segment',
      bad('segments', ['huge']),
      'segments',
      'huge is unknown; allowed: enterprise, mid_market, smb',
    ],
    ['a weight of nothing', bad('weight', 0), 'weight', '0 is not a weight; it must be above 0'],
    [
      'a weight without end',
      bad('weight', Infinity),
      'weight',
      'Infinity is not a weight; it must be above 0',
    ],
    ['a negative cap', bad('openLeadCap', -1), 'openLeadCap', '-1 is not a cap; it must be 0 or more'],
    [
      'a leave that ends before it begins',
      bad('availability', [
        { available: false, from: '2026-11-10T00:00:00.000Z', until: '2026-11-09T00:00:00.000Z', reason: '' },
      ]),
      'availability',
      'an entry ends at 2026-11-09T00:00:00.000Z, not after it begins',
    ],
  ])('%s', (_, person, field, message) => {
    expect(errors(person)).toEqual([{ path: `people.sam.${field}`, message }]);
  });

  test('an id that comes twice, once', () => {
    expect(errors(aPerson('sam'), aPerson('sam'), aPerson('sam'))).toEqual([
      { path: 'people.sam.personId', message: 'sam is on the roster more than once' },
    ]);
  });

  test('a circle in the hierarchy, named once, and not for those below it', () => {
    const people = [
      ['e', 'b'],
      ['d', 'b'],
      ['c', 'd'],
      ['b', 'c'],
      ['a', null],
    ] as const;
    const found = errors(...people.map(([id, managerId]) => aPerson(id, { managerId })));
    expect(found).toEqual([
      { path: 'people.b.managerId', message: 'the hierarchy goes round in a circle: b → c → d → b' },
    ]);
  });

  test('somebody who is their own manager', () => {
    expect(errors(aPerson('sam', { managerId: 'sam' }))).toEqual([
      { path: 'people.sam.managerId', message: 'the hierarchy goes round in a circle: sam → sam' },
    ]);
  });

  test('everything at once', () => {
    expect(
      errors(aPerson('sam', { weight: -1, calendar: 'moon' }), aPerson('tim', { managerId: 'who' })),
    ).toHaveLength(3);
  });
});

describe('a roster is reported for', () => {
  const but = (...ids: string[]) =>
    sound.map((person) => (ids.includes(person.personId) ? { ...person, active: false } : person));

  test('a pool without any active member', () => {
    expect(warnings(but('sam'))).toEqual([
      { path: 'pools.general.members', message: 'pool general has no active member (sdr)' },
      { path: 'people', message: 'nobody is on call among the active people of the pools (sdr)' },
    ]);
  });

  test('a territory for which a pool has nobody, unless it is not staffed', () => {
    const pool = aPool({ members: { roles: ['sdr'], match: ['territory', 'segment'] } });
    const people = sound.map((p) =>
      p.personId === 'sam' ? { ...p, territories: ['emea'], segments: ['smb', 'enterprise'] } : p,
    );
    expect(warnings(people, { ...pool, when: { segments: ['smb'] } }, backup)).toEqual([
      { path: 'pools.general.members', message: 'pool general has no active member for leads of amer, smb' },
    ]);
  });

  test('no gap in a pool that no lead reaches', () => {
    const after = aPool({ id: 'after', members: { roles: ['revops'], match: [] } });
    expect(warnings(sound, aPool(), after, backup)).toEqual([]);
  });

  test('an empty backup', () => {
    expect(warnings(but('amy'))).toEqual([
      {
        path: 'pools.general.backup.pool',
        message: 'backup pool backup of pool general has no active member',
      },
    ]);
  });

  test('a backup that the policy does not have', () => {
    expect(warnings(sound, aPool())).toEqual([
      {
        path: 'pools.general.backup.pool',
        message: 'backup pool backup of pool general is not in the policy',
      },
    ]);
  });

  test('a manager and a fallback who mean nobody, though others would stand in', () => {
    const pool = aPool({ manager: 'role:vp_sales', fallback: { after: 'PT10M', to: 'person:who' } });
    expect(warnings(sound, pool, backup).map(({ message }) => message)).toEqual([
      'role:vp_sales of pool general means nobody active',
      'person:who of pool general means nobody active',
    ]);
  });

  test('a fallback that needs an owner, of whom there is none then', () => {
    expect(warnings(sound, aPool({ fallback: { after: 'PT10M', to: 'owner.manager' } }), backup)).toEqual([
      { path: 'pools.general.fallback.to', message: 'owner.manager of pool general means nobody active' },
    ]);
  });

  test('a manager who is not active', () => {
    expect(warnings(but('dan'))).toEqual([
      { path: 'people.mia.managerId', message: 'dan is not active; messages for the manager go further up' },
    ]);
  });
});
