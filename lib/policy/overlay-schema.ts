/** The JSON Schema of a policy file that extends another: nothing is required, and what is there can be taken away. */
import { z } from 'zod';
import type { IssuePath } from '../../core/policy/issue.ts';
import { isOneOfSeveral, rowKeysAt } from '../../core/policy/row-keys.ts';
import { child, children } from '../../core/policy/schema-node.ts';
import type { SchemaNode } from '../../core/policy/schema-node.ts';
import { policySchema } from '../../core/policy/schema.ts';
import { EXTENDS } from './layers.ts';

const EXTENDS_NODE = {
  type: 'string',
  minLength: 1,
  description: 'The policy file that this one changes, by its path from the folder of this one.',
};
const REMOVE_NODE = { const: true, description: 'Takes the row of this name away.' };
const NOTHING = { type: 'null', description: 'Takes the key away.' };

/** The content of `policy/overlay.schema.json`; `npm run policy -- schema` writes it. */
export function overlayJsonSchema(): Record<string, unknown> {
  const whole: SchemaNode = z.toJSONSchema(policySchema, { io: 'input', reused: 'inline' });
  const { properties, ...rest } = partial(whole, []);
  const all = { [EXTENDS]: EXTENDS_NODE, ...child({ properties }, 'properties') };
  return { ...rest, title: 'lead-sla policy that extends another', required: [EXTENDS], properties: all };
}

/** @param names that lead to the node */
function partial(node: SchemaNode, names: IssuePath): SchemaNode {
  const alternatives = children(node, 'anyOf');
  if (alternatives) return { ...node, anyOf: alternatives.map((one) => partial(one, names)) };
  if (node['type'] === 'object' && !isOneOfSeveral(names)) return partialMapping(node, names);
  const [items, keys] = [child(node, 'items'), rowKeysAt(names)];
  // A list whose rows have no names is replaced as a whole, hence its rows have to be whole as well.
  if (!items || !keys || node['type'] !== 'array') return node;
  return { type: 'array', items: partialRow(partial(items, names), keys) };
}

function partialMapping({ required, ...node }: SchemaNode, names: IssuePath): SchemaNode {
  const needed: unknown[] = Array.isArray(required) ? required : [];
  const properties = child(node, 'properties');
  const others = child(node, 'additionalProperties');
  const own = Object.keys(properties ?? {}).map((key) => {
    const inside = partial(child(properties ?? {}, key) ?? {}, [...names, key]);
    return [key, needed.includes(key) ? inside : removable(inside)];
  });
  return {
    ...node,
    ...(properties ? { properties: Object.fromEntries(own) } : {}),
    ...(others ? { additionalProperties: removable(partial(others, [...names, '*'])) } : {}),
  };
}

function partialRow(row: SchemaNode, keys: readonly string[]): SchemaNode {
  const alternatives = children(row, 'anyOf');
  if (alternatives) return { ...row, anyOf: alternatives.map((one) => partialRow(one, keys)) };
  const properties = { ...child(row, 'properties'), remove: REMOVE_NODE };
  const named = keys.map((key) => ({ required: [key] }));
  return { ...row, properties, ...(named.length === 1 ? named[0] : { anyOf: named }) };
}

function removable(node: SchemaNode): SchemaNode {
  const alternatives = children(node, 'anyOf');
  if (!alternatives) return { anyOf: [node, NOTHING] };
  return { ...node, anyOf: [...alternatives, NOTHING] };
}
