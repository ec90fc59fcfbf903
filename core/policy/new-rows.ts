/** Rows that an overlay adds: one that is not complete was most likely meant to change another, of a similar name. */
import type { IssuePath, PolicyIssue } from './issue.ts';
import { nearest } from './nearest.ts';

export interface NewRow {
  /** Its name, as the finding that stands for all others: path, file and line. */
  issue: PolicyIssue;
  /** The keys that it has. */
  keys: readonly string[];
  /** Names of the rows that it could have changed. */
  known: readonly string[];
}

/** The findings, with those inside of an incomplete new row told as one. */
export function foldNewRows(issues: readonly PolicyIssue[], rows: readonly NewRow[]): PolicyIssue[] {
  return rows.reduce<PolicyIssue[]>(foldRow, [...issues]);
}

function foldRow(issues: PolicyIssue[], { issue, keys, known }: NewRow): PolicyIssue[] {
  const depth = issue.path.length;
  const isInside = (one: PolicyIssue) => one.file === issue.file && startsWith(one.path, issue.path);
  const next = issues.filter((one) => isInside(one) && one.path.length === depth + 1);
  const missing = new Set(next.map(({ path }) => String(path[depth])).filter((key) => !keys.includes(key)));
  if (missing.size === 0) return issues;
  const guess = nearest(String(issue.value), known);
  const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`;
  const message = `no such row to change${hint}; a new row needs ${[...missing].join(', ')}`;
  return [...issues.filter((one) => !isInside(one)), { ...issue, message }];
}

function startsWith(path: IssuePath, start: IssuePath): boolean {
  return start.every((step, i) => path[i] === step);
}
