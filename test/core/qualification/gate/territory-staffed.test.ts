import fc from 'fast-check';
import type { CompiledPolicy } from '../../../../core/policy/compiled.ts';
import { territoryStaffed } from '../../../../core/qualification/gate/fit.ts';
import type { InquiryFacts } from '../../../../core/qualification/gate/types.ts';
import type { Person } from '../../../../core/model/person.ts';
import { aPerson, aPool, leave, rosterOf, WEDNESDAY } from '../../routing/fixture.ts';
import { defaultPolicy } from '../facts.ts';

let policy: CompiledPolicy;
beforeAll(async () => {
  policy = structuredClone(await defaultPolicy());
  policy.territories.push({ id: 'ice', countries: ['AQ'], regions: [], staffed: false });
});

const ENTERPRISE = { employees: 5000 };
const inquiry = (country?: string, change: Partial<InquiryFacts> = {}): InquiryFacts => ({
  contact: { country },
  company: ENTERPRISE,
  signals: [],
  ...change,
});
const staffed = (people: Person[], facts: InquiryFacts, rules = policy) => {
  const { met, valueClass } = territoryStaffed(rules, rosterOf(...people), facts, WEDNESDAY);
  return [met, valueClass];
};
const dach = aPerson('dora', { territories: ['dach'] });

describe('a territory is staffed', () => {
  test('when the pool of the lead has an active member for it', () => {
    expect(territoryStaffed(policy, rosterOf(dach), inquiry('DE'), WEDNESDAY)).toEqual({
      criterion: 'territory_staffed',
      met: true,
      field: 'contact.country',
      valueClass: 'staffed',
      wouldPass: 'A place in a territory of the policy that is staffed, with an active member of its pool.',
      note: 'Territory dach; pool enterprise has 1 active.',
    });
  });

  test.each<[string, Person[], string | undefined, boolean, string]>([
    ['nobody at all', [], 'DE', false, 'no_active_member'],
    ['members of another territory only', [dach], 'US', false, 'no_active_member'],
    ['a member for every territory', [aPerson('all')], 'US', true, 'staffed'],
    ['a member who left', [aPerson('gone', { active: false })], 'DE', false, 'no_active_member'],
    ['another role', [aPerson('ann', { role: 'ae' })], 'DE', false, 'no_active_member'],
    ['a member of another segment', [aPerson('sam', { segments: ['smb'] })], 'DE', false, 'no_active_member'],
    ['a territory without staff', [aPerson('all')], 'AQ', false, 'not_staffed'],
    ['a country in no territory', [aPerson('all')], 'KE', false, 'no_territory'],
    ['no country', [dach], undefined, true, 'not_known'],
    ['no country and nobody', [], undefined, false, 'no_active_member'],
    ['a country that does not exist', [dach], 'QQ', true, 'not_known'],
  ])('%s', (_, people, country, met, valueClass) => {
    expect(staffed(people, inquiry(country))).toEqual([met, valueClass]);
  });

  test('by somebody who comes back, not by somebody away for good', () => {
    const back = aPerson('back', { availability: [leave('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z')] });
    const away = aPerson('away', { availability: [leave('2026-11-01T00:00:00Z', null)] });
    expect(staffed([back], inquiry('DE'))).toEqual([true, 'staffed']);
    expect(staffed([away], inquiry('DE'))).toEqual([false, 'all_away']);
    expect(staffed([away, back], inquiry('DE'))).toEqual([true, 'staffed']);
    const later = aPerson('later', { availability: [leave('2027-01-01T00:00:00Z', null)] });
    expect(staffed([later], inquiry('DE'))).toEqual([true, 'staffed']);
  });

  test('by a region where a country has several territories', () => {
    const west = aPerson('wes', { territories: ['us_west'] });
    const from = (region: string) => inquiry('US', { contact: { country: 'US', region } });
    expect(staffed([west], from('CA'))).toEqual([true, 'staffed']);
    expect(staffed([west], from('NY'))).toEqual([false, 'no_active_member']);
  });

  test('if the policy does not ask, always', () => {
    const rules = structuredClone(policy);
    rules.mqlGate.territory.staffed = false;
    expect(staffed([], inquiry('KE'), rules)).toEqual([true, 'not_asked']);
  });

  test('by the pool of the latest act that is a source', () => {
    const rules = structuredClone(policy);
    rules.pools.unshift(
      aPool({ id: 'callers', when: { sources: ['inbound_call'] }, members: { roles: ['ae'], match: [] } }),
    );
    const signal = (id: string, type: string, at: string) => ({
      id,
      type,
      at: `2026-11-${at}T00:00:00.000Z`,
    });
    const calls = [
      signal('1', 'inbound_call', '10'),
      signal('2', 'case_study', '09'),
      signal('3', 'visit', '11'),
    ];
    const then = [...calls, signal('4', 'demo_request', '12')];
    expect(staffed([dach], inquiry('DE', { signals: calls }), rules)[0]).toBe(false);
    expect(staffed([dach], inquiry('DE', { signals: then.toReversed() }), rules)[0]).toBe(true);
    expect(staffed([dach], inquiry('DE'), rules)[0]).toBe(true);
  });

  test('one more active person never takes the staff away', () => {
    const some = fc.record({
      territories: fc.subarray(['dach', 'us_east']),
      segments: fc.subarray(['enterprise', 'smb']),
      active: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(some, { maxLength: 4 }),
        some,
        fc.constantFrom('DE', 'US', undefined),
        (many, one, at) => {
          const people = many.map((change, i) => aPerson(`p${i}`, change));
          const before = staffed(people, inquiry(at))[0];
          const after = staffed([...people, aPerson('new', one)], inquiry(at))[0];
          expect(before === false || after === true).toBe(true);
        },
      ),
    );
  });
});
