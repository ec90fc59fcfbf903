/** The state of each pool's round robin: one item, written under a condition on its version. */
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { completePool } from '../../../core/model/complete.ts';
import type { PoolState } from '../../../core/model/person.ts';
import { conditionally } from '../dynamo.ts';
import { VersionConflict } from '../errors.ts';
import type { PoolStore } from '../services.ts';
import { hasText } from './items.ts';

const poolItem = z.object({ pool: z.custom<PoolState>(hasText('poolId')).transform(completePool) });

/** A pool from which nobody has been drawn yet is at version 0. */
export function dynamoPools(client: DynamoDBDocumentClient, table: string): PoolStore {
  const keyOf = (poolId: string) => ({ pk: `POOL#${poolId}`, sk: 'STATE' });
  return {
    get: async (poolId) => {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: keyOf(poolId), ConsistentRead: true }),
      );
      return Item === undefined
        ? { poolId, version: 0, entries: {}, tickets: {} }
        : poolItem.parse(Item).pool;
    },
    save: async (state) => {
      const before = state.version - 1;
      const saved = await conditionally(() =>
        client.send(
          new PutCommand({
            TableName: table,
            Item: { ...keyOf(state.poolId), version: state.version, pool: state },
            ...(before === 0
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: 'version = :before',
                  ExpressionAttributeValues: { ':before': before },
                }),
          }),
        ),
      );
      if (!saved) throw new VersionConflict(`pool ${state.poolId} is no longer at version ${before}`);
    },
  };
}
