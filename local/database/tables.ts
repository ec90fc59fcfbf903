/** Creates the two tables as the deployed stack has them. */
import { CreateTableCommand, ResourceInUseException, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LEADS_TABLE, ROSTER_TABLE } from '../../lambdas/shared/tables.ts';
import type { TableDescription } from '../../lambdas/shared/tables.ts';

/** A table is there a moment after it has been created; until then, what asks for it is told that there is none. */
const READY = { maxWaitTime: 30, minDelay: 0.02, maxDelay: 0.2 };

/** Does nothing for a table that exists; the tables can be used when it is done. */
export async function createTables(client: DynamoDBClient): Promise<void> {
  await Promise.all([LEADS_TABLE, ROSTER_TABLE].map((table) => createTable(client, table)));
}

async function createTable(client: DynamoDBClient, table: TableDescription): Promise<void> {
  const keys = [table, ...table.indexes].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);
  const command = new CreateTableCommand({
    TableName: table.id,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...new Set(keys)].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: table.partitionKey, KeyType: 'HASH' },
      { AttributeName: table.sortKey, KeyType: 'RANGE' },
    ],
    ...(table.indexes.length === 0 ? {} : { GlobalSecondaryIndexes: table.indexes.map(indexOf) }),
  });
  try {
    await client.send(command);
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  await waitUntilTableExists({ client, ...READY }, { TableName: table.id });
}

function indexOf(index: TableDescription['indexes'][number]): {
  IndexName: string;
  KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[];
  Projection: { ProjectionType: 'KEYS_ONLY' | 'ALL' };
} {
  return {
    IndexName: index.name,
    KeySchema: [
      { AttributeName: index.partitionKey, KeyType: 'HASH' },
      { AttributeName: index.sortKey, KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: index.projection },
  };
}
