/** Events that a target has refused go out again, by the queue and the bus that are deployed. */
import { readFileSync } from 'node:fs';
import {
  DeleteRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { EVENT_SOURCE, REDRIVE_SOURCE } from '../../core/events/schemas.ts';
import { listUndelivered } from '../../tools/redrive/list.ts';
import { placeAt, redrive } from '../../tools/redrive/redrive.ts';
import { clientsAt } from './aws.ts';
import type { Target } from './target.ts';

const { endpoint, region } = JSON.parse(readFileSync(process.env['ACCEPTANCE_TARGET']!, 'utf8')) as Target;
const { sqs, events } = clientsAt(endpoint);
const BUS = 'lead-sla-e2e-events';
/** The emulator makes no API destinations, so these rules are like those of the stack, and a queue is their target. */
const RULES = ['lead-sla-e2e-crm', 'lead-sla-e2e-slack'] as const;
const LOST = 25;

const arnOf = (rule: string): string => `arn:aws:events:${region}:000000000000:rule/${BUS}/${rule}`;
const queueOf = async (QueueName: string): Promise<string> =>
  (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl!;

beforeAll(async () => {
  for (const Name of RULES) {
    const QueueUrl = await queueOf(`heard-by-${Name}`);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const own = { source: [REDRIVE_SOURCE], resources: [Name, arnOf(Name)] };
    const pattern = { 'detail-type': ['SlaBreached'], $or: [{ source: [EVENT_SOURCE] }, own] };
    await events.send(new PutRuleCommand({ EventBusName: BUS, Name, EventPattern: JSON.stringify(pattern) }));
    const Targets = [{ Id: 'heard', Arn: Attributes?.['QueueArn'] }];
    await events.send(new PutTargetsCommand({ EventBusName: BUS, Rule: Name, Targets }));
  }
});

afterAll(async () => {
  for (const Name of RULES) {
    await events.send(new RemoveTargetsCommand({ EventBusName: BUS, Rule: Name, Ids: ['heard'] }));
    await events.send(new DeleteRuleCommand({ EventBusName: BUS, Name }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl: await queueOf(`heard-by-${Name}`) }));
  }
});

/** As EventBridge puts an event into the queue when its target has refused it to the end. */
async function lose(queueUrl: string, id: string, rule: string): Promise<void> {
  const event = {
    ...{ version: '0', id: `event-${id}`, 'detail-type': 'SlaBreached', source: EVENT_SOURCE },
    ...{ account: '000000000000', time: '2026-11-20T15:00:00Z', region, resources: [] },
    detail: { metadata: { id }, data: { leadId: 'lead-lost' } },
  };
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: JSON.stringify(event),
      MessageAttributes: { RULE_ARN: text(arnOf(rule)), ERROR_CODE: text('SDK_CLIENT_ERROR') },
    }),
  );
}

/** Ids of the lost events that a rule has passed on, as often as it has; leads of other tests breach as well. */
async function heardBy(rule: string): Promise<string[]> {
  const QueueUrl = await queueOf(`heard-by-${rule}`);
  const ids: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
    );
    if (Messages.length === 0) return ids.filter((id) => id.startsWith('lost-')).sort();
    for (const { Body } of Messages) {
      ids.push((JSON.parse(Body!) as { detail: { metadata: { id: string } } }).detail.metadata.id);
    }
  }
}

test('what a target has refused reaches the rule that had lost it once, with its old id, and no other rule', async () => {
  const [crm, slack] = RULES;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'lead-sla-e2e-undelivered' }));
  const place = placeAt(endpoint, region, QueueUrl!, BUS);
  const ids = Array.from({ length: LOST }, (_, index) => `lost-${String(index).padStart(2, '0')}`);
  for (const id of ids) await lose(QueueUrl!, id, crm);
  await lose(QueueUrl!, 'lost-slack', slack);

  const { waiting } = await listUndelivered(place);
  expect(waiting.map(({ rule, count }) => [rule, count]).sort()).toEqual([
    [crm, LOST],
    [slack, 1],
  ]);
  expect(await redrive(place, { rule: 'crm', max: 10, perSecond: 1000 })).toMatchObject({ sent: 10 });
  expect(await redrive(place, { rule: 'crm', perSecond: 1000 })).toMatchObject({
    sent: LOST - 10,
    passedOver: 1,
  });
  expect(await heardBy(crm)).toEqual(ids);
  expect(await heardBy(slack)).toEqual([]);

  expect(await redrive(place)).toMatchObject({ sent: 1 });
  expect(await heardBy(slack)).toEqual(['lost-slack']);
  expect((await listUndelivered(place)).waiting).toEqual([]);
});
