/** What the stores share: pages, batches and conditions of DynamoDB. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  type BatchWriteCommandInput,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';

export type Item = Record<string, unknown>;

/** Most keys that one BatchGetItem, and most items that one BatchWriteItem takes. */
const BATCH_KEYS = 100;
const BATCH_ITEMS = 25;
const TRIES = 8;
const FIRST_PAUSE_MS = 20;

/** The table kept answering with a part only; the name makes it a 503 for the API's callers. */
export class StillThrottled extends Error {
  override readonly name = 'ThrottlingException';
}

/** The client that speaks plain objects; what is undefined is left out. */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** Runs a write: false if its condition did not hold. */
export async function conditionally(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** All items of a query, page after page. */
export async function queryAll(client: DynamoDBDocumentClient, input: QueryCommandInput): Promise<Item[]> {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await client.send(new QueryCommand({ ...input, ...(from && { ExclusiveStartKey: from }) }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}

/**
 * The items of these keys, in no order; what the table leaves unprocessed is asked for again.
 * @throws StillThrottled when it keeps leaving some
 */
export async function batchGet(client: DynamoDBDocumentClient, table: string, keys: Item[]): Promise<Item[]> {
  const items: Item[] = [];
  for (let start = 0; start < keys.length; start += BATCH_KEYS) {
    let wanted: Item[] = keys.slice(start, start + BATCH_KEYS);
    for (let tried = 0; wanted.length > 0; tried += 1) {
      if (tried === TRIES) throw new StillThrottled(`${wanted.length} items of ${table} stayed unprocessed`);
      if (tried > 0) await backOff(tried);
      const answer = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
      );
      items.push(...(answer.Responses?.[table] ?? []));
      wanted = answer.UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return items;
}

/**
 * Writes items whose content is the same whenever they are written; what the table leaves unprocessed is sent again.
 * @throws StillThrottled when it keeps leaving some
 */
export function batchPut(client: DynamoDBDocumentClient, table: string, items: Item[]): Promise<void> {
  return batchWrite(
    client,
    table,
    items.map((Item) => ({ PutRequest: { Item } })),
  );
}

/** Deletes the items of these keys, as {@link batchPut} writes; one that is gone already is no fault. */
export function batchDelete(client: DynamoDBDocumentClient, table: string, keys: Item[]): Promise<void> {
  return batchWrite(
    client,
    table,
    keys.map((Key) => ({ DeleteRequest: { Key } })),
  );
}

type WriteRequests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

async function batchWrite(
  client: DynamoDBDocumentClient,
  table: string,
  requests: WriteRequests,
): Promise<void> {
  for (let start = 0; start < requests.length; start += BATCH_ITEMS) {
    let left = requests.slice(start, start + BATCH_ITEMS);
    for (let tried = 0; left.length > 0; tried += 1) {
      if (tried === TRIES) throw new StillThrottled(`${left.length} items of ${table} stayed unprocessed`);
      if (tried > 0) await backOff(tried);
      const answer = await client.send(new BatchWriteCommand({ RequestItems: { [table]: left } }));
      left = answer.UnprocessedItems?.[table] ?? [];
    }
  }
}

/** Waits a random part of a time that doubles with each try (real time: it is about the network, not about an SLA). */
export async function backOff(tried: number): Promise<void> {
  await sleep(Math.random() * FIRST_PAUSE_MS * 2 ** Math.min(tried, 4));
}
