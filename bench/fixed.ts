/** What each environment has that is charged by the month, counted in its templates. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { METRICS, type MetricDescription } from '../lambdas/shared/metric-names.ts';
import { rungNameSchema } from '../core/policy/schema/commitments.ts';
import { ENVIRONMENTS, type EnvironmentSettings } from '../lib/environments.ts';
import { loadPolicy } from '../lib/policy/load.ts';
import { PROJECT, synthesize } from '../tools/shared/cdk.ts';
import type { Monthly } from './prices.ts';

const MINUTES_OF_A_MONTH = 30 * 24 * 60;
const METRICS_OF_A_METHOD = 5;
const MACHINES = 2;

interface Resource {
  Type: string;
  Properties: {
    Metrics?: { MetricStat?: object }[];
    Rules?: unknown[];
    MethodSettings?: { MetricsEnabled?: boolean }[];
  };
}

/** By environment; the one for tests is left out. */
export async function fixedAmounts(): Promise<Record<string, Record<Monthly, number>>> {
  const amounts: Record<string, Record<Monthly, number>> = {};
  for (const settings of ENVIRONMENTS.filter(({ name }) => name !== 'e2e')) {
    const { folder, stacks } = await synthesize(settings.name);
    const resources = stacks.flatMap((stack) => {
      const text = readFileSync(path.join(folder, `${stack}.template.json`), 'utf8');
      return Object.values((JSON.parse(text) as { Resources: Record<string, Resource> }).Resources);
    });
    amounts[settings.name] = { ...countedIn(resources), ...(await besideTheTemplates(settings)) };
  }
  return amounts;
}

function countedIn(resources: readonly Resource[]) {
  const of = (type: string): Resource[] => resources.filter(({ Type }) => Type === `AWS::${type}`);
  // An alarm of an expression is charged for each metric in it.
  const metricsOf = ({ Properties: { Metrics } }: Resource): number =>
    Metrics === undefined ? 1 : Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
  const [acl] = of('WAFv2::WebACL');
  const hasMethodMetrics = of('ApiGateway::Stage').some(({ Properties: { MethodSettings = [] } }) =>
    MethodSettings.some(({ MetricsEnabled }) => MetricsEnabled === true),
  );
  return {
    alarmMetric: of('CloudWatch::Alarm').reduce((sum, alarm) => sum + metricsOf(alarm), 0),
    dashboard: of('CloudWatch::Dashboard').length,
    apiMetric: hasMethodMetrics ? of('ApiGateway::Method').length * METRICS_OF_A_METHOD : 0,
    firewall: acl === undefined ? 0 : 1,
    firewallRule: acl?.Properties.Rules?.length ?? 0,
    key: of('KMS::Key').length,
    ownSecret: of('SecretsManager::Secret').length,
    reconcilerRun: MINUTES_OF_A_MONTH,
    reconcilerTrace: MINUTES_OF_A_MONTH,
  };
}

async function besideTheTemplates({ policyFile, slack, crm }: EnvironmentSettings) {
  const { commitments } = await loadPolicy(path.join(PROJECT, policyFile));
  const values = {
    commitment: commitments.filter(({ enforced }) => enforced).length,
    rung: rungNameSchema.options.length,
    machine: MACHINES,
  };
  const descriptions: MetricDescription[] = Object.values(METRICS);
  const ownMetric = descriptions.reduce(
    (sum, { by, total }) => sum + (by === undefined ? 1 : values[by] + (total === true ? 1 : 0)),
    0,
  );
  return { ownMetric, secret: [slack, crm].filter((one) => one !== undefined).length };
}
