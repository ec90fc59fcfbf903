/** Outages in the table of leads: a partition for each service, an item for each outage. */
import { PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { StoredOutage } from '../../../core/model/outage.ts';
import { queryAll } from '../dynamo.ts';
import type { OutageStore } from '../services.ts';
import { hasText } from './items.ts';

const outageItem = z.object({ outage: z.custom<StoredOutage>(hasText('outageId')) });

export function dynamoOutages(client: DynamoDBDocumentClient, table: string): OutageStore {
  const partition = (service: string) => `OUTAGE#${service}`;
  return {
    put: async (outage) => {
      const key = { pk: partition(outage.service), sk: `OUTAGE#${outage.outageId}` };
      await client.send(new PutCommand({ TableName: table, Item: { ...key, outage } }));
    },
    of: async (service) => {
      const items = await queryAll(client, {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partition(service) },
      });
      return items.map((item) => outageItem.parse(item).outage);
    },
  };
}
