/** Outcomes as files under `dist/acceptance/<engine>`: what the comparison of two engines reads. */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from './outcome.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..', 'dist', 'acceptance');

/** Forgets the last run on an engine. */
export function forget(engine: Outcome['engine']): void {
  rmSync(path.join(ROOT, engine), { recursive: true, force: true });
}

export function keep(outcome: Outcome): void {
  const folder = path.join(ROOT, outcome.engine);
  mkdirSync(folder, { recursive: true });
  const name = outcome.scenario.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(outcome, null, 2)}\n`);
}

/** The outcomes of an engine's last run, by the names of their scenarios; none if it has not run. */
export function kept(engine: Outcome['engine']): Outcome[] {
  const folder = path.join(ROOT, engine);
  return namesIn(folder)
    .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Outcome)
    .sort((a, b) => a.scenario.localeCompare(b.scenario));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
}
