import { ROW_KEYS, isOneOfSeveral } from '../../../core/policy/row-keys.ts';
import { child, children, nodesAt } from '../../../core/policy/schema-node.ts';
import type { SchemaNode } from '../../../core/policy/schema-node.ts';
import { policySchema } from '../../../core/policy/schema.ts';

/** Every node of the schema by the names that lead to it; rows are passed over. */
function walk(node: SchemaNode, names: string[], visit: (names: string, node: SchemaNode) => void): void {
  visit(names.join('.'), node);
  for (const one of children(node, 'anyOf') ?? []) walk(one, names, visit);
  const items = child(node, 'items');
  if (items) walk(items, names, visit);
  const properties = child(node, 'properties') ?? {};
  for (const key of Object.keys(properties)) walk(child(properties, key)!, [...names, key], visit);
}

const lists = new Map<string, SchemaNode[]>();
const unions = new Map<string, SchemaNode[]>();
walk(nodesAt(policySchema, [])[0]!, [], (names, node) => {
  const items = child(node, 'items');
  if (items) lists.set(names, children(items, 'anyOf') ?? [items]);
  const objects = children(node, 'anyOf')?.filter((one) => one['type'] === 'object') ?? [];
  if (objects.length > 1 && !lists.has(names)) unions.set(names, objects);
});
const keysOf = (node: SchemaNode) => Object.keys(child(node, 'properties') ?? {});

describe('lists whose rows have names', () => {
  test('are all lists of the schema whose rows have an id', () => {
    const withId = [...lists].filter(([, rows]) => rows.every((row) => keysOf(row).includes('id')));
    expect(withId.length).toBeGreaterThan(20);
    expect(withId.map(([names]) => names).filter((names) => !(names in ROW_KEYS))).toEqual([]);
  });

  test.each(Object.entries(ROW_KEYS))('%s: every row has %j', (names, keys) => {
    const rows = lists.get(names) ?? [];
    expect(rows).not.toEqual([]);
    for (const row of rows) expect(row['required']).toEqual(expect.arrayContaining([...keys]));
  });
});

test('mappings that say one of several things are replaced as a whole', () => {
  const disjoint = [...unions].filter(([, objects]) => {
    const keys = objects.flatMap(keysOf);
    return new Set(keys).size === keys.length;
  });
  expect(disjoint.map(([names]) => names)).toEqual(['commitments.rungs.at', 'opportunityTriggers.when']);
  for (const [names] of disjoint) expect(isOneOfSeveral(names.split('.'))).toBe(true);
});
