/** Bounds of the later tables that contradict each other (policy book §6 to §16). */
import type { PolicyIssue } from '../issue.ts';
import type { Policy } from '../schema.ts';
import { compareSpans, wrong } from './finding.ts';

export function checkLater(policy: Policy): PolicyIssue[] {
  return [
    ...checkReview(policy),
    ...checkDecay(policy),
    ...checkMetrics(policy),
    ...checkWeekly(policy),
    ...checkBands(policy),
    ...checkPairs(policy),
  ];
}

function checkReview({ scoring: { mqlAt, review } }: Policy): PolicyIssue[] {
  if (review.from < review.below && review.below <= mqlAt) return [];
  return [
    wrong(['scoring', 'review'], review, `must end above its beginning and at most at mqlAt, ${mqlAt}`),
  ];
}

/** Where only the longest inactivity counts, it takes off the most: else a score would rise by waiting. */
function checkDecay({ scoring: { decay, inactivity } }: Policy): PolicyIssue[] {
  if (inactivity === 'sum') return [];
  const rows = decay.flatMap(({ points, inactiveFor }, i) =>
    inactiveFor === undefined ? [] : [{ points, inactiveFor, path: ['scoring', 'decay', i, 'points'] }],
  );
  return rows.flatMap(({ points, inactiveFor, path }) => {
    const shorter = rows.find(
      (row) => (compareSpans(row.inactiveFor, inactiveFor) ?? 0) < 0 && row.points < points,
    );
    if (shorter === undefined) return [];
    return [
      wrong(path, points, `must take off at least as much as ${shorter.inactiveFor}, ${shorter.points}`),
    ];
  });
}

function checkMetrics({ metrics }: Policy): PolicyIssue[] {
  return metrics.flatMap((row, i) => {
    const ahead = row.unit === 'time' ? compareSpans(row.green, row.red) : row.green - row.red;
    if (ahead === null || (row.better === 'higher' ? ahead > 0 : ahead < 0)) return [];
    const sense = row.better === 'higher' ? 'above' : 'below';
    return [
      wrong(
        ['metrics', i, 'green'],
        row.green,
        `must lie ${sense} red, ${row.red}, since ${row.better} is better`,
      ),
    ];
  });
}

/** Counts of breaches from 1 on, each in one step. */
function checkWeekly({ consequences: { weekly } }: Policy): PolicyIssue[] {
  let next: number | undefined = 1;
  return weekly.flatMap((row, i) => {
    const expected = next;
    next = row.to === undefined ? undefined : row.to + 1;
    if (row.to !== undefined && row.to < row.from) {
      return [wrong(['consequences', 'weekly', i, 'to'], row.to, `must not be less than from, ${row.from}`)];
    }
    if (row.from === expected) return [];
    const allowed = expected === undefined ? 'nothing after a row without an end' : expected;
    return [
      wrong(['consequences', 'weekly', i, 'from'], row.from, `overlaps or leaves a gap; allowed: ${allowed}`),
    ];
  });
}

/** From the best band down; the last one reaches to 0. */
function checkBands({ complianceBands }: Policy): PolicyIssue[] {
  const floors = complianceBands.map((row) => row.above ?? row.atLeast);
  return complianceBands.flatMap((row, i) => {
    const path = ['complianceBands', i];
    const floor = floors[i];
    const before = i === 0 ? undefined : floors[i - 1];
    if (floor === undefined || (row.above !== undefined && row.atLeast !== undefined)) {
      return [wrong(path, row.id, 'needs either above or atLeast')];
    }
    if (before !== undefined && floor >= before)
      return [wrong(path, floor, `must lie below the band before it, ${before}`)];
    if (i === complianceBands.length - 1 && floor !== 0)
      return [wrong(path, floor, 'the last band reaches down to 0')];
    return [];
  });
}

/** Ranges and pairs of bounds that must not be upside down. */
function checkPairs(policy: Policy): PolicyIssue[] {
  const { attempts } = policy.cadence.benchmark;
  const { quality } = policy.marketing;
  const { firstContactResolution: resolution } = policy.support;
  const { mqlDefinition: definition } = policy;
  const pairs = [
    { path: ['cadence', 'benchmark', 'attempts', 'to'], low: attempts.from, high: attempts.to },
    {
      path: ['marketing', 'quality', 'targetPercent'],
      low: quality.redBelowPercent,
      high: quality.targetPercent,
    },
    {
      path: ['support', 'firstContactResolution', 'toPercent'],
      low: resolution.fromPercent,
      high: resolution.toPercent,
    },
    {
      path: ['mqlDefinition', 'tooTightAbovePercent'],
      low: definition.tooLooseBelowPercent,
      high: definition.tooTightAbovePercent,
    },
  ];
  return pairs.flatMap(({ path, low, high }) =>
    low <= high ? [] : [wrong(path, high, `must not be less than the lower bound, ${low}`)],
  );
}
