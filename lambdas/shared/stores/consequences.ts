/** What is open about people, in the table of leads: a partition for each person, an item for each period and kind. */
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { KeptCompliance, KeptItem } from '../../../core/consequences/kept.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { conditionally, queryAll } from '../dynamo.ts';
import { VersionConflict } from '../errors.ts';
import type { ConsequenceStore } from '../services.ts';
import { hasText } from './items.ts';
import { dynamoNotices } from './notices.ts';

const keptItem = z.object({ item: z.custom<KeptItem>(hasText('itemId')) });
const complianceItem = z.object({ figures: z.custom<KeptCompliance>(hasText('month')) });

export function dynamoConsequences(
  client: DynamoDBDocumentClient,
  table: string,
  policy: CompiledPolicy,
): ConsequenceStore {
  return {
    of: async (personId, period) => {
      const items = await queryAll(client, {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: {
          ':pk': partitionOf(personId),
          ':prefix': period === undefined ? 'ITEM#' : `ITEM#${period}#`,
        },
      });
      return items.map((item) => keptItem.parse(item).item);
    },
    save: async (item) => {
      const { itemId, version, personId, period } = item;
      const key = { pk: partitionOf(personId), sk: `ITEM#${period}#${item.item}` };
      const isFirst = version === 1;
      const written = await conditionally(() =>
        client.send(
          new PutCommand({
            TableName: table,
            Item: { ...key, version, item },
            ConditionExpression: isFirst ? 'attribute_not_exists(pk)' : 'version = :before',
            ...(!isFirst && { ExpressionAttributeValues: { ':before': version - 1 } }),
          }),
        ),
      );
      if (!written) throw new VersionConflict(`item ${itemId} is no longer at version ${version - 1}`);
    },
    compliance: async (personId, month) => {
      const key = { pk: partitionOf(personId), sk: `COMPLIANCE#${month}` };
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
      );
      return Item === undefined ? undefined : complianceItem.parse(Item).figures;
    },
    putCompliance: async (personId, figures) => {
      const { month, asOf } = figures;
      await conditionally(() =>
        client.send(
          new PutCommand({
            TableName: table,
            Item: { pk: partitionOf(personId), sk: `COMPLIANCE#${month}`, asOf, figures },
            ConditionExpression: 'attribute_not_exists(pk) OR asOf <= :asOf',
            ExpressionAttributeValues: { ':asOf': asOf },
          }),
        ),
      );
    },
    notices: dynamoNotices(client, table, policy, partitionOf),
  };
}

function partitionOf(personId: string): string {
  return `CONSEQUENCE#${personId}`;
}
