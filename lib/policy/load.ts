/** Policies from files. Compiling takes a second or so, hence what was compiled is kept under `dist/policy/`. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../lambdas/shared/clock.ts';
import type { CompiledPolicy } from '../../core/policy/compiled.ts';
import type { Layers } from './layers.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const KEPT = join(ROOT, 'dist', 'policy');

/** A policy file with its content, and with all that it extends if it may extend anything. */
interface Source {
  file: string;
  text: string;
  layers: Layers | null;
}

/**
 * The compiled policy of a YAML file, from the kept copy when its text, the files that it extends, compiler and
 * libraries are unchanged.
 * @throws PolicyError with every finding
 */
export async function loadPolicy(file: string): Promise<CompiledPolicy> {
  const source = await sourceOf(file);
  const keptAs = await keptPath(source);
  return (await kept(keptAs)) ?? (await compileAndKeep(source, keptAs));
}

/**
 * Writes the compiled policy of a YAML file as JSON, for bundling.
 * @returns the path of the JSON file, which changes with its content
 */
export async function writeCompiled(file: string): Promise<string> {
  const source = await sourceOf(file);
  const keptAs = await keptPath(source);
  if ((await kept(keptAs)) === null) await compileAndKeep(source, keptAs);
  return keptAs;
}

async function sourceOf(file: string): Promise<Source> {
  const text = await readFile(file, 'utf8');
  // A file without the word extends nothing, and a start from the kept copy does without the YAML library.
  if (!text.includes('extends')) return { file, text, layers: null };
  const { readLayers } = await import('./layers.ts');
  return { file, text, layers: await readLayers(file, text) };
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

async function compileAndKeep({ file, text, layers }: Source, keptAs: string): Promise<CompiledPolicy> {
  // The compiler brings schemas, YAML and holidays along: a start from the kept copy does without.
  const [{ compilePolicy }, { readLayers }] = await Promise.all([
    import('./compile.ts'),
    import('./layers.ts'),
  ]);
  const policy = await compilePolicy(layers ?? (await readLayers(file, text)), systemClock.now());
  await mkdir(KEPT, { recursive: true });
  const draft = `${keptAs}.${process.pid}`;
  await writeFile(draft, JSON.stringify(policy));
  await rename(draft, keptAs);
  return policy;
}

/** Named by a hash of everything that the compiled policy depends on: texts, the compiler's own files, libraries. */
async function keptPath({ text, layers }: Source): Promise<string> {
  const hash = createHash('sha256');
  for (const one of layers?.layers ?? [{ text }]) hash.update(one.text).update('\0');
  for (const library of ['date-holidays', 'countries-and-timezones']) {
    hash.update(await readFile(join(ROOT, 'node_modules', library, 'package.json'), 'utf8'));
  }
  for (const folder of ['lib/policy', 'core/policy', 'core/policy/checks', 'core/policy/schema']) {
    const files = (await readdir(join(ROOT, folder))).filter((name) => name.endsWith('.ts')).sort();
    for (const name of files) hash.update(await readFile(join(ROOT, folder, name), 'utf8'));
  }
  return join(KEPT, `${hash.digest('hex').slice(0, 16)}.json`);
}
