/** Small words shared by the checks. */
import { parseSpan } from '../../calendar/index.ts';
import type { IssuePath, PolicyIssue } from '../issue.ts';
import { nearest } from '../nearest.ts';

export function wrong(path: IssuePath, value: unknown, message: string): PolicyIssue {
  return { severity: 'error', path, value, message };
}

export function doubtful(path: IssuePath, value: unknown, message: string): PolicyIssue {
  return { severity: 'warning', path, value, message };
}

/** A finding for each value that is not among those known; `what` names the kind, e.g. `calendar`. */
export function unknownOf(
  what: string,
  known: readonly string[],
  used: readonly { path: IssuePath; value: string | undefined }[],
): PolicyIssue[] {
  return used.flatMap(({ path, value }) => {
    if (value === undefined || known.includes(value)) return [];
    const guess = nearest(value, known);
    const hint = guess === undefined ? '' : ` (did you mean ${guess}?)`;
    return [wrong(path, value, `no such ${what}${hint}; allowed: ${[...new Set(known)].join(', ')}`)];
  });
}

/** Each entry of a list as a value with its path. */
export function entries(
  path: IssuePath,
  values: readonly string[] | undefined,
): { path: IssuePath; value: string }[] {
  return (values ?? []).map((value, i) => ({ path: [...path, i], value }));
}

/** Negative if the first span is shorter, 0 if equal; null for business time against business days. */
export function compareSpans(a: string, b: string): number | null {
  const [first, second] = [parseSpan(a), parseSpan(b)];
  if (first.kind === 'time' && second.kind === 'time') return first.ms - second.ms;
  if (first.kind === 'days' && second.kind === 'days') return first.days - second.days;
  return null;
}
