/** The two tables in a real dynalite, in memory, for one test file. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { createTables } from '../../../local/database/tables.ts';
import { documentClient } from '../../../lambdas/shared/dynamo.ts';
import { LEADS_TABLE, ROSTER_TABLE } from '../../../lambdas/shared/tables.ts';

export const LEADS = LEADS_TABLE.id;
export const ROSTER = ROSTER_TABLE.id;

export interface Tables {
  client: DynamoDBDocumentClient;
  /** Where the database answers. */
  endpoint: string;
  close(): Promise<void>;
}

export async function startTables(): Promise<Tables> {
  const server: Server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await createTables(client);
  // dynalite makes a table usable a moment after it was created.
  await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    client: documentClient(client),
    endpoint,
    close: async () => {
      client.destroy();
      const closed = new Promise((resolve) => server.close(resolve));
      // Clients made by others keep their connections open.
      server.closeAllConnections();
      await closed;
    },
  };
}
