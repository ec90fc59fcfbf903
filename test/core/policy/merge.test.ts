import fc from 'fast-check';
import { differences } from '../../../core/policy/differences.ts';
import { mergeLayers } from '../../../core/policy/merge.ts';
import { placeAt } from '../../../core/policy/place.ts';

const BASE = {
  name: 'base',
  home: { timeZone: 'America/New_York', country: 'US', region: 'MA' },
  managerRoles: ['sdr_manager', 'ae_manager'],
  sources: [
    { id: 'demo', intent: 'high', target: 'PT5M' },
    { id: 'chat', intent: 'high', target: 'PT5M' },
  ],
  tiers: [{ tier: 1, target: 'PT5M' }],
  stages: [{ id: 'discovery', stage: 1, title: 'Discovery' }],
  commitments: [
    {
      id: 'respond',
      stop: ['contacted', 'closed'],
      rungs: [
        { rung: 'remind', at: { percent: 50 }, tell: ['owner'] },
        { rung: 'breach', at: { percent: 100 }, tell: ['owner'] },
      ],
    },
  ],
};

function over(overlay: object, base: object = BASE): { value: unknown; findings: string[] } {
  const { value, findings } = mergeLayers([overlay, base]);
  return { value, findings: findings.map((one) => `${one.place.path.join('.')}: ${one.message}`) };
}

/** What an overlay changes, as `path: value`. */
function changed(overlay: object): string[] {
  const { value, findings } = over(overlay);
  expect(findings).toEqual([]);
  return differences(BASE, value).map(({ path, own }) => `${path}: ${JSON.stringify(own)}`);
}

describe('an overlay', () => {
  test.each<[string, object, string[]]>([
    ['that says nothing changes nothing', {}, []],
    ['replaces a plain value', { name: 'own' }, ['name: "own"']],
    ['replaces a key of a mapping and leaves the others', { home: { region: 'NY' } }, ['home.region: "NY"']],
    ['takes a key away by null', { home: { region: null } }, ['home.region: undefined']],
    ['adds a key', { routing: { catchUpTurns: 1 } }, ['routing: {"catchUpTurns":1}']],
    [
      'replaces a list of plain values as a whole',
      { managerRoles: ['revops'] },
      ['managerRoles: ["revops"]'],
    ],
    [
      'changes the row of the same id',
      { sources: [{ id: 'chat', target: 'PT9S' }] },
      ['sources[chat].target: "PT9S"'],
    ],
    [
      'appends a row of another id',
      { sources: [{ id: 'fair', target: 'PT1H' }] },
      ['sources[fair]: {"id":"fair","target":"PT1H"}'],
    ],
    ['removes a row', { sources: [{ id: 'demo', remove: true }] }, ['sources[demo]: undefined']],
    ['knows a tier by its number', { tiers: [{ tier: 1, target: 'PT9S' }] }, ['tiers[1].target: "PT9S"']],
    [
      'knows a stage by its id or its number',
      { stages: [{ stage: 1, title: 'First' }] },
      ['stages[discovery].title: "First"'],
    ],
    [
      'knows a rung by its name, inside of a commitment',
      { commitments: [{ id: 'respond', rungs: [{ rung: 'remind', tell: ['role:revops'] }] }] },
      ['commitments[respond].rungs[remind].tell: ["role:revops"]'],
    ],
    [
      'removes a rung',
      { commitments: [{ id: 'respond', rungs: [{ rung: 'remind', remove: true }] }] },
      ['commitments[respond].rungs[remind]: undefined'],
    ],
    [
      'replaces when a rung is due as a whole: a percentage and a span together would say nothing',
      { commitments: [{ id: 'respond', rungs: [{ rung: 'remind', at: { afterStart: 'PT9S' } }] }] },
      ['commitments[respond].rungs[remind].at: {"afterStart":"PT9S"}'],
    ],
    [
      'may take the other way of saying it away explicitly',
      {
        commitments: [
          { id: 'respond', rungs: [{ rung: 'remind', at: { percent: null, afterStart: 'PT9S' } }] },
        ],
      },
      ['commitments[respond].rungs[remind].at: {"afterStart":"PT9S"}'],
    ],
    [
      'replaces a list without names inside of a row',
      { commitments: [{ id: 'respond', stop: ['contacted'] }] },
      ['commitments[respond].stop: ["contacted"]'],
    ],
    ['may say something of another kind, which the schema then judges', { home: 7 }, ['home: 7']],
  ])('%s', (_, overlay, expected) => {
    expect(changed(overlay)).toEqual(expected);
  });

  test.each<[string, object, string]>([
    [
      'takes a key away that is not there',
      { home: { regoin: null } },
      'home.regoin: takes away what is not there (did you mean region?)',
    ],
    [
      'removes a row that is not there',
      { sources: [{ id: 'demoo', remove: true }] },
      'sources.0: removes a row that is not there (did you mean demo?)',
    ],
    [
      'says something about a row that it removes',
      { sources: [{ id: 'demo', remove: true, target: 'PT1S' }] },
      'sources.0: a row that is removed says nothing else',
    ],
    [
      'has a row twice',
      { sources: [{ id: 'demo', target: 'PT1S' }, { id: 'chat' }, { id: 'demo', target: 'PT2S' }] },
      'sources.2: the row is given twice; each may be given once in a file',
    ],
  ])('is told when it %s', (_, overlay, expected) => {
    expect(over(overlay).findings).toEqual([expected]);
  });

  test('keeps the order of rows and appends new ones at the end', () => {
    const { value } = over({ sources: [{ id: 'fair' }, { id: 'chat', target: 'PT1S' }] });
    expect((value as typeof BASE).sources.map(({ id }) => id)).toEqual(['demo', 'chat', 'fair']);
  });

  test('leaves the contents that it was given as they are', () => {
    const before = structuredClone(BASE);
    over({ home: { region: null }, sources: [{ id: 'demo', remove: true }] });
    expect(BASE).toEqual(before);
  });

  test('over an overlay wins, and both win over the base', () => {
    const upper = { sources: [{ id: 'fair', target: 'PT1S' }], name: 'upper' };
    const middle = {
      sources: [
        { id: 'fair', intent: 'low', target: 'PT2S' },
        { id: 'demo', remove: true },
      ],
    };
    const { value, place, findings } = mergeLayers([upper, middle, BASE]);
    expect(findings).toEqual([]);
    expect(value).toEqual({
      ...BASE,
      name: 'upper',
      sources: [BASE.sources[1], { id: 'fair', intent: 'low', target: 'PT1S' }],
    });
    const origin = (...path: (string | number)[]) => {
      const { layer, path: there } = placeAt(place, path);
      return [layer, there.join('.')];
    };
    expect(origin('sources', 0, 'target')).toEqual([2, 'sources.1.target']);
    expect(origin('sources', 1, 'target')).toEqual([0, 'sources.0.target']);
    expect(origin('sources', 1, 'intent')).toEqual([1, 'sources.0.intent']);
    expect(origin('commitments', 0, 'rungs', 1, 'at', 'percent')).toEqual([
      2,
      'commitments.0.rungs.1.at.percent',
    ]);
  });

  test('changes exactly what it names, whatever that is', () => {
    const targets = fc.dictionary(fc.constantFrom('demo', 'chat', 'x', 'y'), fc.constantFrom('PT1S', 'PT2S'));
    fc.assert(
      fc.property(targets, fc.shuffledSubarray(['demo', 'chat']), (wanted, removed) => {
        const kept = Object.entries(wanted).filter(([id]) => !removed.includes(id));
        const { value, findings } = over({
          sources: [
            ...kept.map(([id, target]) => ({ id, target })),
            ...removed.map((id) => ({ id, remove: true })),
          ],
        });
        expect(findings).toEqual([]);
        const rows = new Map((value as typeof BASE).sources.map((row) => [row.id, row.target]));
        const expected = new Map(BASE.sources.map(({ id, target }) => [id, target]));
        for (const [id, target] of kept) expected.set(id, target);
        for (const id of removed) expected.delete(id);
        expect([...rows]).toEqual([...expected]);
      }),
    );
  });
});
