/** Alarms of the functions. An alarm may look at ten metrics, so the functions are taken in groups of ten. */
import { physicalName } from '../../names.ts';
import { MOST_METRICS_OF_AN_ALARM, serviceMetric, sumOf } from '../metrics.ts';
import type { AlarmRow, Watched } from '../watched.ts';

const ERRORS = 5;
const THROTTLES = 10;

export function functionAlarms({ environment, functions, links }: Watched): AlarmRow[] {
  const link = links.functions(physicalName(environment, ''));
  return inGroups(functions).flatMap((group, index): AlarmRow[] => [
    {
      id: `function-errors-${index + 1}`,
      severity: 'high',
      impact:
        'Functions fail: steps of ladders are tried again and run late, requests are answered with an error.',
      runbook: 'functions-fail',
      link,
      metric: metric(group, 'Errors'),
      threshold: ERRORS,
      because: `One failure is repeated by its caller; ${ERRORS} in 5 minutes have a cause.`,
    },
    {
      id: `function-throttles-${index + 1}`,
      severity: 'high',
      impact:
        'The account has no room for more functions at a time: requests are refused and rungs run late.',
      runbook: 'functions-are-throttled',
      link,
      metric: metric(group, 'Throttles'),
      threshold: THROTTLES,
      because: `State machines try throttled calls again; ${THROTTLES} in 5 minutes are more than a short peak.`,
    },
  ]);
}

function metric(names: readonly string[], name: string) {
  return sumOf(
    names.map((FunctionName) => serviceMetric('Lambda', name, { FunctionName })),
    name,
  );
}

function inGroups(functions: readonly string[]): string[][] {
  const groups = Math.ceil(functions.length / MOST_METRICS_OF_AN_ALARM);
  return Array.from({ length: groups }, (_, index) =>
    functions.slice(index * MOST_METRICS_OF_AN_ALARM, (index + 1) * MOST_METRICS_OF_AN_ALARM),
  );
}
