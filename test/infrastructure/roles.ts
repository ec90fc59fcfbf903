/** One role for each that acts, with the actions it uses, and no wildcard in place of a resource. */
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { MACHINES } from '../statemachines/machine.ts';
import { statements } from './policies.ts';
import { type EnvironmentTemplates, properties, resources } from './synthesized.ts';

/** Actions that AWS allows on every resource or on none. */
const KNOWS_NO_RESOURCE = {
  'X-Ray': [
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:PutTelemetryRecords',
    'xray:PutTraceSegments',
  ],
  'the delivery of logs': [
    'logs:CreateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:DescribeLogGroups',
    'logs:DescribeResourcePolicies',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:UpdateLogDelivery',
  ],
};

const roleOf = (value: unknown): string => (value as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0];

export function rolePromises(settings: EnvironmentSettings, templates: () => EnvironmentTemplates): void {
  const service = (): EnvironmentTemplates['service'] => templates().service;
  const ways = [settings.slack, settings.crm].filter((way) => way !== undefined).length;

  test('every function, state machine and way out has a role of its own', () => {
    const used = [
      ...properties(service(), 'AWS::Lambda::Function').map(({ Role }) => roleOf(Role)),
      ...properties(service(), 'AWS::StepFunctions::StateMachine').map(({ RoleArn }) => roleOf(RoleArn)),
      ...properties(service(), 'AWS::Events::Rule')
        .flatMap(({ Targets }) => Targets as { RoleArn?: unknown }[])
        .flatMap(({ RoleArn }) => (RoleArn === undefined ? [] : [roleOf(RoleArn)])),
    ];
    expect(used.length).toBe(properties(service(), 'AWS::Lambda::Function').length + MACHINES.length + ways);
    expect(new Set(used).size).toBe(used.length);
    // Beside them, the role by which API Gateway writes its logs.
    expect(resources(service(), 'AWS::IAM::Role')).toHaveLength(used.length + 1);
  });

  test('nobody may do anything on every resource, but for actions that know no resources', () => {
    const all = statements(service());
    expect(all.length).toBeGreaterThan(50);
    expect(all.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
    const wide = all.filter(({ resources: on }) => JSON.stringify(on).includes('*'));
    const allowed = Object.values(KNOWS_NO_RESOURCE).flat();
    expect(wide.flatMap(({ actions }) => actions).filter((action) => !allowed.includes(action))).toEqual([]);
  });

  test('a way out may call its own address, and nothing else', () => {
    const rules = properties(service(), 'AWS::Events::Rule')
      .flatMap(({ Targets }) => Targets as { Arn: unknown; RoleArn?: unknown }[])
      .filter(({ RoleArn }) => RoleArn !== undefined);
    expect(rules).toHaveLength(ways);
    for (const { Arn, RoleArn } of rules) {
      const may = statements(service()).filter(({ role }) => role === roleOf(RoleArn));
      expect(may).toEqual([
        expect.objectContaining({ actions: ['events:InvokeApiDestination'], resources: [Arn] }),
      ]);
    }
  });

  test('policies that AWS keeps are used where AWS has no other way, for the logs of API Gateway', () => {
    const managed = properties(service(), 'AWS::IAM::Role').filter(
      ({ ManagedPolicyArns }) => ManagedPolicyArns,
    );
    expect(managed).toHaveLength(1);
    expect(JSON.stringify(managed)).toContain('AmazonAPIGatewayPushToCloudWatchLogs');
  });

  test('functions, state machines and the stage of the API are traced by X-Ray', () => {
    for (const lambda of properties(service(), 'AWS::Lambda::Function')) {
      expect(lambda['TracingConfig']).toEqual({ Mode: 'Active' });
    }
    for (const machine of properties(service(), 'AWS::StepFunctions::StateMachine')) {
      expect(machine['TracingConfiguration']).toEqual({ Enabled: true });
    }
    expect(properties(service(), 'AWS::ApiGateway::Stage')).toEqual([
      expect.objectContaining({ TracingEnabled: true }),
    ]);
  });
}
