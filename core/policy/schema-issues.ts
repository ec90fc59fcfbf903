/** Violations of a schema as issues: path, value, and what is allowed. */
import type { z } from 'zod';
import type { PolicyIssue } from './issue.ts';
import { nearest } from './nearest.ts';
import { ROLES } from './schema/basics.ts';
import { keysAt } from './schema-node.ts';
import { valueAt } from './value-at.ts';

/**
 * Turns a validation error into issues, one per finding and per unknown key.
 * @param content the value that was validated
 * @param schema the schema it was held against; tells the keys that are allowed
 */
export function schemaIssues(error: z.ZodError, content: unknown, schema: z.ZodType): PolicyIssue[] {
  return error.issues.flatMap((one) => issuesOf(one, [], content, schema));
}

type Step = string | number;
type Base = readonly Step[];

function issuesOf(one: z.core.$ZodIssue, base: Base, content: unknown, schema: z.ZodType): PolicyIssue[] {
  const path = [...base, ...one.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  const value = valueAt(content, path);
  if (one.code === 'unrecognized_keys') {
    return one.keys.map((key) => unknownKey([...path, key], key, keysAt(schema, path)));
  }
  if (one.code === 'invalid_key') return [error(path, undefined, reasons(one.issues))];
  if (one.code !== 'invalid_union') return [error(path, value, allowedText(value, says(one)))];
  const branches = one.errors;
  // The branch that gets furthest is the one the author meant; where none gets anywhere, all of them are allowed.
  const depth = (branch: readonly z.core.$ZodIssue[]) => Math.min(...branch.map(howFar));
  const deepest = Math.max(...branches.map(depth));
  const meant = branches.find((branch) => depth(branch) === deepest);
  if (meant && deepest > 0) return meant.flatMap((inner) => issuesOf(inner, path, content, schema));
  const allowed = [...new Set(branches.flat().map(says))];
  return [error(path, value, allowedText(value, allowed.join(', or ')))];
}

function allowedText(value: unknown, allowed: string): string {
  return `${value === undefined ? 'missing; ' : ''}allowed: ${allowed}`;
}

function howFar(one: z.core.$ZodIssue): number {
  return one.code === 'unrecognized_keys' ? one.path.length + 0.5 : one.path.length;
}

/** What is allowed, in words. */
function says(one: z.core.$ZodIssue): string {
  if (one.code === 'invalid_value') return one.values.map(String).join(', ');
  if (one.code === 'invalid_type') return WORDS[one.expected] ?? `a ${one.expected}`;
  if (one.code === 'invalid_format' && one.format === 'template_literal') return TEMPLATES;
  if (one.code === 'invalid_format' && one.format === 'date') return 'a date like 2026-12-25';
  return one.message.replace(/^(Invalid input|Too small|Too big): /, '');
}

const TEMPLATES = `role: with one of ${ROLES.join(', ')}, person: with an id`;
const WORDS: Record<string, string> = {
  array: 'a list',
  object: 'an object with keys',
  int: 'a whole number',
};

function reasons(issues: readonly z.core.$ZodIssue[]): string {
  return `the key is not allowed: ${issues.map(says).join(', ')}`;
}

function unknownKey(path: Base, key: string, allowed: readonly string[]): PolicyIssue {
  const guess = nearest(key, allowed);
  const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`;
  return error(path, undefined, `unknown key${hint}; allowed: ${allowed.join(', ')}`);
}

function error(path: Base, value: unknown, message: string): PolicyIssue {
  return { severity: 'error', path, message, ...(value === undefined ? {} : { value }) };
}
