/** The metrics that alarms and dashboards read: the product's own, and those of the services. */
import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import {
  ENVIRONMENT,
  METRIC_NAMESPACE,
  METRICS,
  type MetricDescription,
  type MetricName,
} from '../../lambdas/shared/metric-names.ts';

/** An alarm may look at ten metrics, no more. */
export const MOST_METRICS_OF_AN_ALARM = 10;

export interface Reading {
  statistic?: string;
  period?: Duration;
  /** The value of the metric's further dimension. */
  of?: string;
  label?: string;
}

/**
 * One of the product's own metrics.
 * @throws Error if it is asked for without a dimension that it always has, or with one that it never has
 */
export function ownMetric(environment: string, name: MetricName, reading: Reading = {}): Metric {
  const { by, total }: MetricDescription = METRICS[name];
  const { statistic = Stats.SUM, period = Duration.minutes(5), of, label } = reading;
  if (of === undefined ? by !== undefined && total !== true : by === undefined) {
    throw new Error(
      `The metric ${name} is not kept ${of === undefined ? 'without' : 'with'} a further dimension.`,
    );
  }
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: name,
    dimensionsMap: { [ENVIRONMENT]: environment, ...(by !== undefined && of !== undefined && { [by]: of }) },
    statistic,
    period,
    ...(label !== undefined && { label }),
  });
}

/**
 * One of the product's own metrics for each value that its further dimension has: the graph looks for them by itself,
 * since a policy has too many commitments to name each of them in a template.
 */
export function eachOf(environment: string, name: MetricName, period: Duration): MathExpression {
  const { by }: MetricDescription = METRICS[name];
  if (by === undefined) throw new Error(`The metric ${name} has no further dimension.`);
  const schema = `{${METRIC_NAMESPACE},${ENVIRONMENT},${by}}`;
  const search = `${schema} MetricName="${name}" ${ENVIRONMENT}="${environment}"`;
  return new MathExpression({
    expression: `SEARCH('${search}', '${Stats.SUM}', ${period.toSeconds()})`,
    label: '',
    period,
  });
}

/** A metric of an AWS service. */
export function serviceMetric(
  namespace: string,
  metricName: string,
  dimensionsMap: Record<string, string>,
  { statistic = Stats.SUM, period = Duration.minutes(5), label }: Omit<Reading, 'of'> = {},
): Metric {
  return new Metric({
    namespace: `AWS/${namespace}`,
    metricName,
    dimensionsMap,
    statistic,
    period,
    ...(label !== undefined && { label }),
  });
}

/**
 * The sum of metrics of which some may have no data.
 * @throws Error if they are more than an alarm may look at
 */
export function sumOf(metrics: readonly Metric[], label: string): MathExpression {
  if (metrics.length > MOST_METRICS_OF_AN_ALARM) {
    throw new Error(`${label}: an alarm cannot look at ${metrics.length} metrics.`);
  }
  const using = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({
    expression: `SUM([${Object.keys(using).join(', ')}])`,
    usingMetrics: using,
    label,
    period: metrics[0]?.period ?? Duration.minutes(5),
  });
}

/** Percent of clocks whose first verdict is met; no data while fewer than `least` were judged in a period. */
export function compliance(environment: string, period: Duration, least = 1, of?: string): MathExpression {
  const reading = { period, ...(of !== undefined && { of }) };
  // Names of metrics are shared by all expressions of a graph.
  const suffix = of === undefined ? '' : `_${of.replaceAll(/\W/g, '_')}`;
  const [met, missed] = [`met${suffix}`, `missed${suffix}`];
  return new MathExpression({
    // SUM takes what there is: an hour in which every clock was missed has no `met` at all.
    expression: `IF(SUM([${met}, ${missed}]) >= ${least}, 100 * (1 - FILL(${missed}, 0) / SUM([${met}, ${missed}])))`,
    usingMetrics: {
      [met]: ownMetric(environment, 'ClocksMet', reading),
      [missed]: ownMetric(environment, 'ClocksMissed', reading),
    },
    label: of ?? 'compliance',
    period,
  });
}
