/** The dashboard for those who keep the environment alive: requests, functions, executions, tables, queues. */
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { API_FUNCTIONS, SCHEDULED_FUNCTIONS, WORKFLOW_FUNCTIONS } from '../../functions.ts';
import { physicalName } from '../../names.ts';
import type { SlaAlarm } from '../alarm.ts';
import { apiMetric } from '../alarms/api.ts';
import { ownMetric, serviceMetric, type Reading } from '../metrics.ts';
import type { Watched } from '../watched.ts';
import { addDashboard, type Panel } from './layout.ts';

const [P50, P99] = [Stats.p(50), Stats.p(99)];

export function techniqueDashboard(scope: Construct, watched: Watched, alarms: readonly SlaAlarm[]): void {
  addDashboard(scope, {
    environment: watched.environment,
    name: 'technique',
    text: 'Whether the product works. Alarms of severity low are told here and nowhere else.',
    alarms: [...alarms],
    panels: [
      ...apiPanels(watched),
      ...functionPanels(watched),
      ...executionPanels(watched),
      ...reconcilerPanels(watched),
      ...tablePanels(watched),
      ...deliveryPanels(watched),
    ],
  });
}

function apiPanels({ environment }: Watched): Panel[] {
  const of = (name: string, label: string, reading: Reading = {}) =>
    apiMetric(environment, name, { label, ...reading });
  return [
    { title: 'API: requests', metrics: [of('Count', 'all')] },
    { title: 'API: errors', metrics: [of('5XXError', '5xx'), of('4XXError', '4xx')] },
    {
      title: 'API: latency, ms',
      metrics: [of('Latency', 'p50', { statistic: P50 }), of('Latency', 'p99', { statistic: P99 })],
    },
  ];
}

function functionPanels({ environment }: Watched): Panel[] {
  const groups = [
    { title: 'API', specs: API_FUNCTIONS },
    { title: 'Workflow', specs: [...WORKFLOW_FUNCTIONS, ...SCHEDULED_FUNCTIONS] },
  ];
  return groups.flatMap(({ title, specs }) => {
    const each = (name: string, reading: Reading = {}) =>
      specs.map(({ folder }) =>
        serviceMetric(
          'Lambda',
          name,
          { FunctionName: physicalName(environment, folder) },
          { label: folder, ...reading },
        ),
      );
    return [
      {
        title: `${title} functions: errors and throttles`,
        metrics: [...each('Errors'), ...each('Throttles')],
      },
      { title: `${title} functions: duration p50, ms`, metrics: each('Duration', { statistic: P50 }) },
      { title: `${title} functions: duration p99, ms`, metrics: each('Duration', { statistic: P99 }) },
    ];
  });
}

function executionPanels({ machines }: Watched): Panel[] {
  return [
    ...machines.map(({ name, arn }) => ({
      title: `Executions of ${name}`,
      metrics: [
        'ExecutionsStarted',
        'ExecutionsSucceeded',
        'ExecutionsFailed',
        'ExecutionsTimedOut',
        'ExecutionsAborted',
        'ExecutionThrottled',
      ].map((metric) => serviceMetric('States', metric, { StateMachineArn: arn }, { label: metric })),
    })),
    {
      title: 'State transitions of the account',
      metrics: ['ConsumedCapacity', 'ThrottledEvents'].map((metric) =>
        serviceMetric('States', metric, { ServiceMetric: 'StateTransition' }, { label: metric }),
      ),
    },
  ];
}

function reconcilerPanels({ environment }: Watched): Panel[] {
  const most = { statistic: Stats.MAXIMUM };
  return [
    {
      title: 'Reconciler: work',
      metrics: [
        ownMetric(environment, 'ReconcilerRuns', { label: 'runs' }),
        ownMetric(environment, 'LeadsFinished', { label: 'leads finished' }),
        ownMetric(environment, 'RunsReplaced', { label: 'executions replaced' }),
        ownMetric(environment, 'LeadsWaiting', { label: 'leads waiting', ...most }),
      ],
    },
    {
      title: 'Reconciler: age of the oldest waiting, s',
      metrics: [ownMetric(environment, 'OldestWaiting', { label: 'oldest', ...most })],
    },
    {
      title: 'Owed, refused, in conflict',
      metrics: [
        ownMetric(environment, 'EffectsLeftOwed', { label: 'effects left owed' }),
        ownMetric(environment, 'EventsRefused', { label: 'events refused' }),
        ownMetric(environment, 'VersionConflicts', { label: 'version conflicts' }),
        ownMetric(environment, 'WorkflowFailures', { label: 'steps failed' }),
      ],
    },
  ];
}

function tablePanels({ tables }: Watched): Panel[] {
  return [
    ...tables.map(({ title, name }) => ({
      title: `Table of ${title}: capacity consumed`,
      metrics: ['ConsumedReadCapacityUnits', 'ConsumedWriteCapacityUnits'].map((metric) =>
        serviceMetric('DynamoDB', metric, { TableName: name }, { label: metric }),
      ),
    })),
    {
      title: 'Tables: throttled requests',
      metrics: tables.flatMap(({ title, name, operations }) =>
        operations.map((Operation) =>
          serviceMetric(
            'DynamoDB',
            'ThrottledRequests',
            { TableName: name, Operation },
            { label: `${title} ${Operation}` },
          ),
        ),
      ),
    },
  ];
}

function deliveryPanels({ queues, rules, configurationSet }: Watched): Panel[] {
  const depth = (metric: string, unit: string) =>
    queues.map((QueueName) =>
      serviceMetric(
        'SQS',
        metric,
        { QueueName },
        { statistic: Stats.MAXIMUM, label: `${QueueName} ${unit}` },
      ),
    );
  return [
    { title: 'Dead-letter queues: messages', metrics: depth('ApproximateNumberOfMessagesVisible', '') },
    { title: 'Dead-letter queues: oldest, s', metrics: depth('ApproximateAgeOfOldestMessage', '') },
    {
      title: 'Events and mails that fail',
      metrics: [
        ...rules.map(({ name, bus }) =>
          serviceMetric(
            'Events',
            'FailedInvocations',
            { ...(bus !== undefined && { EventBusName: bus }), RuleName: name },
            { label: name },
          ),
        ),
        ...['Bounce', 'Complaint'].map((name) =>
          serviceMetric('SES', name, { 'ses:configuration-set': configurationSet }, { label: name }),
        ),
      ],
    },
  ];
}
