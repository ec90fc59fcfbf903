/** Every lead there is, by the index of statuses. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { LEAD_STATUSES, type Lead } from '../../../core/model/lead.ts';
import { batchGet, queryAll } from '../dynamo.ts';
import { entryOf, leadKey, leadOf, statusKey } from './items.ts';

/** Leads that are read and handed on at a time: as many as one BatchGetItem takes. */
const AT_A_TIME = 100;

/**
 * The ids are read first, of all statuses at once, so that a lead that changes its status has little time to be missed;
 * then the leads, a hundred at a time.
 * @throws StillThrottled when the table keeps leaving some unread: half a picture would be a wrong one
 */
export async function* allLeads(client: DynamoDBDocumentClient, table: string): AsyncGenerator<Lead[]> {
  const entries = await Promise.all(
    LEAD_STATUSES.map((status) =>
      queryAll(client, {
        TableName: table,
        IndexName: 'byStatus',
        KeyConditionExpression: 'statusKey = :status',
        ExpressionAttributeValues: { ':status': statusKey(status) },
      }),
    ),
  );
  const ids = [...new Set(entries.flat().map((item) => entryOf(item).leadId))];
  for (let start = 0; start < ids.length; start += AT_A_TIME) {
    const items = await batchGet(client, table, ids.slice(start, start + AT_A_TIME).map(leadKey));
    yield items.map(leadOf);
  }
}
