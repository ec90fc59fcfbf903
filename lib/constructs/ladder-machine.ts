/** A state machine, deployed from its file as it lies in `statemachines/`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { EnvironmentSettings } from '../environments.ts';
import { substitutionName } from '../functions.ts';
import { type MachineName, physicalName } from '../names.ts';
import { removalPolicy } from '../removal-policy.ts';

export interface LadderMachineProps {
  settings: EnvironmentSettings;
  machine: MachineName;
  /** All functions of the workflow by folder; the machine may call those that its file names. */
  functions: ReadonlyMap<string, IFunction>;
}

export class LadderMachine extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, { settings, machine, functions }: LadderMachineProps) {
    super(scope, machine);
    const name = physicalName(settings.name, machine);
    const text = readFileSync(
      path.resolve(import.meta.dirname, `../../statemachines/${machine}.asl.json`),
      'utf8',
    );
    const called = [...functions].filter(([folder]) => text.includes(`\${${substitutionName(folder)}}`));
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      stateMachineName: name,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(text),
      definitionSubstitutions: Object.fromEntries(
        called.map(([folder, { functionArn }]) => [substitutionName(folder), functionArn]),
      ),
      tracingEnabled: true,
      removalPolicy: removalPolicy(settings),
      logs: {
        destination: new LogGroup(this, 'Logs', {
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: settings.logRetention,
          removalPolicy: removalPolicy(settings),
        }),
        level: LogLevel.ALL,
        // Executions hold identifiers and instants only, so their data may be logged.
        includeExecutionData: true,
      },
    });
    Validations.of(this.stateMachine.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'X-Ray and the delivery of logs know no resources; the functions that may be called are named.',
    });
    this.stateMachine.role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: called.map(([, { functionArn }]) => functionArn),
      }),
    );
  }
}
