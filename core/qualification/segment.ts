/** The segment of a lead's company (policy book §3). */
import type { Company } from '../model/lead.ts';
import type { Policy } from '../policy/schema.ts';
import type { SegmentRow } from '../policy/schema/lead-kinds.ts';
import type { Traits } from './condition.ts';
import { holds } from './condition.ts';

interface Range {
  from: number;
  below?: number | undefined;
}

/**
 * The first segment whose range holds the company's employees or its revenue, and by which of the two; null while
 * neither is known.
 */
export function segmentOf(
  policy: Pick<Policy, 'segments'>,
  company: Pick<Company, 'employees' | 'annualRevenueUsd'>,
): { row: SegmentRow; because: string } | null {
  for (const row of policy.segments) {
    if (within(row.employees, company.employees)) return { row, because: `${company.employees} employees` };
    if (within(row.annualRevenueUsd, company.annualRevenueUsd)) {
      return { row, because: `revenue of ${company.annualRevenueUsd} USD a year` };
    }
  }
  return null;
}

/** The target of a segment for a lead: the first of its rows that applies; null if none does. */
export function segmentTarget(row: SegmentRow, lead: Traits): string | null {
  return row.targets.find(({ when }) => holds(when, lead) !== null)?.target ?? null;
}

/** Ranges are half-open: `from` belongs to the range, `below` does not. */
function within(range: Range, value: number | undefined): value is number {
  return value !== undefined && value >= range.from && (range.below === undefined || value < range.below);
}
