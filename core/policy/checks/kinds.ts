/** Kinds of lead: ranges without gaps, rows that take whatever is left (policy book §3). */
import type { IssuePath, PolicyIssue } from '../issue.ts';
import type { Policy } from '../schema.ts';
import { compareSpans, wrong } from './finding.ts';

export function checkKinds(policy: Policy): PolicyIssue[] {
  return [
    ...checkRanges(policy, 'employees'),
    ...checkRanges(policy, 'annualRevenueUsd'),
    ...checkRest(['tiers'], policy.tiers),
    ...checkRest(['priorities'], policy.priorities),
    ...policy.tiers.flatMap((row, i) =>
      (compareSpans(row.breachThreshold, row.target) ?? 1) > 0
        ? []
        : [
            wrong(
              ['tiers', i, 'breachThreshold'],
              row.breachThreshold,
              `must be longer than the target, ${row.target}`,
            ),
          ],
    ),
    ...policy.sources.flatMap((row, i) =>
      row.notBefore === undefined || (compareSpans(row.notBefore, row.target) ?? -1) < 0
        ? []
        : [
            wrong(
              ['sources', i, 'notBefore'],
              row.notBefore,
              `must be shorter than the target, ${row.target}`,
            ),
          ],
    ),
    ...policy.segments.flatMap(({ leadershipResponse: { from, to } }, i) =>
      (compareSpans(from, to) ?? 0) <= 0
        ? []
        : [wrong(['segments', i, 'leadershipResponse', 'to'], to, `must not be shorter than from, ${from}`)],
    ),
  ];
}

/** Segments must cover every size from 0 on, once: sorted by size, each begins where the one before it ends. */
function checkRanges(policy: Policy, field: 'employees' | 'annualRevenueUsd'): PolicyIssue[] {
  const rows = policy.segments
    .map((row, i) => ({ id: row.id, path: ['segments', i, field], ...row[field] }))
    .sort((a, b) => a.from - b.from);
  const issues: PolicyIssue[] = [];
  let end: number | undefined = 0;
  let before = 'nothing';
  for (const row of rows) {
    if (row.below !== undefined && row.below <= row.from) {
      issues.push(wrong([...row.path, 'below'], row.below, `must be greater than from, ${row.from}`));
    }
    if (end === undefined || row.from < end) {
      issues.push(
        wrong(
          [...row.path, 'from'],
          row.from,
          `overlaps ${before}; allowed: from ${end ?? 'nowhere, it has no end'}`,
        ),
      );
    } else if (row.from > end) {
      issues.push(
        wrong([...row.path, 'from'], row.from, `leaves a gap after ${before}; allowed: from ${end}`),
      );
    }
    end = row.below;
    before = row.id;
  }
  if (end !== undefined) {
    issues.push(
      wrong([...(rows.at(-1)?.path ?? []), 'below'], end, 'larger companies have no segment; leave it out'),
    );
  }
  return issues;
}

/** The last row has no conditions and takes whatever is left; the others have some. */
function checkRest(path: IssuePath, rows: readonly { anyOf: readonly unknown[] }[]): PolicyIssue[] {
  return rows.flatMap((row, i) => {
    const last = i === rows.length - 1;
    if (last === (row.anyOf.length === 0)) return [];
    const message = last
      ? 'the last row takes whatever is left; allowed: []'
      : 'without conditions it would take every lead from the rows below; give it at least one';
    return [wrong([...path, i, 'anyOf'], row.anyOf, message)];
  });
}
