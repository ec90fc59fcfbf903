/** What belongs to a lead and lies beside it: timeline, records and activities, each with a key of its own. */
import { createHash } from 'node:crypto';
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { RecordItem, TimelineEntry } from '../../../core/model/effects.ts';
import type { InquirySignal } from '../../../core/qualification/gate/types.ts';
import { batchPut, conditionally, queryAll, type Item } from '../dynamo.ts';
import type { LeadStore, StoredActivity } from '../services.ts';
import { hasText, partition } from './items.ts';

type HistoryStore = Pick<
  LeadStore,
  | 'putTimeline'
  | 'timeline'
  | 'putSignals'
  | 'signals'
  | 'putRecord'
  | 'records'
  | 'getActivity'
  | 'putActivity'
>;

const timelineItem = z.object({ entry: z.custom<TimelineEntry>(hasText('entryId')) });
const signalItem = z.object({ signal: z.custom<InquirySignal>(hasText('id')) });
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
    putSignals: (leadId, signals) =>
      batchPut(client, table, onlyOnce(signals.map((signal) => ({ ...signalKey(leadId, signal), signal })))),
    signals: async (leadId) => (await all(leadId, 'SIGNAL#')).map((item) => signalItem.parse(item).signal),
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

/**
 * By instant, and by a digest: an id may be longer than a key. Of two signals that wrongly share an id both are kept, so
 * that the order of arrival does not matter.
 */
function signalKey(leadId: string, { at, type, id }: InquirySignal): { pk: string; sk: string } {
  const digest = createHash('sha256')
    .update(JSON.stringify([type, id]))
    .digest('hex')
    .slice(0, 32);
  return { pk: partition(leadId), sk: `SIGNAL#${at}#${digest}` };
}

/** One batch may not name a key twice. */
function onlyOnce<T extends { sk: string }>(items: T[]): T[] {
  return [...new Map(items.map((item) => [item.sk, item])).values()];
}

function activityKey(activityId: string): string {
  return `ACTIVITY#${activityId}`;
}
