/** Policies from files. Compiling takes a second or so, hence what was compiled is kept under `dist/policy/`. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../lambdas/shared/clock.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const KEPT = join(ROOT, 'dist', 'policy');

/**
 * The compiled policy of a text.
 * @param file its name, for the error message
 * @throws PolicyError with every finding
 */
export async function compilePolicy(text: string, file: string): Promise<CompiledPolicy> {
  // The compiler brings schemas, YAML and holidays along: a start from the kept copy does without.
  const compiler = await import('./compile.ts');
  return compiler.compilePolicy(text, file, systemClock.now());
}

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
  const read: unknown = JSON.parse(text);
  return isCompiled(read) ? read : null;
}

/** Kept files are named by a hash of all that they depend on and written in one go: their content need not be checked. */
function isCompiled(read: unknown): read is CompiledPolicy {
  return typeof read === 'object' && read !== null && 'policyVersion' in read;
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
  for (const folder of ['lib/policy', 'core/policy', 'core/policy/checks', 'core/policy/schema']) {
    const files = (await readdir(join(ROOT, folder))).filter((name) => name.endsWith('.ts')).sort();
    for (const name of files) hash.update(await readFile(join(ROOT, folder, name), 'utf8'));
  }
  return hash.digest('hex').slice(0, 16);
}
