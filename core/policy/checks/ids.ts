/** Names of rows that are given twice. */
import type { IssuePath, PolicyIssue } from '../issue.ts';
import { entriesOf } from '../mapping.ts';
import { ROW_KEYS } from '../row-keys.ts';
import type { Policy } from '../schema.ts';
import { wrong } from './finding.ts';

export function checkIds(policy: Policy): PolicyIssue[] {
  return Object.entries(ROW_KEYS).flatMap(([names, keys]) =>
    listsAt(policy, names.split('.'), []).flatMap((list) => keys.flatMap((key) => twice(list, key))),
  );
}

interface List {
  path: IssuePath;
  rows: readonly unknown[];
}

/** Every list that the names lead to, through each row of the lists on the way. */
function listsAt(value: unknown, names: readonly string[], path: IssuePath): List[] {
  const [name, ...further] = names;
  if (Array.isArray(value)) {
    if (name === undefined) return [{ path, rows: value }];
    return value.flatMap((row, i) => listsAt(row, names, [...path, i]));
  }
  if (name === undefined) return [];
  return listsAt(entriesOf(value)?.get(name), further, [...path, name]);
}

function twice({ path, rows }: List, key: string): PolicyIssue[] {
  const values = rows.map((row) => entriesOf(row)?.get(key));
  return values.flatMap((value, i) => {
    const first = values.indexOf(value);
    return first === i ? [] : [wrong([...path, i, key], value, `given twice; entry ${first} has it already`)];
  });
}
