/** What a policy file changes of the one that it extends. */
import type { Difference } from '../../core/policy/differences.ts';
import { differences } from '../../core/policy/differences.ts';
import { PolicyError } from '../../core/policy/issue.ts';
import { readLayers } from './layers.ts';
import { mergeFiles } from './overlay.ts';

export interface Changes {
  /** The file that is extended. */
  base: string;
  differences: Difference[];
}

/**
 * Compares a policy file with the one that it extends, which may itself extend another.
 * @returns null if it extends none
 * @throws PolicyError if one of the files cannot be read or does not fit on the other
 */
export async function changesOf(file: string): Promise<Changes | null> {
  const read = await readLayers(file);
  const own = mergeFiles(read);
  if (own.issues.length > 0) throw new PolicyError(file, own.report(own.issues));
  const [, base, ...further] = read.layers;
  if (base === undefined) return null;
  const { content } = mergeFiles({ layers: [base, ...further], issues: [] });
  return { base: base.file, differences: differences(content, own.content) };
}
