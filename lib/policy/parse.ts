/** Content held against a schema: what is right, and every finding of what is not. */
import type { z } from 'zod';
import type { PolicyIssue } from '../../core/policy/issue.ts';
import { mend } from '../../core/policy/mend.ts';
import type { Mended } from '../../core/policy/mend.ts';
import { schemaIssues } from '../../core/policy/schema-issues.ts';
import { readYaml } from './yaml.ts';

export interface Validated<T> {
  /** The validated value; null when its shape is wrong. */
  value: T | null;
  /** The same, or a mended one by which further findings can be told; null when there is nothing to go by. */
  mended: Mended<T> | null;
  issues: PolicyIssue[];
}

/**
 * Holds content against a schema. Never throws: violations are issues, without lines.
 * @param schema shape of the file
 */
export function validate<S extends z.ZodType>(content: unknown, schema: S): Validated<z.infer<S>> {
  const checked = schema.safeParse(content);
  if (checked.success) {
    return { value: checked.data, mended: { value: checked.data, touched: [] }, issues: [] };
  }
  const issues = schemaIssues(checked.error, content, schema);
  return { value: null, mended: mend(content, schema), issues };
}

/**
 * Reads a YAML file that stands alone and validates it.
 * @returns the value, null when there are errors; and every finding with its line
 */
export function parseYaml<S extends z.ZodType>(
  text: string,
  schema: S,
): { value: z.infer<S> | null; issues: PolicyIssue[] } {
  const file = readYaml(text);
  if (!file.readable) return { value: null, issues: file.issues };
  const { value, issues } = validate(file.content, schema);
  const all = [...file.issues, ...issues.map((one) => ({ ...one, line: file.lineOf(one.path) }))];
  return { value: all.length === 0 ? value : null, issues: all };
}
