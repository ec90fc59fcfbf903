import { choosePool, membersOf, NoPoolForLead } from '../../../core/routing/index.ts';
import type { LeadTraits } from '../../../core/routing/index.ts';
import { aPerson, ANYONE_ELSE, aPool, rosterOf } from './fixture.ts';

const pools = [
  aPool({ id: 'spare', when: { never: true } }),
  aPool({ id: 'partners', when: { partners: ['p-1', 'p-2'] } }),
  aPool({ id: 'any-partner', when: { partners: 'any' } }),
  aPool({ id: 'big-emea', when: { territories: ['emea'], segments: ['enterprise'] } }),
  aPool({ id: 'health', when: { verticals: ['Healthcare'] } }),
  aPool({ id: 'calls', when: { sources: ['inbound_call'] } }),
  aPool({ id: 'rest' }),
];

describe('choosePool', () => {
  test.each<[string, Partial<LeadTraits & { source: string }>, string]>([
    ['the pool of a named partner', { partnerId: 'p-2' }, 'partners'],
    ['the pool of any partner', { partnerId: 'p-9' }, 'any-partner'],
    ['a pool of which all conditions hold', { territory: 'emea', segment: 'enterprise' }, 'big-emea'],
    ['no pool of which only one condition holds', { territory: 'emea', segment: 'smb' }, 'rest'],
    ['no pool with a condition on something unknown', { territory: 'emea' }, 'rest'],
    ['the pool of a vertical, whatever its case', { vertical: 'healthcare' }, 'health'],
    ['the pool of a source', { source: 'inbound_call' }, 'calls'],
    ['the earlier row when two hold', { vertical: 'Healthcare', source: 'inbound_call' }, 'health'],
    ['the catch-all for the rest, and never a spare pool', {}, 'rest'],
  ])('takes %s', (_, traits, expected) => {
    expect(choosePool({ pools }, { ...ANYONE_ELSE, source: 'webinar_attendee', ...traits }).id).toBe(
      expected,
    );
  });

  test('throws a named error when the policy has no catch-all', () => {
    const choose = () => choosePool({ pools: pools.slice(0, 3) }, { ...ANYONE_ELSE, source: 'demo_request' });
    expect(choose).toThrow(NoPoolForLead);
  });
});

describe('membersOf', () => {
  const people = rosterOf(
    aPerson('all'),
    aPerson('emea', { territories: ['emea'] }),
    aPerson('amer', { territories: ['amer'], segments: ['smb'] }),
    aPerson('health', { verticals: ['healthcare'] }),
    aPerson('partner', { partners: ['p-1'] }),
    aPerson('gone', { active: false }),
    aPerson('boss', { role: 'sdr_manager' }),
  );
  const idsFor = (match: ('territory' | 'segment' | 'vertical' | 'partner')[], traits: Partial<LeadTraits>) =>
    membersOf(aPool({ members: { roles: ['sdr'], match } }), people, { ...ANYONE_ELSE, ...traits }).map(
      (p) => p.personId,
    );
  const everybody = ['all', 'emea', 'amer', 'health', 'partner'];

  test.each<[string, Parameters<typeof idsFor>, string[]]>([
    ['active people with the role when nothing is matched', [[], { territory: 'emea' }], everybody],
    [
      'people whose lists are empty or hold the value',
      [['territory'], { territory: 'emea' }],
      ['all', 'emea', 'health', 'partner'],
    ],
    [
      'only those who match on every count',
      [['territory', 'segment'], { territory: 'amer', segment: 'enterprise' }],
      ['all', 'health', 'partner'],
    ],
    ['everybody for a value that the lead does not tell', [['territory', 'vertical'], {}], everybody],
    ['verticals whatever their case', [['vertical'], { vertical: 'HealthCare' }], everybody],
    [
      'specialists not for another vertical',
      [['vertical'], { vertical: 'retail' }],
      ['all', 'emea', 'amer', 'partner'],
    ],
    ['only those who name the partner', [['partner'], { partnerId: 'p-1' }], ['partner']],
    [
      'those without any partner when nobody names it',
      [['partner'], { partnerId: 'p-9' }],
      ['all', 'emea', 'amer', 'health'],
    ],
  ])('are %s', (_, args, expected) => {
    expect(idsFor(...args)).toEqual(expected);
  });
});
