/** A problem as the documentation shows it. */
import type { ProblemBody } from '../../lambdas/api/schemas/problem.ts';
import { PROBLEM_BASE } from '../../lambdas/shared/problem.ts';

export type Example = Pick<ProblemBody, 'type' | 'title' | 'status' | 'detail'> & Record<string, unknown>;

/** @param type the last part of the problem's stable type; `more`: members of this type alone */
export function problemExample(
  status: number,
  type: string,
  title: string,
  detail: string,
  more: Record<string, unknown> = {},
): Example {
  return { type: `${PROBLEM_BASE}${type}`, title, status, detail, ...more };
}
