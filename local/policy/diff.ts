/** `policy diff`: what a policy file changes of the one that it extends. */
import { changesOf } from '../../lib/policy/differences.ts';
import { cell, table } from './table.ts';

/** @returns the exit code: 1 if the file extends none; throws PolicyError for a file that is no policy */
export async function diff(file: string, say: (text: string) => void): Promise<number> {
  const changes = await changesOf(file);
  if (changes === null) {
    say(`${file} extends no other file`);
    return 1;
  }
  const { base, differences } = changes;
  if (differences.length === 0) {
    say(`${file} says the same as ${base}`);
    return 0;
  }
  const rows = differences.map((one) => [one.path, said(one.base), said(one.own)]);
  say(table(['', base, file], rows));
  return 0;
}

/** One line for `policy show`; null if the file extends none. */
export async function diffLine(file: string): Promise<string | null> {
  const changes = await changesOf(file);
  if (changes === null) return null;
  const { length } = changes.differences;
  const count = `${length} difference${length === 1 ? '' : 's'}`;
  return `extends ${changes.base}: ${count}, listed by npm run policy -- diff ${file}`;
}

function said(value: unknown): string {
  return value === undefined ? '(nothing)' : cell(value);
}
