/** Small files that are written whole: either the old content or the new one, never a half. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';

/** Writes JSON in one step; readable by the user alone. */
export function writeWhole(file: string, value: unknown): void {
  const fresh = `${file}.${process.pid}.new`;
  writeFileSync(fresh, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}

/** The checked content of a JSON file; undefined if there is none. @throws if it is something else */
export function readWhole<T>(file: string, schema: z.ZodType<T>): T | undefined {
  const text = readText(file);
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}

/** The content of a text file; undefined if there is none. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Whether something is a system error of this code. */
export function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
