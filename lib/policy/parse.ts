/** YAML text to values, with the source line of every path. */
import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import type { IssuePath, PolicyIssue } from '../../core/policy/issue.ts';
import { mend } from '../../core/policy/mend.ts';
import type { Mended } from '../../core/policy/mend.ts';
import { schemaIssues } from '../../core/policy/schema-issues.ts';

export interface Parsed<T> {
  /** The validated value; null when there are errors of syntax or shape. */
  value: T | null;
  /** The same, or a mended one by which further findings can be told; null when there is nothing to go by. */
  mended: Mended<T> | null;
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
  const syntax = document.errors.map((error): PolicyIssue => {
    const [at] = error.pos;
    const message = error.code === 'DUPLICATE_KEY' ? duplicateKey(text, at) : firstLine(error.message);
    return { severity: 'error', path: [], message, line: lines.linePos(at).line };
  });
  // With a key given twice the rest can still be read; the last one counts.
  if (document.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) {
    return { value: null, mended: null, issues: syntax, lineOf };
  }
  const content: unknown = document.toJS();
  const checked = schema.safeParse(content);
  if (checked.success) {
    const value = syntax.length === 0 ? checked.data : null;
    return { value, mended: { value: checked.data, touched: [] }, issues: syntax, lineOf };
  }
  const shape = schemaIssues(checked.error, content, schema).map((one) => ({
    ...one,
    line: lineOf(one.path),
  }));
  return { value: null, mended: mend(content, schema), issues: [...syntax, ...shape], lineOf };
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
