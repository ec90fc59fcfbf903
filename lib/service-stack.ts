/** What works on the data: functions, state machines, API and schedule. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { ROUTES } from '../lambdas/api/routes.ts';
import { LadderMachine } from './constructs/ladder-machine.ts';
import { LeadApi } from './constructs/lead-api.ts';
import { LeadSlaFunction, type Surroundings } from './constructs/lead-sla-function.ts';
import { addOutbound } from './constructs/outbound.ts';
import { addSchedules } from './constructs/schedules.ts';
import type { EnvironmentSettings } from './environments.ts';
import { API_FUNCTIONS, type FunctionSpec, WORKFLOW_FUNCTIONS } from './functions.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import type { StatefulStack } from './stateful-stack.ts';

export interface ServiceStackProps extends StackProps {
  settings: EnvironmentSettings;
  stateful: StatefulStack;
}

export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const { settings, stateful } = props;
    const surroundings: Surroundings = {
      settings,
      leads: stateful.leads,
      roster: stateful.roster,
      bus: stateful.bus,
      suppressionKeyArn: stateful.suppressionKey.secretArn,
      configurationSetName: stateful.configurationSet.configurationSetName,
    };
    const make = (spec: FunctionSpec): [string, Function] => [
      spec.folder,
      new LeadSlaFunction(this, spec, surroundings).function,
    ];
    const workflow = new Map(WORKFLOW_FUNCTIONS.map(make));
    const api = new LeadApi(this, { settings, routes: ROUTES, functions: new Map(API_FUNCTIONS.map(make)) });
    addSchedules(this, settings, (spec) => make(spec)[1]);
    const mqlResponse = new LadderMachine(this, { settings, machine: 'mql-response', functions: workflow });
    const commitmentClock = new LadderMachine(this, {
      settings,
      machine: 'commitment-clock',
      functions: workflow,
    });
    addOutbound(this, { settings, bus: stateful.bus, undelivered: stateful.undelivered });
    new CfnOutput(this, 'ApiUrl', { value: api.api.url, description: 'Base of every path of the API.' });
    new CfnOutput(this, 'ApiKeyId', {
      value: api.key.keyId,
      description: 'Read the key with: aws apigateway get-api-key --include-value --api-key <this>',
    });
    new CfnOutput(this, 'MqlResponseArn', { value: mqlResponse.stateMachine.stateMachineArn });
    new CfnOutput(this, 'CommitmentClockArn', { value: commitmentClock.stateMachine.stateMachineArn });
    new Monitoring(this, { settings, stateful });
  }
}
