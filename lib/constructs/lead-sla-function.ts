/** A function of the product: its runtime, its own log group, and a role that may do what its row says and no more. */
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { LEADS_TABLE, ROSTER_TABLE, type TableDescription } from '../../lambdas/shared/tables.ts';
import { bundleFolder } from '../bundle.ts';
import type { EnvironmentSettings } from '../environments.ts';
import type { FunctionSpec, TableAction } from '../functions.ts';
import { machineArn, physicalName } from '../names.ts';
import { removalPolicy } from '../removal-policy.ts';
import type { NamedTable } from '../stateful-stack.ts';
import { outboundVariable } from './outbound.ts';

/** What all functions share. */
export interface Surroundings {
  settings: EnvironmentSettings;
  leads: NamedTable;
  roster: NamedTable;
  bus: EventBus;
  configurationSetName: string;
  suppressionKeyArn: string;
}

export class LeadSlaFunction extends Construct {
  readonly function: Function;

  constructor(scope: Construct, spec: FunctionSpec, surroundings: Surroundings) {
    super(scope, spec.folder);
    const { settings } = surroundings;
    const functionName = physicalName(settings.name, spec.folder);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: settings.logRetention,
      removalPolicy: removalPolicy(settings),
    });
    // Its rights are a part of the role: as resources of their own they would be too many for one stack.
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        Rights: new PolicyDocument({
          statements: [...observed(logGroup), ...statements(Stack.of(this), spec, surroundings)],
        }),
      },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray takes traces for no resource in particular; every other permission names its resources.',
    });
    this.function = new Function(this, 'Function', {
      functionName,
      description: `lead-sla ${settings.name}: ${spec.folder}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(bundleFolder(settings.policyFile, spec.folder)),
      handler: 'index.handler',
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds),
      role: role.withoutPolicyUpdates(),
      logGroup,
      tracing: Tracing.ACTIVE,
      environment: {
        ...environment(Stack.of(this), surroundings),
        ...(spec.grants.effects !== false ? outboundVariable(settings.slack, settings.crm) : {}),
        ...(spec.gate === true ? { MX_LOOKUP: settings.mxLookup ? 'on' : 'off' } : {}),
        ...(spec.suppression === true ? { SUPPRESSION_SECRET_ARN: surroundings.suppressionKeyArn } : {}),
      },
    });
  }
}

/** Writes its own log, and tells X-Ray of what it does. */
function observed(logGroup: LogGroup): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
    new PolicyStatement({
      actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
      resources: ['*'],
    }),
  ];
}

function environment(stack: Stack, { settings, ...around }: Surroundings): Record<string, string> {
  return {
    ENVIRONMENT: settings.name,
    LEADS_TABLE: around.leads.tableName,
    ROSTER_TABLE: around.roster.tableName,
    EVENT_BUS_NAME: around.bus.eventBusName,
    MAIL_FROM: settings.sender,
    CONFIGURATION_SET: around.configurationSetName,
    MQL_RESPONSE_ARN: machineArn(stack, settings.name, 'mql-response'),
    COMMITMENT_CLOCK_ARN: machineArn(stack, settings.name, 'commitment-clock'),
    POWERTOOLS_SERVICE_NAME: 'lead-sla',
    POWERTOOLS_LOG_LEVEL: settings.logLevel,
    NODE_OPTIONS: '--enable-source-maps',
  };
}

function statements(
  stack: Stack,
  { grants, suppression }: FunctionSpec,
  around: Surroundings,
): PolicyStatement[] {
  const environmentName = around.settings.name;
  const ses = (resource: string, resourceName: string): string =>
    stack.formatArn({ service: 'ses', resource, resourceName });
  return [
    ...onTable(around.leads, LEADS_TABLE, grants.leads),
    ...onTable(around.roster, ROSTER_TABLE, grants.roster),
    ...(suppression === true
      ? [
          new PolicyStatement({
            actions: ['secretsmanager:GetSecretValue'],
            resources: [around.suppressionKeyArn],
          }),
        ]
      : []),
    ...(grants.effects !== false
      ? [
          new PolicyStatement({ actions: ['events:PutEvents'], resources: [around.bus.eventBusArn] }),
          new PolicyStatement({
            actions: ['ses:SendEmail'],
            resources: [
              ses('identity', around.settings.sender.replace(/^.*@/, '')),
              ses('configuration-set', around.configurationSetName),
            ],
          }),
        ]
      : []),
    ...(grants.effects === true
      ? [
          new PolicyStatement({
            actions: ['states:StartExecution'],
            resources: [
              machineArn(stack, environmentName, 'mql-response'),
              machineArn(stack, environmentName, 'commitment-clock'),
            ],
          }),
        ]
      : []),
  ];
}

/** Only queries go to an index, and each index is named. */
function onTable(
  table: NamedTable,
  { indexes }: TableDescription,
  actions: readonly TableAction[],
): PolicyStatement[] {
  if (actions.length === 0) return [];
  const onItems = new PolicyStatement({ actions: [...actions], resources: [table.tableArn] });
  if (indexes.length === 0 || !actions.includes('dynamodb:Query')) return [onItems];
  const onIndexes = new PolicyStatement({
    actions: ['dynamodb:Query'],
    resources: indexes.map(({ name }) => `${table.tableArn}/index/${name}`),
  });
  return [onItems, onIndexes];
}
