/** Findings that no schema can make: references, ranges, ladders, calendars (issue 2, item 2). */
import type { PolicyIssue } from './issue.ts';
import type { Policy } from './schema.ts';

export interface CheckOptions {
  /** The current calendar year, for warnings about what runs out. */
  year?: number | undefined;
}

/** Every finding of a policy whose shape is right; an empty list when it can be used without a word. */
export function checkPolicy(_policy: Policy, _options: CheckOptions = {}): PolicyIssue[] {
  return [];
}
