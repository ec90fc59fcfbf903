/**
 * A policy whose shape is wrong, mended so that its other findings can be told at once: what is wrong is replaced by
 * a sample that the schema allows, and findings that touch a sample are left out.
 */
import type { z } from 'zod';
import type { IssuePath } from './issue.ts';
import { child, children, nodesAt } from './schema-node.ts';
import type { SchemaNode } from './schema-node.ts';
import { withValueAt } from './value-at.ts';

export interface Mended<T> {
  value: T;
  /** Where samples were put or keys were taken away. */
  touched: IssuePath[];
}

/** Mending a value may bring other violations to light: how often it is tried. */
const ROUNDS = 3;

/** The mended value; null when nothing sensible is left, for instance because a whole part of the file is missing. */
export function mend<S extends z.ZodType>(content: unknown, schema: S): Mended<z.infer<S>> | null {
  const touched: IssuePath[] = [];
  let mended = content;
  for (let round = 0; round < ROUNDS; round++) {
    const checked = schema.safeParse(mended);
    if (checked.success) return { value: checked.data, touched };
    for (const issue of checked.error.issues) {
      const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) {
          touched.push([...path, key]);
          mended = withValueAt(mended, [...path, key], undefined);
        }
        continue;
      }
      // A sample for a whole part would have every reference to that part reported.
      if (path.length < 2) return null;
      touched.push(path);
      mended = withValueAt(mended, path, issue.code === 'invalid_key' ? undefined : sampleAt(schema, path));
    }
  }
  return null;
}

/** Whether one of two paths leads through the other. */
export function touches(path: IssuePath, other: IssuePath): boolean {
  return path.slice(0, other.length).join('/') === other.slice(0, path.length).join('/');
}

function sampleAt(schema: z.ZodType, path: IssuePath): unknown {
  const [node] = nodesAt(schema, path);
  return node ? sample(node) : undefined;
}

const TEXTS = [
  'x',
  'PT1H',
  'P1D',
  'P30D',
  '2026-01-01',
  '00:00',
  'role:sdr',
  'person:x',
  'REJ-01',
  'AE-REJ-01',
  'US',
];
const NUMBERS = [1, 0, 50, -1];

/** A value that a node allows; a text of which no sample fits its pattern fails again and ends the mending. */
function sample(node: SchemaNode): unknown {
  const [first] = children(node, 'anyOf') ?? [];
  if (first) return sample(first);
  if ('const' in node) return node['const'];
  const allowed = node['enum'];
  if (Array.isArray(allowed)) return allowed[0];
  switch (node['type']) {
    case 'string':
      return TEXTS.find((text) => allows(node, text)) ?? TEXTS[0];
    case 'integer':
    case 'number':
      return NUMBERS.find((number) => within(node, number));
    case 'boolean':
      return false;
    case 'array':
      return arraySample(node);
    default:
      return objectSample(node);
  }
}

function allows({ pattern, minLength, maxLength }: SchemaNode, text: string): boolean {
  return (
    (typeof pattern !== 'string' || new RegExp(pattern).test(text)) &&
    (typeof minLength !== 'number' || text.length >= minLength) &&
    (typeof maxLength !== 'number' || text.length <= maxLength)
  );
}

function within(node: SchemaNode, number: number): boolean {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = node;
  return (
    (typeof minimum !== 'number' || number >= minimum) &&
    (typeof exclusiveMinimum !== 'number' || number > exclusiveMinimum) &&
    (typeof maximum !== 'number' || number <= maximum) &&
    (typeof exclusiveMaximum !== 'number' || number < exclusiveMaximum)
  );
}

function arraySample(node: SchemaNode): unknown[] {
  const tuple = children(node, 'prefixItems');
  if (tuple) return tuple.map(sample);
  const items = child(node, 'items');
  return items && typeof node['minItems'] === 'number'
    ? Array.from({ length: node['minItems'] }, () => sample(items))
    : [];
}

function objectSample(node: SchemaNode): Record<string, unknown> {
  const required = Array.isArray(node['required']) ? node['required'].map(String) : [];
  const properties = child(node, 'properties') ?? {};
  return Object.fromEntries(required.map((key) => [key, sample(child(properties, key) ?? {})]));
}
