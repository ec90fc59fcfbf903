/** Personal data that lies beside a lead, and how it goes. */
import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { REMOVED, withoutTyped } from '../../../core/lifecycle/typed.ts';
import type { TimelineEntry } from '../../../core/model/effects.ts';
import { batchDelete, batchPut, conditionally, queryAll, type Item } from '../dynamo.ts';
import type { StoredActivity } from '../services.ts';
import { hasText, partition } from './items.ts';

const keySchema = z.object({ pk: z.string(), sk: z.string() });
const timelineItem = z.looseObject({ entry: z.custom<TimelineEntry>(hasText('entryId')) });
const activityItem = z.looseObject({ activity: z.custom<StoredActivity>(hasText('activityId')) });

/** Removes it; what has been removed already is left as it is. */
export async function forgetBeside(
  client: DynamoDBDocumentClient,
  table: string,
  leadId: string,
): Promise<void> {
  const items = await queryAll(client, {
    TableName: table,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': partition(leadId) },
  });
  const of = (prefix: string): Item[] => items.filter((item) => keySchema.parse(item).sk.startsWith(prefix));
  const signals = of('SIGNAL#').map((item) => keySchema.parse(item));
  await batchDelete(client, table, signals);
  await batchPut(client, table, [
    ...of('TIMELINE#').flatMap(untypedEntry),
    ...of('ACTIVITY#').flatMap(unnamedActivity),
  ]);
  const told = of('NOTICE#').filter((item) => item['lastError'] !== undefined);
  for (const item of told) await dropError(client, table, keySchema.parse(item));
}

function untypedEntry(item: Item): Item[] {
  const { entry, ...rest } = timelineItem.parse(item);
  const untyped = withoutTyped(entry);
  return untyped === entry ? [] : [{ ...rest, entry: untyped }];
}

/** Who typed it in gave a name; a system's name names nobody. */
function unnamedActivity(item: Item): Item[] {
  const { activity, ...rest } = activityItem.parse(item);
  const { kind, name } = activity.recordedBy;
  if (kind === 'system' || name === REMOVED) return [];
  return [{ ...rest, activity: { ...activity, recordedBy: { kind, name: REMOVED } } }];
}

/** In place: somebody else may be claiming or marking the notice at this moment. */
async function dropError(
  client: DynamoDBDocumentClient,
  table: string,
  key: { pk: string; sk: string },
): Promise<void> {
  await conditionally(() =>
    client.send(
      new UpdateCommand({
        TableName: table,
        Key: key,
        UpdateExpression: 'REMOVE lastError',
        ConditionExpression: 'attribute_exists(pk)',
      }),
    ),
  );
}
