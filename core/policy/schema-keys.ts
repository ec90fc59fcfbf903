/** Which keys a schema allows at a place: read from its JSON Schema, so that no second list has to be kept. */
import { z } from 'zod';

const node = z.looseObject({});
type Node = z.infer<typeof node>;

/** Keys that objects at this path may have; empty where any key or none is allowed. */
export function keysAt(schema: z.ZodType, path: readonly (string | number)[]): string[] {
  const root = node.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  let places = alternatives(root, root);
  for (const step of path)
    places = places.flatMap((place) => below(place, step)).flatMap((one) => alternatives(root, one));
  return [...new Set(places.flatMap((place) => Object.keys(child(place, 'properties') ?? {})))];
}

function below(place: Node, step: string | number): Node[] {
  if (typeof step === 'string') {
    const own = child(child(place, 'properties') ?? {}, step);
    return present([own ?? child(place, 'additionalProperties')]);
  }
  const tuple = node.array().safeParse(place['prefixItems']);
  return present([tuple.success ? tuple.data[step] : child(place, 'items')]);
}

/** The node itself, or what it stands for: its reference's target, its alternatives. */
function alternatives(root: Node, place: Node): Node[] {
  const reference = place['$ref'];
  if (typeof reference === 'string') {
    const target = reference.replace(/^#\/?/, '').split('/');
    const found = target.reduce<Node | undefined>((at, name) => at && child(at, name), root);
    return found ? alternatives(root, found) : [];
  }
  const any = node.array().safeParse(place['anyOf']);
  return any.success ? any.data.flatMap((one) => alternatives(root, one)) : [place];
}

function child(place: Node, name: string): Node | undefined {
  const found = node.safeParse(place[name]);
  return found.success ? found.data : undefined;
}

function present(nodes: (Node | undefined)[]): Node[] {
  return nodes.flatMap((one) => (one ? [one] : []));
}
