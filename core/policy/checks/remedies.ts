/** Consequences, exclusions and remedies that name rows or stand in an order (policy book §13, §16). */
import type { PolicyIssue } from '../issue.ts';
import type { Policy } from '../schema.ts';
import { entries, unknownOf, wrong } from './finding.ts';

export function checkRemedies(policy: Policy): PolicyIssue[] {
  const { support, consequences, exclusions, remedies } = policy;
  const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
  return [
    ...unknownOf(
      'commitment',
      ids(policy.commitments),
      consequences.launches.flatMap(({ of }, i) => entries(['consequences', 'launches', i, 'of'], of)),
    ),
    ...unknownOf(
      'kind of customer',
      ids(support.customers),
      exclusions.flatMap(({ customers }, i) => entries(['exclusions', i, 'customers'], customers)),
    ),
    ...unknownOf(
      'reason of a pause',
      policy.pauses.reasons,
      exclusions.flatMap(({ id, pauses }, i) =>
        pauses ? [{ path: ['exclusions', i, 'id'], value: id }] : [],
      ),
    ),
    ...unknownOf(
      'calendar',
      ids(policy.calendars),
      remedies.map(({ analysis }, i) => ({
        path: ['remedies', i, 'analysis', 'calendar'],
        value: analysis?.calendar,
      })),
    ),
    ...unknownOf(
      'severity',
      ids(support.severities),
      remedies.flatMap(({ analysis }, i) =>
        entries(['remedies', i, 'analysis', 'severities'], analysis?.severities),
      ),
    ),
    ...checkBudgets(policy),
  ];
}

/** What a customer is promised has a budget. */
function checkBudgets({ support, availability }: Policy): PolicyIssue[] {
  const known = availability.map(({ percent }) => percent);
  return support.customers.flatMap(({ availabilityPercent }, i) => {
    if (availabilityPercent === undefined || known.includes(availabilityPercent)) return [];
    const path = ['support', 'customers', i, 'availabilityPercent'];
    return [wrong(path, availabilityPercent, `has no budget in availability; allowed: ${known.join(', ')}`)];
  });
}
