/** What is deployed, as the acceptance suite and the checks speak to it. */
import { APIGatewayClient, GetApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { SESClient, VerifyDomainIdentityCommand } from '@aws-sdk/client-ses';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { type Emulator, REGION } from './emulator.ts';

/** The file that `ACCEPTANCE_TARGET` names. */
export interface Target {
  /** Of every service of AWS. */
  endpoint: string;
  /** Base of the paths of the API, `/v1` included. */
  apiUrl: string;
  /** To be sent as the `Host` of each request. */
  apiHost: string;
  apiKey: string;
  region: string;
  mqlResponseArn: string;
  commitmentClockArn: string;
  leadsTable: string;
  /** A queue that gets every event of the bus. */
  eventsQueueUrl: string;
}

const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()));

/** Outputs of the stacks of an environment, by name, as `cdk deploy --outputs-file` writes them. */
export function outputsOf(text: string, environment: string): Record<string, string> {
  const stacks = Object.entries(outputsSchema.parse(JSON.parse(text)));
  const own = stacks.filter(([stack]) => stack.startsWith(`lead-sla-${environment}-s`));
  return Object.assign({}, ...own.map(([, outputs]) => outputs)) as Record<string, string>;
}

/** Describes a deployed environment, and has a queue listen to its bus from now on. */
export async function targetOf(
  { endpoint, port }: Emulator,
  environment: string,
  outputs: Record<string, string>,
): Promise<Target> {
  const output = (name: string): string => {
    const value = outputs[name];
    if (value === undefined) throw new Error(`the stacks of ${environment} have no output ${name}`);
    return value;
  };
  const apiId = new URL(output('ApiUrl')).hostname.split('.')[0] ?? '';
  return {
    endpoint,
    apiUrl: `http://127.0.0.1:${port}/v1`,
    apiHost: `${apiId}.execute-api.localhost:${port}`,
    apiKey: await keyOf(endpoint, output('ApiKeyId')),
    region: REGION,
    mqlResponseArn: output('MqlResponseArn'),
    commitmentClockArn: output('CommitmentClockArn'),
    leadsTable: output('LeadsTableName'),
    eventsQueueUrl: await listenTo(endpoint, output('EventBusName'), environment),
  };
}

const client = (endpoint: string) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: 'emulator', secretAccessKey: 'emulator' },
});

/** The sender's domain counts as verified, as it has to be in every account. */
export async function verifySender(endpoint: string, sender: string): Promise<void> {
  const Domain = sender.replace(/^.*@/, '');
  await new SESClient(client(endpoint)).send(new VerifyDomainIdentityCommand({ Domain }));
}

async function keyOf(endpoint: string, apiKey: string): Promise<string> {
  const answer = await new APIGatewayClient(client(endpoint)).send(
    new GetApiKeyCommand({ apiKey, includeValue: true }),
  );
  if (answer.value === undefined) throw new Error(`the API key ${apiKey} has no value`);
  return answer.value;
}

async function listenTo(endpoint: string, bus: string, environment: string): Promise<string> {
  const queues = new SQSClient(client(endpoint));
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: `e2e-heard-${environment}` }));
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const events = new EventBridgeClient(client(endpoint));
  const rule = { EventBusName: bus, Rule: 'e2e-heard' };
  await events.send(
    new PutRuleCommand({
      EventBusName: bus,
      Name: rule.Rule,
      EventPattern: JSON.stringify({ source: ['lead-sla'] }),
    }),
  );
  await events.send(
    new PutTargetsCommand({ ...rule, Targets: [{ Id: 'heard', Arn: Attributes?.['QueueArn'] }] }),
  );
  if (QueueUrl === undefined) throw new Error('the queue has no address');
  return QueueUrl;
}
