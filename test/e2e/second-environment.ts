/** Two environments in one account: neither sees anything of the other, and one can go without the other noticing. */
import assert from 'node:assert/strict';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
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
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { LeadDetail } from '../../lambdas/api/schemas/lead-view.ts';
import { Api, ApiRefused, keyOf, reachable } from '../../tools/shared/api.ts';
import type { Aws } from '../../tools/shared/aws.ts';
import { deployedStacks } from '../../tools/shared/stacks.ts';
import { clientOptions, clientsAt } from './aws.ts';
import {
  deployRow,
  destroyRow,
  e2eRow,
  eventually,
  executionsOf,
  type Live,
  liveRow,
  peopleFor,
  request,
} from './rows.ts';

const PARTNER = 'twins';
/** Records of this run alone: the emulator remembers the executions of state machines that are gone. */
const RUN = Math.round(performance.timeOrigin).toString(36);
/** Begins with the name of the other, so that a pattern such as `lead-sla-e2e-*` would take it for a part of that. */
const SECOND = 'e2e-2';

/** What was shown. */
export interface Apart {
  environments: [string, string];
  /** Seconds that the deployment of the second took. */
  deployedIn: number;
  /** What was looked at, in words, and found to be apart. */
  apart: string[];
}

/**
 * Deploys a second environment beside `e2e`, posts a lead to each, looks for each in the other, and removes the second.
 * `e2e` is deployed if it is not there yet.
 * @throws AssertionError that says what one saw of the other
 */
export async function secondEnvironment(endpoint: string): Promise<Apart> {
  const rows = [e2eRow(), e2eRow({ name: SECOND })];
  const one = await liveRow(endpoint, e2eRow());
  const began = performance.now();
  const two = await deployRow(endpoint, rows, SECOND);
  const deployedIn = (performance.now() - began) / 1000;
  assert.deepEqual(two.stacks, [`lead-sla-${SECOND}-stateful`, `lead-sla-${SECOND}-service`]);
  try {
    const apart = await lookAtBoth(endpoint, one, two);
    await destroyRow(endpoint, rows, SECOND);
    return {
      environments: ['e2e', SECOND],
      deployedIn,
      apart: [...apart, ...(await afterwards(endpoint, one))],
    };
  } catch (error) {
    await destroyRow(endpoint, rows, SECOND).catch(() => undefined);
    throw error;
  }
}

async function lookAtBoth(endpoint: string, one: Live, two: Live): Promise<string[]> {
  const shown: string[] = [];
  const show = (what: string, seen: unknown, expected: unknown): void => {
    assert.deepEqual(seen, expected, what);
    shown.push(what);
  };
  const aws = clientsAt(endpoint);
  const heard = [await listen(aws, one), await listen(aws, two)];

  await peopleFor(one.api, PARTNER);
  show('the roster of one is not the roster of the other', (await two.api.people()).length, 0);
  await peopleFor(two.api, PARTNER);

  const mine = await submit(one, `twin-1-${RUN}`);
  const theirs = await submit(two, `twin-2-${RUN}`);
  show('a lead of one is unknown to the other', await statusOf(two, mine), 404);
  show('and the other way round', await statusOf(one, theirs), 404);
  const stranger = new Api(reachable(output(two, 'ApiUrl'), endpoint), await keyOf(aws, one.deployed));
  show('the key of one opens nothing in the other', await refusal(stranger.people()), 403);
  for (const [live, own, others] of [
    [one, [mine], [theirs]],
    [two, [theirs], [mine]],
  ] as const) {
    const { name } = live.settings;
    const run = (await executionsOf(aws.sfn, output(live, 'MqlResponseArn'))).map(
      (execution) => execution.name,
    );
    const ran = [...own, ...others].filter((id) => run.some((execution) => execution.startsWith(`${id}-`)));
    show(`${name} runs the executions of its own leads alone`, ran, own);
    show(`${name} holds no item of the other's leads`, await itemsAbout(endpoint, live, others), 0);
  }
  const all = new Set([mine, theirs]);
  const told = await Promise.all(heard.map(async (hear) => [...(await hear(all))]));
  show('every event went to the bus of its own environment', told, [[mine], [theirs]]);

  // An identity is that of a record in an environment: its id is the same, the lead is not.
  const again = await submit(two, `twin-1-${RUN}`);
  const received = async (live: Live, leadId: string) => (await lead(live, leadId)).receivedAt;
  const same = (await received(two, again)) === (await received(one, mine));
  show('the same record of the CRM is a lead of its own in the other', same, false);
  return shown;
}

/** A queue for the events of an environment. @returns tells which of these leads it has heard of since */
async function listen(
  aws: Aws,
  { settings, deployed }: Live,
): Promise<(leads: ReadonlySet<string>) => Promise<Set<string>>> {
  const { QueueUrl } = await aws.sqs.send(new CreateQueueCommand({ QueueName: `twins-${settings.name}` }));
  const { Attributes } = await aws.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const rule = { EventBusName: deployed.outputs['EventBusName'], Name: `twins-${settings.name}` };
  await aws.events.send(
    new PutRuleCommand({ ...rule, EventPattern: JSON.stringify({ source: ['lead-sla'] }) }),
  );
  const Targets = [{ Id: 'heard', Arn: Attributes?.['QueueArn'] }];
  await aws.events.send(new PutTargetsCommand({ EventBusName: rule.EventBusName, Rule: rule.Name, Targets }));
  return async (leads) => {
    const found = new Set<string>();
    for (;;) {
      const { Messages = [] } = await aws.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      for (const { Body = '{}' } of Messages) {
        const { detail } = JSON.parse(Body) as { detail: { data: { leadId?: string } } };
        if (leads.has(detail.data.leadId ?? '')) found.add(detail.data.leadId ?? '');
      }
      if (Messages.length === 0) {
        await aws.sqs.send(new DeleteQueueCommand({ QueueUrl }));
        await aws.events.send(
          new RemoveTargetsCommand({ EventBusName: rule.EventBusName, Rule: rule.Name, Ids: ['heard'] }),
        );
        await aws.events.send(new DeleteRuleCommand(rule));
        return found;
      }
    }
  };
}

/** How many items of the environment's table name one of these leads. */
async function itemsAbout(endpoint: string, live: Live, leads: readonly string[]): Promise<number> {
  const tables = new DynamoDBClient(clientOptions(endpoint));
  const pages = paginateScan({ client: tables }, { TableName: output(live, 'LeadsTableName') });
  let found = 0;
  for await (const { Items = [] } of pages) {
    found += Items.filter((item) => leads.some((id) => JSON.stringify(item).includes(id))).length;
  }
  return found;
}

function output({ deployed }: Live, name: string): string {
  return deployed.outputs[name] ?? '';
}

/** The first is as it was, and works on. */
async function afterwards(endpoint: string, one: Live): Promise<string[]> {
  const { cloudFormation } = clientsAt(endpoint);
  assert.equal(await deployedStacks(cloudFormation, SECOND), null, 'nothing of the second is left');
  assert.deepEqual((await deployedStacks(cloudFormation, 'e2e'))?.outputs, one.deployed.outputs);
  await submit(one, `twin-after-${RUN}`);
  return ['the second is gone, and the first takes leads as before'];
}

async function submit(live: Live, recordId: string): Promise<string> {
  const { leadId } = (await live.api.call(
    'POST',
    'leads',
    request(recordId, PARTNER, 'contact_sales'),
  )) as LeadDetail;
  await eventually(`an owner of ${recordId} in ${live.settings.name}`, 30, async () => {
    return (await lead(live, leadId)).owner !== null;
  });
  return leadId;
}

async function lead({ api }: Live, leadId: string): Promise<LeadDetail> {
  return (await api.call('GET', `leads/${leadId}`)) as LeadDetail;
}

function statusOf({ api }: Live, leadId: string): Promise<number> {
  return refusal(api.call('GET', `leads/${leadId}`));
}

/** The status with which the API refuses; 200 if it does not. */
async function refusal(call: Promise<unknown>): Promise<number> {
  try {
    await call;
    return 200;
  } catch (error) {
    if (error instanceof ApiRefused) return error.status;
    throw error;
  }
}
