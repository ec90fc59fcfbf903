/** Alarms of the service level itself: owners, timers, compliance, mails to people. */
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { physicalName } from '../../names.ts';
import { compliance, ownMetric } from '../metrics.ts';
import type { AlarmRow, Watched } from '../watched.ts';

/** The share of the shortest target that a timer may be late, and what is left for a cold start, in seconds. */
const LATE_SHARE = 0.1;
const LATE_AT_LEAST = 5;
/** Of the time after which the fallback owner gets a lead. */
const UNASSIGNED_FACTOR = 2;
/** Verdicts of a day below which a percentage says nothing. */
const LEAST_VERDICTS = 20;
const HOLIDAY_DAYS = 90;

export function leadAlarms({ environment, policy, links }: Watched): AlarmRow[] {
  const minute = Duration.minutes(1);
  const link = links.dashboard(physicalName(environment, 'business'));
  const late = Math.max(LATE_AT_LEAST, LATE_SHARE * policy.shortestTarget);
  const lateness = (of: string) =>
    ownMetric(environment, 'TimerLateness', { of, statistic: Stats.percentile(99) });
  return [
    {
      id: 'timers-late',
      severity: 'critical',
      impact: 'Reminders, warnings and reassignments come too late to save the leads that they are about.',
      runbook: 'timers-are-late',
      link: links.dashboard(physicalName(environment, 'technique')),
      metric: new MathExpression({
        expression: 'MAX([response, other])',
        usingMetrics: { response: lateness('mql-response'), other: lateness('commitment-clock') },
        label: 'lateness, p99, ms',
      }),
      threshold: late * 1000,
      periods: 2,
      because: `A tenth of the policy's shortest target of ${policy.shortestTarget} s, at least ${LATE_AT_LEAST} s.`,
    },
    {
      id: 'leads-unassigned',
      severity: 'critical',
      impact:
        'Prospects wait and nobody owns them: neither the round robin nor the fallback owner took the lead.',
      runbook: 'leads-have-no-owner',
      link,
      metric: ownMetric(environment, 'OldestUnassigned', { period: minute, statistic: Stats.MAXIMUM }),
      threshold: UNASSIGNED_FACTOR * policy.longestFallback,
      periods: 3,
      because: `Twice the policy's fallback.after of ${policy.longestFallback} s: by then somebody must have it.`,
    },
    {
      id: 'compliance-red',
      severity: 'high',
      impact:
        'Too many commitments of the last day were missed: the agreement between Marketing and Sales is broken.',
      runbook: 'compliance-is-red',
      link,
      metric: compliance(environment, Duration.days(1), LEAST_VERDICTS),
      threshold: policy.redCompliance,
      below: true,
      because: `The policy calls less than ${policy.redCompliance} % red; below ${LEAST_VERDICTS} verdicts it says nothing.`,
    },
    {
      id: 'notices-fail',
      severity: 'high',
      impact: 'People were not told of their leads: a mail was refused, or given up after all its attempts.',
      runbook: 'a-mail-was-not-delivered',
      link,
      metric: ownMetric(environment, 'NoticesFailed'),
      threshold: 1,
      because: "A mail is given up only when it was refused or the policy's attempts are used up.",
    },
    {
      id: 'holidays-end',
      severity: 'high',
      impact:
        'Deadlines after the last compiled year will be counted over public holidays as if they were workdays.',
      runbook: 'public-holidays-end',
      link,
      metric: ownMetric(environment, 'HolidayDaysLeft', {
        period: Duration.hours(1),
        statistic: Stats.MINIMUM,
      }),
      threshold: HOLIDAY_DAYS,
      below: true,
      because: `${HOLIDAY_DAYS} days are more than the longest deadline of a lead, and leave time to deploy.`,
    },
  ];
}
