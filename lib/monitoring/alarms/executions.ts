/** Alarms of the executions: one waits for each clock that runs. */
import { ownMetric, serviceMetric, sumOf } from '../metrics.ts';
import type { AlarmRow, Watched } from '../watched.ts';

export function executionAlarms({ environment, machines, links }: Watched): AlarmRow[] {
  const of = (arn: string, name: string) => serviceMetric('States', name, { StateMachineArn: arn });
  return [
    ...machines.map(({ name, arn }): AlarmRow => ({
      id: `executions-fail-${name}`,
      severity: 'high',
      impact: 'Ladders have broken off; until the reconciler has started them anew their rungs are late.',
      runbook: 'executions-fail',
      link: links.failedExecutions(arn),
      metric: sumOf(
        ['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((metric) => of(arn, metric)),
        'failed, timed out, aborted',
      ),
      threshold: 1,
      because: 'Each step is tried again several times before an execution fails, so that one is no chance.',
    })),
    {
      id: 'steps-fail',
      severity: 'high',
      impact: 'Steps fail after all retries; the leads of the timeline entry workflow_failed are told late.',
      runbook: 'executions-fail',
      link: links.stateMachines(),
      metric: ownMetric(environment, 'WorkflowFailures'),
      threshold: 1,
      because: 'A step that has used up its retries has met something that waiting does not mend.',
    },
    {
      id: 'executions-throttled',
      severity: 'low',
      impact: 'Step Functions makes executions wait for their next state: rungs may be seconds late.',
      runbook: 'executions-are-throttled',
      link: links.stateMachines(),
      metric: sumOf(
        machines.map(({ arn }) => of(arn, 'ExecutionThrottled')),
        'throttled',
      ),
      threshold: 1,
      periods: 3,
      because: 'A short peak is evened out by the bucket; 15 minutes of it say that the quota is too small.',
    },
  ];
}
