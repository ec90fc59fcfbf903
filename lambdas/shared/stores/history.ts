/** What belongs to a lead and lies beside it: timeline, records and activities, each with a key of its own. */
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { RecordItem, TimelineEntry } from '../../../core/model/effects.ts';
import { batchPut, conditionally, queryAll, type Item } from '../dynamo.ts';
import type { LeadStore, StoredActivity } from '../services.ts';
import { hasText, partition } from './items.ts';

type HistoryStore = Pick<
  LeadStore,
  'putTimeline' | 'timeline' | 'putRecord' | 'records' | 'getActivity' | 'putActivity'
>;

const timelineItem = z.object({ entry: z.custom<TimelineEntry>(hasText('entryId')) });
const recordItem = z.object({ record: z.custom<RecordItem>(hasText('recordId')) });
const activityItem = z.object({ activity: z.custom<StoredActivity>(hasText('activityId')) });

/** Keys are deterministic, so that writing twice is writing once; the first write stays. */
export function historyStore(client: DynamoDBDocumentClient, table: string): HistoryStore {
  const putOnce = (leadId: string, sk: string, content: Item) =>
    conditionally(() =>
      client.send(
        new PutCommand({
          TableName: table,
          Item: { pk: partition(leadId), sk, ...content },
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    );
  const all = (leadId: string, prefix: string) =>
    queryAll(client, {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': partition(leadId), ':prefix': prefix },
    });
  return {
    putTimeline: (leadId, ...entries) =>
      batchPut(
        client,
        table,
        entries.map((entry) => ({
          pk: partition(leadId),
          sk: `TIMELINE#${entry.at}#${entry.entryId}`,
          entry,
        })),
      ),
    timeline: async (leadId) =>
      (await all(leadId, 'TIMELINE#')).map((item) => timelineItem.parse(item).entry),
    putRecord: async (leadId, record) => {
      const sk = `RECORD#${record.type}#${record.recordId}`;
      // Somebody may have closed the record since: a repeated effect must not open it again.
      if (record.state === 'open') await putOnce(leadId, sk, { record });
      else await batchPut(client, table, [{ pk: partition(leadId), sk, record }]);
    },
    records: async (leadId) => (await all(leadId, 'RECORD#')).map((item) => recordItem.parse(item).record),
    getActivity: async (leadId, activityId) => {
      const key = { pk: partition(leadId), sk: activityKey(activityId) };
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
      );
      return Item === undefined ? undefined : activityItem.parse(Item).activity;
    },
    putActivity: async (leadId, activity) =>
      (await putOnce(leadId, activityKey(activity.activityId), { activity })) ? 'created' : 'exists',
  };
}

function activityKey(activityId: string): string {
  return `ACTIVITY#${activityId}`;
}
