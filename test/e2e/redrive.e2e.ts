/** An event that its target has refused lies in the queue of the undelivered, and goes out again by `npm run redrive`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DEPLOY_FOLDER } from '../../tools/shared/cdk.ts';
import { placeAt, redrive } from '../../tools/redrive/redrive.ts';
import { outputsOf, type Target } from './target.ts';

const target = JSON.parse(readFileSync(process.env['ACCEPTANCE_TARGET']!, 'utf8')) as Target;
const outputs = outputsOf(readFileSync(path.join(DEPLOY_FOLDER, 'e2e.json'), 'utf8'), 'e2e');
const client = {
  endpoint: target.endpoint,
  region: target.region,
  credentials: { accessKeyId: 'emulator', secretAccessKey: 'emulator' },
};
const queues = new SQSClient(client);
const undelivered = outputs['UndeliveredQueueUrl']!;
const bus = outputs['EventBusName']!;

/** A rule as those of Slack and the CRM are, with a queue for a target. */
async function listener(name: string): Promise<{ arn: string; heard: () => Promise<string[]> }> {
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: `redrive-${name}` }));
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const { Attributes } = await queues.send(asked);
  const arn = `arn:aws:events:${target.region}:000000000000:rule/${bus}/${name}`;
  const events = new EventBridgeClient(client);
  await events.send(
    new PutRuleCommand({
      EventBusName: bus,
      Name: name,
      EventPattern: JSON.stringify({
        $or: [{ source: ['lead-sla'] }, { source: ['lead-sla.redrive'], resources: [arn] }],
      }),
    }),
  );
  await events.send(
    new PutTargetsCommand({
      EventBusName: bus,
      Rule: name,
      Targets: [{ Id: name, Arn: Attributes?.['QueueArn'] }],
    }),
  );
  const heard = async (): Promise<string[]> => {
    const { Messages = [] } = await queues.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 2 }),
    );
    const details = Messages.map(
      ({ Body = '' }) => JSON.parse(Body) as { source: string; detail: { metadata: { id: string } } },
    );
    return details
      .filter(({ source }) => source === 'lead-sla.redrive')
      .map(({ detail }) => detail.metadata.id);
  };
  return { arn, heard };
}

/** As EventBridge leaves an event that a target has refused to the end. */
async function refused(rule: string, id: string): Promise<void> {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  await queues.send(
    new SendMessageCommand({
      QueueUrl: undelivered,
      MessageBody: JSON.stringify({
        version: '0',
        id: `event-${id}`,
        source: 'lead-sla',
        'detail-type': 'SlaBreached',
        time: '2026-11-20T15:09:05Z',
        resources: [],
        detail: { metadata: { id }, data: { leadId: 'lead-1' } },
      }),
      MessageAttributes: {
        RULE_ARN: text(rule),
        ERROR_CODE: text('SDK_CLIENT_ERROR'),
        ERROR_MESSAGE: text('The target answered 500.'),
      },
    }),
  );
}

async function left(): Promise<number> {
  const { Attributes } = await queues.send(
    new GetQueueAttributesCommand({
      QueueUrl: undelivered,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return Object.values(Attributes ?? {}).reduce((sum, value) => sum + Number(value), 0);
}

test('what a target refused reaches that target alone, once, and nothing is left in the queue', async () => {
  const [crm, slack] = [await listener('crm-stand-in'), await listener('slack-stand-in')];
  await refused(crm.arn, 'refused-1');
  await refused(crm.arn, 'refused-2');
  expect(await left()).toBe(2);

  const place = placeAt(target.endpoint, target.region, undelivered, bus);
  expect(await redrive(place)).toMatchObject({ sent: 2, sentButKept: 0, refused: {}, broken: [] });

  expect(await left()).toBe(0);
  expect((await crm.heard()).sort()).toEqual(['refused-1', 'refused-2']);
  expect(await slack.heard()).toEqual([]);
  expect(await redrive(place)).toMatchObject({ sent: 0 });
});
