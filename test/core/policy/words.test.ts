import { z } from 'zod';
import { issueText, pathText } from '../../../core/policy/issue.ts';
import { mend, touches } from '../../../core/policy/mend.ts';
import { nearest } from '../../../core/policy/nearest.ts';
import { schemaIssues } from '../../../core/policy/schema-issues.ts';
import { keysAt } from '../../../core/policy/schema-node.ts';
import { recipientSchema, spanSchema } from '../../../core/policy/schema/basics.ts';

const schema = z.strictObject({
  rows: z.array(
    z.strictObject({
      id: z.string(),
      target: spanSchema,
      tell: z.array(recipientSchema).min(1, 'a rung must tell somebody').optional(),
      kind: z.enum(['a', 'b']).optional(),
      at: z
        .union([z.strictObject({ percent: z.number() }), z.strictObject({ afterStart: spanSchema })])
        .optional(),
    }),
  ),
});

function issues(content: unknown): string[] {
  const checked = schema.safeParse(content);
  return checked.success ? [] : schemaIssues(checked.error, content, schema).map(issueText);
}

describe('violations of the schema in words', () => {
  test.each<[string, unknown, string]>([
    [
      'an unknown key',
      { targt: 'PT1H', target: 'PT1H', id: 'x' },
      'error rows[0].targt: unknown key (did you mean target?); allowed: id, target, tell, kind, at',
    ],
    ['a missing key', { id: 'x' }, 'error rows[0].target: missing; allowed: a string'],
    [
      'a negative time',
      { id: 'x', target: '-PT5M' },
      'error rows[0].target is "-PT5M": allowed: a span like PT5M, PT24H or P14D, not negative',
    ],
    [
      'a malformed time',
      { id: 'x', target: '5 minutes' },
      'error rows[0].target is "5 minutes": allowed: a span like PT5M',
    ],
    ['a wrong word', { id: 'x', target: 'PT1H', kind: 'c' }, 'error rows[0].kind is "c": allowed: a, b'],
    [
      'a rung without recipient',
      { id: 'x', target: 'PT1H', tell: [] },
      'error rows[0].tell is []: allowed: a rung must tell somebody',
    ],
    [
      'an unknown role',
      { id: 'x', target: 'PT1H', tell: ['role:boss'] },
      'error rows[0].tell[0] is "role:boss": allowed: owner, owner.manager',
    ],
    [
      'a wrong branch of alternatives',
      { id: 'x', target: 'PT1H', at: { percent: 'all' } },
      'error rows[0].at.percent is "all": allowed: a number',
    ],
  ])('%s', (_, row, text) => {
    expect(issues({ rows: [row] })).toEqual([expect.stringContaining(text)]);
  });

  test('several of them at once', () => {
    expect(issues({ rows: [{ id: 1, target: 'x' }], other: true })).toHaveLength(3);
  });
});

describe('the keys that are allowed at a place', () => {
  test.each<[(string | number)[], string[]]>([
    [[], ['rows']],
    [
      ['rows', 0],
      ['id', 'target', 'tell', 'kind', 'at'],
    ],
    [
      ['rows', 3, 'at'],
      ['percent', 'afterStart'],
    ],
    [['rows', 0, 'nothing'], []],
  ])('%j', (path, keys) => {
    expect(keysAt(schema, path)).toEqual(keys);
  });
});

describe('mending', () => {
  test('keeps what is right, and tells where it put samples or took keys away', () => {
    const content = {
      rows: [
        { id: 'a', target: 'never', extra: 1 },
        { id: 'b', target: 'PT2H' },
      ],
    };
    const mended = mend(content, schema);
    expect(mended?.value.rows[1]).toEqual({ id: 'b', target: 'PT2H' });
    expect(mended?.value.rows[0]?.id).toBe('a');
    expect(mended?.touched.map(pathText).sort()).toEqual(['rows[0].extra', 'rows[0].target']);
  });

  test('gives up when a whole part is missing', () => {
    expect(mend({}, schema)).toBeNull();
  });

  test.each<[(string | number)[], (string | number)[], boolean]>([
    [['a', 1], ['a', 1, 'b'], true],
    [['a', 1, 'b'], ['a', 1], true],
    [['a', 1], ['a', 2], false],
    [['a', 1], ['a', 10], false],
  ])('%j touches %j: %s', (path, other, expected) => {
    expect(touches(path, other)).toBe(expected);
  });
});

describe('the nearest known word', () => {
  test.each([
    ['targt', ['target', 'intent'], 'target'],
    ['Calender', ['calendar'], 'calendar'],
    ['zebra', ['target', 'intent'], undefined],
  ])('of %s among %j is %s', (word, known, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });
});
