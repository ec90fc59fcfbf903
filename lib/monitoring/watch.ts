/** Finds what an environment has to be watched: what is in its stacks, whatever has put it there. */
import { Stack } from 'aws-cdk-lib';
import { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { EnvironmentSettings } from '../environments.ts';
import { FUNCTIONS, type TableAction } from '../functions.ts';
import { machineArn, physicalName } from '../names.ts';
import type { StatefulStack } from '../stateful-stack.ts';
import { ConsoleLinks } from './console.ts';
import { monitoredPolicy } from './policy.ts';
import type { Watched } from './watched.ts';

const MACHINES = ['mql-response', 'commitment-clock'] as const;

/**
 * @param service the stack of the service, complete but for its monitoring
 * @throws Error if a queue or a rule has no name, or there is no API
 */
export function watch(service: Stack, stateful: StatefulStack, settings: EnvironmentSettings): Watched {
  const environment = settings.name;
  const resources = [stateful, service].flatMap((stack) => stack.node.findAll());
  const api = resources.find((child) => child instanceof CfnRestApi);
  if (api === undefined) throw new Error(`The stack ${service.stackName} has no API.`);
  return {
    environment,
    policy: monitoredPolicy(settings.policyFile),
    links: new ConsoleLinks(service),
    apiId: api.ref,
    functions: FUNCTIONS.map(({ folder }) => physicalName(environment, folder)),
    machines: MACHINES.map((name) => ({ name, arn: machineArn(service, environment, name) })),
    tables: [
      { title: 'leads', name: stateful.leads.tableName, operations: operationsOn('leads') },
      { title: 'roster', name: stateful.roster.tableName, operations: operationsOn('roster') },
    ],
    queues: resources
      .filter((child) => child instanceof CfnQueue)
      .map((queue) => named(queue.queueName, queue.node.path)),
    rules: resources
      .filter((child) => child instanceof CfnRule)
      .map((rule) => ({ name: named(rule.name, rule.node.path), bus: rule.eventBusName })),
    busName: stateful.bus.eventBusName,
    configurationSet: stateful.configurationSet.configurationSetName,
  };
}

/** What the functions do with a table, as CloudWatch calls it. */
function operationsOn(table: 'leads' | 'roster'): string[] {
  const actions = new Set<TableAction>(FUNCTIONS.flatMap(({ grants }) => grants[table]));
  return [...actions].map((action) => action.replace('dynamodb:', '')).sort();
}

function named(name: string | undefined, path: string): string {
  if (name === undefined) throw new Error(`${path} needs a name, so that it can be watched.`);
  return name;
}
