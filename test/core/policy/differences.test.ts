import { differences } from '../../../core/policy/differences.ts';

const rows = (...targets: [string, string][]) => ({
  sources: targets.map(([id, target]) => ({ id, target })),
});

describe('differences', () => {
  test.each<[string, unknown, unknown, unknown[]]>([
    ['equal contents have none, in whatever order their keys are', { a: 1, b: [2] }, { b: [2], a: 1 }, []],
    [
      'a value that differs is told by its path',
      { home: { region: 'MA' } },
      { home: { region: 'NY' } },
      [{ path: 'home.region', base: 'MA', own: 'NY' }],
    ],
    [
      'rows are told by their names, wherever they stand',
      rows(['demo', 'PT5M'], ['chat', 'PT5M']),
      rows(['chat', 'PT5M'], ['demo', 'PT9S']),
      [{ path: 'sources[demo].target', base: 'PT5M', own: 'PT9S' }],
    ],
    [
      'a row that only one has is one difference',
      rows(['demo', 'PT5M']),
      rows(['chat', 'PT5M']),
      [
        { path: 'sources[demo]', base: { id: 'demo', target: 'PT5M' }, own: undefined },
        { path: 'sources[chat]', base: undefined, own: { id: 'chat', target: 'PT5M' } },
      ],
    ],
    [
      'a list whose rows have no names is one value',
      { stop: [{ a: 1, b: 2 }, { a: 2 }] },
      { stop: [{ b: 2, a: 1 }, { a: 3 }] },
      [{ path: 'stop', base: [{ a: 1, b: 2 }, { a: 2 }], own: [{ b: 2, a: 1 }, { a: 3 }] }],
    ],
    [
      'rows without names in another order of keys are the same',
      { stop: [{ a: 1, b: 2 }] },
      { stop: [{ b: 2, a: 1 }] },
      [],
    ],
    ['a shorter list differs', { stop: [1, 2] }, { stop: [1] }, [{ path: 'stop', base: [1, 2], own: [1] }]],
    ['a kind that differs is one value', { a: { b: 1 } }, { a: 1 }, [{ path: 'a', base: { b: 1 }, own: 1 }]],
  ])('%s', (_, base, own, expected) => {
    expect(differences(base, own)).toEqual(expected);
  });
});
