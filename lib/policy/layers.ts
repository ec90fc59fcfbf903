/** A policy file and the files that it extends, one after the other (`extends: default.yaml`). */
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { PolicyIssue } from '../../core/policy/issue.ts';
import { entriesOf } from '../../core/policy/mapping.ts';
import { readYaml } from './yaml.ts';
import type { YamlFile } from './yaml.ts';

/** The key by which a policy file names the one that it changes, by a path from its own folder. */
export const EXTENDS = 'extends';

export interface Layer {
  /** Its path, in the words in which it was named. */
  file: string;
  text: string;
  /** The parsed text; parsed when it is asked for first. */
  yaml: () => YamlFile;
}

export interface Layers {
  /** The file that was named first, each followed by the one that it extends. */
  layers: [Layer, ...Layer[]];
  /** What is wrong with the last `extends`. */
  issues: PolicyIssue[];
}

/**
 * Reads a policy file and all that it extends.
 * @param file its path; what it extends is looked up from its folder
 * @param text its content, if it has been read already
 * @throws the error of the file system if the named file cannot be read; for the others it is an issue
 */
export async function readLayers(file: string, text?: string): Promise<Layers> {
  const layers: Layers['layers'] = [layerOf(file, text ?? (await readFile(file, 'utf8')))];
  let last: Layer = layers[0];
  for (;;) {
    const base = mayExtend(last.text) ? entriesOf(last.yaml().content)?.get(EXTENDS) : undefined;
    if (base === undefined) return { layers, issues: [] };
    const wrong = (message: string) => ({ layers, issues: [extendsIssue(layers, base, message)] });
    if (typeof base !== 'string' || base === '' || isAbsolute(base)) {
      return wrong('allowed: the path of another policy file from the folder of this one');
    }
    const next = join(dirname(last.file), base);
    if (layers.some((one) => resolve(one.file) === resolve(next))) {
      return wrong(
        `files must not extend each other in a circle: ${[...layers.map((one) => one.file), next].join(', ')}`,
      );
    }
    const content = await readFile(next, 'utf8').catch((error: unknown) => ({ reason: reasonOf(error) }));
    if (typeof content !== 'string') return wrong(content.reason);
    last = layerOf(next, content);
    layers.push(last);
  }
}

/** A file without the word extends nothing: it need not be parsed to know that. */
function mayExtend(text: string): boolean {
  return text.includes(EXTENDS);
}

function layerOf(file: string, text: string): Layer {
  let yaml: YamlFile | undefined;
  return { file, text, yaml: () => (yaml ??= readYaml(text)) };
}

function extendsIssue(layers: Layers['layers'], value: unknown, message: string): PolicyIssue {
  const last = layers.at(-1) ?? layers[0];
  const line = last.yaml().lineOf([EXTENDS]);
  const file = layers.length > 1 ? last.file : undefined;
  return { severity: 'error', path: [EXTENDS], value, message, line, file };
}

function reasonOf(error: unknown): string {
  const code = String(entriesOf(error)?.get('code'));
  return code === 'ENOENT' ? 'there is no such file' : `the file cannot be read (${code})`;
}
