/** A schema as JSON Schema, walked by path: so that allowed keys and samples need no second list. */
import { z } from 'zod';
import type { IssuePath } from './issue.ts';

const nodeSchema = z.looseObject({});
export type SchemaNode = z.infer<typeof nodeSchema>;

const roots = new WeakMap<z.ZodType, SchemaNode>();

function rootOf(schema: z.ZodType): SchemaNode {
  let root = roots.get(schema);
  if (!root) {
    root = nodeSchema.parse(
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }),
    );
    roots.set(schema, root);
  }
  return root;
}

/** Every node that may describe the value at a path with alternatives taken apart. */
export function nodesAt(schema: z.ZodType, path: IssuePath): SchemaNode[] {
  let places = alternatives(rootOf(schema));
  for (const step of path) places = places.flatMap((place) => below(place, step)).flatMap(alternatives);
  return places;
}

/** Keys that objects at this path may have; empty where any key or none is allowed. */
export function keysAt(schema: z.ZodType, path: IssuePath): string[] {
  return [
    ...new Set(nodesAt(schema, path).flatMap((place) => Object.keys(child(place, 'properties') ?? {}))),
  ];
}

/** The node under a keyword or a property's name. */
export function child(place: SchemaNode, name: string): SchemaNode | undefined {
  const found = nodeSchema.safeParse(place[name]);
  return found.success ? found.data : undefined;
}

/** The nodes of a list keyword (`anyOf`, `prefixItems`); null where there is none. */
export function children(place: SchemaNode, name: string): SchemaNode[] | null {
  const found = nodeSchema.array().safeParse(place[name]);
  return found.success ? found.data : null;
}

function below(place: SchemaNode, step: string | number): SchemaNode[] {
  if (typeof step === 'string') {
    const own = child(child(place, 'properties') ?? {}, step);
    return present([own ?? child(place, 'additionalProperties')]);
  }
  const tuple = children(place, 'prefixItems');
  return present([tuple ? tuple[step] : child(place, 'items')]);
}

function alternatives(place: SchemaNode): SchemaNode[] {
  return children(place, 'anyOf')?.flatMap(alternatives) ?? [place];
}

function present(nodes: (SchemaNode | undefined)[]): SchemaNode[] {
  return nodes.flatMap((one) => (one ? [one] : []));
}
