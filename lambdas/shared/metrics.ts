/** Metrics by lines of JSON on the standard output, in CloudWatch's embedded metric format: no call, no waiting. */
import { Metrics as Powertools } from '@aws-lambda-powertools/metrics';
import { ENVIRONMENT, METRIC_NAMESPACE, METRICS, type MetricDescription } from './metric-names.ts';
import type { Metrics } from './services.ts';

/**
 * Collects what an invocation measures and writes it when it is flushed: one line for each set of dimensions.
 * @param environment value of the dimension that all metrics have
 */
export function emfMetrics(environment: string): Metrics {
  // A line has one set of dimensions, and a container lives on: each set keeps its collector.
  const collectors = new Map<string, Powertools>();
  const collector = (dimensions: Record<string, string>): Powertools => {
    const key = JSON.stringify(dimensions);
    const known = collectors.get(key);
    if (known !== undefined) return known;
    const made = new Powertools({ namespace: METRIC_NAMESPACE });
    // Without the dimension `service`, which would be the same everywhere.
    made.clearDefaultDimensions();
    made.setDefaultDimensions({ [ENVIRONMENT]: environment, ...dimensions });
    collectors.set(key, made);
    return made;
  };
  const add: Metrics['add'] = (name, value = 1, of) => {
    const { unit, by, total }: MetricDescription = METRICS[name];
    if (by !== undefined && of !== undefined) collector({ [by]: of }).addMetric(name, unit, value);
    if (by === undefined || total === true) collector({}).addMetric(name, unit, value);
  };
  return {
    add,
    observe: async (read) => {
      for (const { name, value } of await read()) add(name, value);
    },
    flush: () => {
      for (const each of collectors.values()) if (each.hasStoredMetrics()) each.publishStoredMetrics();
    },
  };
}

/** Where nobody reads metrics: nothing is kept, and nothing is read in order to be measured. */
export const noMetrics: Metrics = {
  add: () => undefined,
  observe: () => Promise.resolve(),
  flush: () => undefined,
};
