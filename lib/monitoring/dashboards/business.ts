/** The dashboard for those who answer for the agreement: leads, compliance, breaches, people. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MetricName } from '../../../lambdas/shared/metric-names.ts';
import type { SlaAlarm } from '../alarm.ts';
import { compliance, eachOf, ownMetric, type Reading } from '../metrics.ts';
import type { Watched } from '../watched.ts';
import { addDashboard, type Panel } from './layout.ts';

const HOUR = Duration.hours(1);
const PERCENT = { min: 0, max: 100 };

export function businessDashboard(scope: Construct, watched: Watched, alarms: readonly SlaAlarm[]): void {
  addDashboard(scope, {
    environment: watched.environment,
    name: 'business',
    text: 'How the agreement between Marketing and Sales is kept.',
    alarms: alarms.filter(({ severity }) => severity === 'critical'),
    panels: panels(watched),
  });
}

function panels({ environment, policy }: Watched): Panel[] {
  const own = (name: MetricName, label: string, reading: Reading = {}) =>
    ownMetric(environment, name, { period: HOUR, label, ...reading });
  const each = (name: MetricName, values: readonly string[]) => values.map((of) => own(name, of, { of }));
  const red = { value: policy.redCompliance, label: 'red (policy)', color: '#d13212' };
  const assignment = (statistic: string) => own('AssignmentTime', statistic, { statistic });
  return [
    {
      title: 'Leads an hour',
      metrics: [
        own('LeadsReceived', 'received'),
        own('LeadsAssigned', 'assigned'),
        own('LeadsReassigned', 'reassigned'),
      ],
    },
    {
      title: 'Becoming an MQL, an hour',
      metrics: [
        own('InquiriesReceived', 'inquiries'),
        own('LeadsQualified', 'qualified'),
        own('LeadsHeld', 'held for Marketing'),
      ],
    },
    {
      title: 'Compliance of the hour, percent (first verdicts)',
      metrics: [compliance(environment, HOUR), compliance(environment, HOUR, 1, policy.response)],
      bound: red,
      axis: PERCENT,
    },
    {
      title: 'Compliance of the day, percent',
      metrics: [compliance(environment, Duration.days(1))],
      bound: red,
      axis: PERCENT,
    },
    { title: 'Clocks met', metrics: [eachOf(environment, 'ClocksMet', HOUR)] },
    { title: 'Clocks missed', metrics: [eachOf(environment, 'ClocksMissed', HOUR)] },
    { title: 'Rungs climbed', metrics: each('RungsClimbed', policy.rungs) },
    {
      title: 'Breaches and incidents',
      metrics: [
        ...each('RungsClimbed', ['breach', 'incident']),
        own('VerdictsTurned', 'verdicts turned afterwards'),
      ],
    },
    {
      title: 'Items about people',
      metrics: [own('ItemsOpened', 'opened'), own('ItemsTakenBack', 'taken back')],
    },
    {
      title: 'From arrival to owner, ms',
      metrics: [assignment(Stats.p(50)), assignment(Stats.p(90)), assignment(Stats.p(99))],
    },
    {
      title: 'Without an owner',
      metrics: [
        own('UnassignedLeads', 'leads', { statistic: Stats.MAXIMUM, period: Duration.minutes(5) }),
        own('NobodyAvailable', 'nobody available', { period: Duration.minutes(5) }),
      ],
    },
    {
      title: 'Oldest without an owner, s',
      metrics: [own('OldestUnassigned', 'oldest', { statistic: Stats.MAXIMUM, period: Duration.minutes(5) })],
    },
    {
      title: 'Lateness of timers, ms',
      metrics: ['mql-response', 'commitment-clock'].flatMap((of) =>
        [Stats.p(50), Stats.p(99)].map((statistic) =>
          own('TimerLateness', `${of} ${statistic}`, { of, statistic }),
        ),
      ),
    },
    {
      title: 'Mails',
      metrics: [
        own('NoticesSent', 'sent'),
        own('NoticesHeld', 'held for hours'),
        own('NoticesFailed', 'given up'),
      ],
    },
    {
      title: 'Days until public holidays end',
      metrics: [own('HolidayDaysLeft', 'days', { statistic: Stats.MINIMUM, period: Duration.days(1) })],
    },
  ];
}
