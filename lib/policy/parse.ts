/** YAML text to values, with the source line of every path. */
import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import type { IssuePath, PolicyIssue } from '../../core/policy/issue.ts';
import { mend } from '../../core/policy/mend.ts';
import type { Mended } from '../../core/policy/mend.ts';
import { schemaIssues } from '../../core/policy/schema-issues.ts';

export interface YamlFile {
  /** What the file says, as plain values; undefined where it cannot be read. */
  content: unknown;
  /** False when errors of syntax leave nothing to go by. */
  readable: boolean;
  /** Errors of syntax and keys that are given twice. */
  issues: PolicyIssue[];
  /** Source line of a path, or of its nearest parent that exists; from 1. */
  lineOf: (path: IssuePath) => number | undefined;
}

export interface Validated<T> {
  /** The validated value; null when its shape is wrong. */
  value: T | null;
  /** The same, or a mended one by which further findings can be told; null when there is nothing to go by. */
  mended: Mended<T> | null;
  issues: PolicyIssue[];
}

/** Reads YAML. Never throws: syntax errors and duplicate keys are issues. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const issues = document.errors.map((error): PolicyIssue => {
    const [at] = error.pos;
    const message = error.code === 'DUPLICATE_KEY' ? duplicateKey(text, at) : firstLine(error.message);
    return { severity: 'error', path: [], message, line: lines.linePos(at).line };
  });
  // With a key given twice the rest can still be read; the last one counts.
  const readable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  const content: unknown = readable ? document.toJS() : undefined;
  return { content, readable, issues, lineOf: (path) => lineIn(document, lines, path) };
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

function lineIn(document: Document, lines: LineCounter, path: IssuePath): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}

function duplicateKey(text: string, from: number): string {
  const key = /^[^:\n]*/.exec(text.slice(from))?.[0].trim() ?? '';
  return `the key ${key} is given twice; a key may be given once`;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
