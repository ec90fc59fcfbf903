/** Everything that a runner keeps, read from its folder while it does not run. */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { LEADS_TABLE, ROSTER_TABLE } from '../../lambdas/shared/tables.ts';
import type { Story } from '../support/story.ts';

const JOURNALS = ['mail.jsonl', 'events.jsonl', 'executions.jsonl'];

export interface Stored {
  /** Items of both tables. */
  items: unknown[];
  /** Lines of mails, events and executions. */
  journals: Record<string, string>;
}

/** Stops the runner, reads, and starts it again where it stood. */
export async function storedBy(story: Story): Promise<Stored> {
  await story.stop();
  const items = await itemsIn(join(story.data, 'database'));
  const journals = Object.fromEntries(
    JOURNALS.map((name) => [name, readFileSync(join(story.data, name), 'utf8')]),
  );
  await story.start();
  return { items, journals };
}

async function itemsIn(path: string): Promise<unknown[]> {
  const server: Server = dynalite({ path });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  try {
    const found: unknown[] = [];
    for (const { id } of [LEADS_TABLE, ROSTER_TABLE]) {
      let from: Record<string, never> | undefined;
      do {
        const page = await client.send(new ScanCommand({ TableName: id, ExclusiveStartKey: from }));
        found.push(...(page.Items ?? []));
        from = page.LastEvaluatedKey as typeof from;
      } while (from !== undefined);
    }
    return found;
  } finally {
    client.destroy();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
}
