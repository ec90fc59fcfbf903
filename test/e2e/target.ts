/** What is deployed, as the acceptance suite and the checks speak to it. */
import { PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { VerifyDomainIdentityCommand } from '@aws-sdk/client-ses';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { domainOf } from '../../tools/preflight/finding.ts';
import { keyOf, outputOf } from '../../tools/shared/api.ts';
import type { Aws } from '../../tools/shared/aws.ts';
import { stacksThatAreThere } from '../../tools/shared/stacks.ts';
import { clientsAt, REGION } from './aws.ts';
import type { Emulator } from './emulator.ts';

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

/** Describes a deployed environment, and has a queue listen to its bus from now on. */
export async function targetOf({ endpoint, port }: Emulator, environment: string): Promise<Target> {
  const aws = clientsAt(endpoint);
  const deployed = await stacksThatAreThere(aws.cloudFormation, environment);
  const output = (name: string): string => outputOf(deployed, name);
  const apiId = new URL(output('ApiUrl')).hostname.split('.')[0] ?? '';
  return {
    endpoint,
    apiUrl: `http://127.0.0.1:${port}/v1`,
    apiHost: `${apiId}.execute-api.localhost:${port}`,
    apiKey: await keyOf(aws, deployed),
    region: REGION,
    mqlResponseArn: output('MqlResponseArn'),
    commitmentClockArn: output('CommitmentClockArn'),
    leadsTable: output('LeadsTableName'),
    eventsQueueUrl: await listenTo(aws, output('EventBusName'), environment),
  };
}

/** The sender's domain counts as verified, as it has to be in every account. */
export async function verifySender(endpoint: string, sender: string): Promise<void> {
  await clientsAt(endpoint).ses.send(new VerifyDomainIdentityCommand({ Domain: domainOf(sender) }));
}

async function listenTo({ sqs, events }: Aws, bus: string, environment: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `e2e-heard-${environment}` }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
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
