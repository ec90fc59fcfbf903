/** YAML text to values, with the source line of every path. */
import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import type { IssuePath, PolicyIssue } from '../../core/policy/issue.ts';
import { schemaIssues } from '../../core/policy/schema-issues.ts';

export interface Parsed<T> {
  /** The validated value; null when there are errors of syntax or shape. */
  value: T | null;
  issues: PolicyIssue[];
  /** Source line of a path, or of its nearest parent that exists; from 1. */
  lineOf: (path: IssuePath) => number | undefined;
}

/**
 * Reads YAML and validates it. Never throws: syntax errors, duplicate keys and violations of the schema are issues.
 * @param schema shape of the file
 */
export function parseYaml<S extends z.ZodType>(text: string, schema: S): Parsed<z.infer<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const lineOf = (path: IssuePath): number | undefined => lineIn(document, lines, path);
  if (document.errors.length > 0) {
    const issues = document.errors.map((error): PolicyIssue => ({
      severity: 'error',
      path: [],
      message: error.code === 'DUPLICATE_KEY' ? duplicateKey(text, error.pos[0]) : firstLine(error.message),
      line: lines.linePos(error.pos[0]).line,
    }));
    return { value: null, issues, lineOf };
  }
  const content: unknown = document.toJS();
  const checked = schema.safeParse(content);
  if (checked.success) return { value: checked.data, issues: [], lineOf };
  const issues = schemaIssues(checked.error, content, schema).map((one) => ({
    ...one,
    line: lineOf(one.path),
  }));
  return { value: null, issues, lineOf };
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
