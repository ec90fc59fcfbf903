/** Policies from files. Compiling takes a second or so, hence what was compiled is kept under `dist/policy/`. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import { policySchema } from '../../core/policy/schema.ts';
import { compilePolicy } from './compile.ts';

export { compilePolicy };

const ROOT = join(import.meta.dirname, '..', '..');
const KEPT = join(ROOT, 'dist', 'policy');

const compiledSchema = policySchema.extend({
  policyVersion: z.string(),
  publicHolidays: z.record(z.string(), z.array(z.string())),
  zones: z.record(
    z.string(),
    z.strictObject({ timeZone: z.string(), regions: z.record(z.string(), z.string()) }),
  ),
});

/**
 * The compiled policy of a YAML file, from the kept copy when text, compiler and libraries are unchanged.
 * @throws PolicyError with every finding
 */
export async function loadPolicy(file: string): Promise<CompiledPolicy> {
  const text = await readFile(file, 'utf8');
  const keptAs = join(KEPT, `${await cacheKey(text)}.json`);
  return (await kept(keptAs)) ?? (await compileAndKeep(text, file, keptAs));
}

/**
 * Writes the compiled policy of a YAML file as JSON, for bundling.
 * @returns the path of the JSON file, which changes with its content
 */
export async function writeCompiled(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  const keptAs = join(KEPT, `${await cacheKey(text)}.json`);
  if ((await kept(keptAs)) === null) await compileAndKeep(text, file, keptAs);
  return keptAs;
}

async function kept(path: string): Promise<CompiledPolicy | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  // A file that does not hold a compiled policy (a cut-off write, another release) is compiled anew.
  const read = compiledSchema.safeParse(JSON.parse(text));
  return read.success ? read.data : null;
}

async function compileAndKeep(text: string, file: string, keptAs: string): Promise<CompiledPolicy> {
  const policy = await compilePolicy(text, file);
  await mkdir(KEPT, { recursive: true });
  const draft = `${keptAs}.${process.pid}`;
  await writeFile(draft, JSON.stringify(policy));
  await rename(draft, keptAs);
  return policy;
}

/** Hash of everything that the compiled policy depends on: the text, the compiler's own files, the libraries. */
async function cacheKey(text: string): Promise<string> {
  const hash = createHash('sha256').update(text);
  for (const library of ['date-holidays', 'countries-and-timezones']) {
    hash.update(await readFile(join(ROOT, 'node_modules', library, 'package.json'), 'utf8'));
  }
  for (const folder of ['lib/policy', 'core/policy', 'core/policy/schema']) {
    const files = (await readdir(join(ROOT, folder))).filter((name) => name.endsWith('.ts')).sort();
    for (const name of files) hash.update(await readFile(join(ROOT, folder, name), 'utf8'));
  }
  return hash.digest('hex').slice(0, 16);
}
