/** YAML text to plain values, with the source line of every path. */
import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { IssuePath, PolicyIssue } from '../../core/policy/issue.ts';

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
  const sound = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  const { content, readable } = sound ? valuesOf(document, issues) : { content: undefined, readable: false };
  return { content, readable, issues, lineOf: (path) => lineIn(document, lines, path) };
}

/** Plain values; aliases that would unfold to more than fits into memory are an issue. */
function valuesOf(document: Document, issues: PolicyIssue[]): { content: unknown; readable: boolean } {
  try {
    return { content: document.toJS(), readable: true };
  } catch (error) {
    const message = error instanceof Error ? firstLine(error.message) : 'cannot be read';
    issues.push({ severity: 'error', path: [], message });
    return { content: undefined, readable: false };
  }
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
