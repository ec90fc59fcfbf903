/** Alarms of the API: whoever sends leads is answered, and soon. */
import { Stats, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { physicalName } from '../../names.ts';
import { serviceMetric, type Reading } from '../metrics.ts';
import type { AlarmRow, Watched } from '../watched.ts';

/** Errors within five minutes that are no chance any more: callers repeat what failed once. */
const ERRORS = 3;
/** Percent of refused requests, and how many requests it takes to speak of percent. */
const REFUSED_PERCENT = 50;
const REFUSED_OF = 20;
/** Milliseconds. */
const SLOW = 3000;

export function apiAlarms({ environment, apiId, links }: Watched): AlarmRow[] {
  const link = links.api(apiId);
  const metric = (name: string, reading: Reading = {}) => apiMetric(environment, name, reading);
  return [
    {
      id: 'api-fails',
      severity: 'critical',
      impact: 'Leads and activities are answered with an error; the CRM may not send them again.',
      runbook: 'the-api-fails',
      link,
      metric: metric('5XXError'),
      threshold: ERRORS,
      because: `${ERRORS} errors in 5 minutes are no chance: a caller repeats what failed once.`,
    },
    {
      id: 'api-refuses',
      severity: 'high',
      impact:
        'Most requests are refused (key, quota, throttle or content): what the CRM sends does not get in.',
      runbook: 'the-api-refuses',
      link,
      metric: new MathExpression({
        expression: `IF(requests >= ${REFUSED_OF}, 100 * refused / requests)`,
        usingMetrics: { refused: metric('4XXError'), requests: metric('Count') },
        label: 'refused, percent',
      }),
      threshold: REFUSED_PERCENT,
      periods: 3,
      because: `Half of at least ${REFUSED_OF} requests, 15 minutes long: one wrong record does not do that.`,
    },
    {
      id: 'api-slow',
      severity: 'low',
      impact: 'Callers wait for an answer; some CRMs give up after 5 to 10 seconds and send again.',
      runbook: 'the-api-is-slow',
      link,
      metric: metric('Latency', { statistic: Stats.percentile(99) }),
      threshold: SLOW,
      periods: 3,
      because: 'An answer takes under a second, a cold start included; 3 seconds leave no doubt.',
    },
  ];
}

/** A metric of the API of an environment. */
export function apiMetric(environment: string, name: string, reading: Reading = {}) {
  return serviceMetric(
    'ApiGateway',
    name,
    { ApiName: physicalName(environment, 'api'), Stage: 'v1' },
    reading,
  );
}
