/**
 * A policy that says only how it differs, laid over the one that it extends. Mappings merge deeply, lists whose rows
 * have names merge row by row, everything else is replaced; `null` takes a key away, `remove: true` a row.
 */
import type { IssuePath } from './issue.ts';
import { entriesOf } from './mapping.ts';
import { nearest } from './nearest.ts';
import { placeIn, stepInto } from './place.ts';
import type { Place } from './place.ts';
import { isOneOfSeveral, rowKeysAt } from './row-keys.ts';

export interface Part {
  value: unknown;
  place: Place;
}

/** Something that an overlay asks for and that cannot be done. */
export interface MergeFinding extends Part {
  message: string;
}

/** A row that the others do not have. */
export interface AddedRow extends Part {
  name: unknown;
  /** Names of the rows that were there before. */
  known: readonly string[];
}

export interface Merged extends Part {
  findings: MergeFinding[];
  added: AddedRow[];
}

/** Merges the contents of policy files: the one that was named first, each followed by the one that it extends. */
export function mergeLayers(contents: readonly unknown[]): Merged {
  const noted = { findings: [], added: [] };
  const merged = contents
    .map((value, layer): Part => ({ value, place: placeIn(layer, []) }))
    .reduceRight((base, over) => merge(base, over, { path: [], ...noted }));
  return { ...merged, ...noted };
}

interface Context {
  /** Names that lead to both parts; rows are passed over. */
  path: IssuePath;
  findings: MergeFinding[];
  added: AddedRow[];
}

function merge(base: Part, over: Part, context: Context): Part {
  const [below, above] = [entriesOf(base.value), entriesOf(over.value)];
  if (below && above) {
    if (!isOneOfSeveral(context.path)) return mappingOf(over.place, mergeEntries(base, over, context));
    return { ...over, value: Object.fromEntries([...above].filter(([, value]) => value !== null)) };
  }
  const keys = rowKeysAt(context.path);
  if (!keys || !Array.isArray(base.value) || !Array.isArray(over.value)) return over;
  const rows = mergeRows(partsOf(base), partsOf(over), keys, context);
  const inside = new Map(rows.map(({ place }, i) => [i, place]));
  return { value: rows.map(({ value }) => value), place: { ...over.place, inside } };
}

function mergeEntries(base: Part, over: Part, context: Context): Map<string, Part> {
  const parts = entryParts(base);
  const known = [...parts.keys()];
  for (const [key, part] of entryParts(over)) {
    const before = parts.get(key);
    if (part.value !== null) {
      parts.set(key, before ? merge(before, part, { ...context, path: [...context.path, key] }) : part);
    } else if (!parts.delete(key)) {
      context.findings.push({ ...part, message: `takes away what is not there${meant(key, known)}` });
    }
  }
  return parts;
}

function mergeRows(base: Part[], over: Part[], keys: readonly string[], context: Context): Part[] {
  const rows = [...base];
  const seen = new Set<unknown>();
  for (const part of over) {
    const entries = entriesOf(part.value);
    const key = keys.find((one) => entries?.has(one));
    const name = key === undefined ? undefined : entries?.get(key);
    const say = (message: string) => void context.findings.push({ ...part, value: name, message });
    const at = key === undefined ? -1 : rows.findIndex((row) => entriesOf(row.value)?.get(key) === name);
    const before = rows[at];
    // A row without a name is told by the schema, once it stands among the others.
    if (key === undefined) rows.push(part);
    else if (seen.has(name)) say('the row is given twice; each may be given once in a file');
    else if (entries?.get('remove') !== true) {
      if (before) rows[at] = merge(before, part, context);
      else {
        rows.push(part);
        context.added.push({ ...part, name, known: namesOf(base, key) });
      }
    } else if (entries.size > 2) say('a row that is removed says nothing else');
    else if (before) rows.splice(at, 1);
    else say(`removes a row that is not there${meant(String(name), namesOf(rows, key))}`);
    if (key !== undefined) seen.add(name);
  }
  return rows;
}

function mappingOf(place: Place, parts: Map<string, Part>): Part {
  const inside = new Map([...parts].map(([key, part]) => [key, part.place]));
  const value = Object.fromEntries([...parts].map(([key, part]) => [key, part.value]));
  return { value, place: { ...place, inside } };
}

function entryParts({ value, place }: Part): Map<string, Part> {
  const entries = [...(entriesOf(value) ?? [])];
  return new Map(entries.map(([key, one]) => [key, { value: one, place: stepInto(place, key) }]));
}

function partsOf({ value, place }: Part): Part[] {
  const rows: unknown[] = Array.isArray(value) ? value : [];
  return rows.map((one, i) => ({ value: one, place: stepInto(place, i) }));
}

function namesOf(rows: readonly Part[], key: string): string[] {
  return rows.map(({ value }) => String(entriesOf(value)?.get(key)));
}

function meant(word: string, known: readonly string[]): string {
  const guess = nearest(word, known);
  return guess === undefined ? '' : ` (did you mean ${guess}?)`;
}
