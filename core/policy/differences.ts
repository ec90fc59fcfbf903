/** Where two policies differ, told by the names of their rows. */
import type { IssuePath } from './issue.ts';
import { entriesOf } from './mapping.ts';
import { isOneOfSeveral, rowKeysAt } from './row-keys.ts';

export interface Difference {
  /** Names, with that of a row in brackets: `sources[demo_request].target`. */
  path: string;
  /** What the other policy says; undefined where it says nothing. */
  base: unknown;
  /** What this one says; undefined where it says nothing. */
  own: unknown;
}

/**
 * Every smallest value that two contents of policy files do not share, in the order of the first one, then what only
 * the second one has. A row that only one of them has is one difference; so is a list whose rows have no names.
 */
export function differences(base: unknown, own: unknown): Difference[] {
  return compare(base, own, [], '');
}

/** @param names the same path without the names of rows */
function compare(base: unknown, own: unknown, names: IssuePath, path: string): Difference[] {
  const [below, above] = [entriesOf(base), entriesOf(own)];
  if (below && above && !isOneOfSeveral(names)) {
    return bothKeys(below, above).flatMap((key) =>
      compare(below.get(key), above.get(key), [...names, key], path === '' ? key : `${path}.${key}`),
    );
  }
  const [key] = rowKeysAt(names) ?? [];
  if (key !== undefined && Array.isArray(base) && Array.isArray(own)) {
    const [rows, others] = [byName(base, key), byName(own, key)];
    return bothKeys(rows, others).flatMap((name) =>
      compare(rows.get(name), others.get(name), names, `${path}[${name}]`),
    );
  }
  return same(base, own) ? [] : [{ path, base, own }];
}

function bothKeys(first: Map<string, unknown>, second: Map<string, unknown>): string[] {
  return [...new Set([...first.keys(), ...second.keys()])];
}

function byName(rows: readonly unknown[], key: string): Map<string, unknown> {
  return new Map(rows.map((row) => [String(entriesOf(row)?.get(key)), row]));
}

function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((one, i) => same(one, b[i]));
  }
  const [first, second] = [entriesOf(a), entriesOf(b)];
  if (!first || !second) return a === b;
  return bothKeys(first, second).every((key) => same(first.get(key), second.get(key)));
}
