/** Alarms of what the product stands on: queues, tables, the event bus, mail. */
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { physicalName } from '../../names.ts';
import { serviceMetric, sumOf } from '../metrics.ts';
import type { AlarmRow, Watched } from '../watched.ts';

const THROTTLED = 10;
const SYSTEM_ERRORS = 5;
/** SES reviews an account at 5 % and at 0.1 %, and stops its mail at twice and five times that. */
const BOUNCES = 0.03;
const COMPLAINTS = 0.0005;

export function serviceAlarms(watched: Watched): AlarmRow[] {
  return [...queueAlarms(watched), ...tableAlarms(watched), ...ruleAlarms(watched), ...mailAlarms(watched)];
}

function queueAlarms({ environment, queues, links }: Watched): AlarmRow[] {
  return queues.map((name) => ({
    id: `queue-${name.replace(physicalName(environment, ''), '')}`,
    severity: 'high',
    impact: 'Something was given up after all retries and lies in a queue: its receiver knows nothing of it.',
    runbook: 'a-dead-letter-queue-holds-messages',
    link: links.queue(name),
    metric: serviceMetric(
      'SQS',
      'ApproximateNumberOfMessagesVisible',
      { QueueName: name },
      { statistic: Stats.MAXIMUM },
    ),
    threshold: 1,
    because: 'Nothing reaches this queue unless every retry has failed, so that one message is enough.',
  }));
}

function tableAlarms({ tables, links }: Watched): AlarmRow[] {
  const metrics = (name: string) =>
    tables.flatMap((table) =>
      table.operations.map((Operation) =>
        serviceMetric('DynamoDB', name, { TableName: table.name, Operation }),
      ),
    );
  const link = links.table(tables[0]?.name ?? '');
  return [
    {
      id: 'tables-throttle',
      severity: 'high',
      impact: 'DynamoDB asks to slow down: requests take longer, and some steps have to be tried again.',
      runbook: 'tables-throttle-or-fail',
      link,
      metric: sumOf(metrics('ThrottledRequests'), 'throttled'),
      threshold: THROTTLED,
      periods: 2,
      because: `Clients try again by themselves; ${THROTTLED} in 5 minutes, twice, are more than a peak.`,
    },
    {
      id: 'tables-fail',
      severity: 'high',
      impact: 'DynamoDB answers with errors of its own: requests fail and steps have to be tried again.',
      runbook: 'tables-throttle-or-fail',
      link,
      metric: sumOf(metrics('SystemErrors'), 'errors'),
      threshold: SYSTEM_ERRORS,
      because: `Single errors are usual and are tried again; ${SYSTEM_ERRORS} in 5 minutes are not.`,
    },
  ];
}

function ruleAlarms({ rules, links, busName }: Watched): AlarmRow[] {
  return [
    {
      id: 'events-fail',
      severity: 'high',
      impact: 'Targets of events do not take them: Slack, the CRM or the reconciler miss what has happened.',
      runbook: 'events-do-not-reach-their-target',
      link: links.rules(busName),
      metric: sumOf(
        rules.map(({ name, bus }) =>
          serviceMetric('Events', 'FailedInvocations', {
            ...(bus !== undefined && { EventBusName: bus }),
            RuleName: name,
          }),
        ),
        'failed',
      ),
      threshold: 1,
      because: 'EventBridge counts here only what it has given up for good, so that one is enough.',
    },
  ];
}

function mailAlarms({ configurationSet, links }: Watched): AlarmRow[] {
  const rate = (name: string) =>
    serviceMetric(
      'SES',
      `Reputation.${name}`,
      { 'ses:configuration-set': configurationSet },
      { statistic: Stats.MAXIMUM, period: Duration.hours(1) },
    );
  const common = {
    severity: 'high' as const,
    runbook: 'mails-bounce-or-are-complained-about',
    link: links.mailReputation(),
  };
  return [
    {
      ...common,
      id: 'mails-bounce',
      impact: 'People do not get their mails, and SES will stop all mail of the account if it goes on.',
      metric: rate('BounceRate'),
      threshold: BOUNCES,
      because: 'SES puts an account under review at 5 % and stops its mail at 10 %; 3 % leave time to act.',
    },
    {
      ...common,
      id: 'mails-complained',
      impact: 'Recipients call the mails spam, and SES will stop all mail of the account if it goes on.',
      metric: rate('ComplaintRate'),
      threshold: COMPLAINTS,
      because:
        'SES puts an account under review at 0.1 % and stops its mail at 0.5 %; half of it leaves time.',
    },
  ];
}
