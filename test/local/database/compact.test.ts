import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  type DynamoDBDocumentClient,
} from '@aws-sdk/lib-dynamodb';
import { documentClient } from '../../../lambdas/shared/dynamo.ts';
import { LEADS_TABLE } from '../../../lambdas/shared/tables.ts';
import { COMPACT } from '../../../local/database/compact.ts';
import { startDatabase } from '../../../local/database/server.ts';
import { createTables } from '../../../local/database/tables.ts';
import type { Thread } from '../../../local/thread.ts';

let folder: string;
let database: Thread;
let client: DynamoDBDocumentClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lead-sla-compact-'));
  database = await startDatabase(folder, (error) => {
    throw error;
  });
  const raw = new DynamoDBClient({
    endpoint: database.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await createTables(raw);
  await new Promise((resolve) => setTimeout(resolve, 50));
  client = documentClient(raw);
});
afterAll(async () => {
  client.destroy();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

// Nothing in them repeats, so that they stand in the files as they are, compressed or not.
const secret = (): string => randomBytes(30).toString('base64url');
const TableName = LEADS_TABLE.id;
const put = (sk: string, value: string) =>
  client.send(new PutCommand({ TableName, Item: { pk: 'LEAD#1', sk, value } }));
const remove = (sk: string) => client.send(new DeleteCommand({ TableName, Key: { pk: 'LEAD#1', sk } }));
const everything = {
  TableName,
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': 'LEAD#1' },
};
const inFiles = (value: string): string[] =>
  readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(value));

/** Writes and overwrites until there is more than fits into one file in memory. */
async function fill(times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) await put(`filler-${n % 7}`, randomBytes(100_000).toString('base64'));
}

describe.each([
  ['a fresh database', 0],
  ['one of several files', 60],
  ['one that has been compacted before', 3],
])('in %s', (_, size) => {
  it('what was overwritten or deleted is in no file any more', async () => {
    await fill(size);
    const [overwritten, deleted, kept] = [secret(), secret(), secret()];
    await put('overwritten', overwritten);
    await put('deleted', deleted);
    await put('kept', kept);
    // A reader holds what there is when it begins; it must not do so for ever.
    for (const Limit of [1, 100]) await client.send(new QueryCommand({ ...everything, Limit }));
    await fill(size);
    await put('overwritten', 'nothing');
    await remove('deleted');
    expect(inFiles(overwritten)).not.toEqual([]);
    expect(inFiles(deleted)).not.toEqual([]);
    await database.ask(COMPACT);
    expect([inFiles(overwritten), inFiles(deleted)]).toEqual([[], []]);
    expect(inFiles(kept)).not.toEqual([]);
    const { Item } = await client.send(new GetCommand({ TableName, Key: { pk: 'LEAD#1', sk: 'kept' } }));
    expect(Item?.['value']).toBe(kept);
  });
});

it('asking for something else is refused in words', async () => {
  await expect(database.ask('shrink')).rejects.toThrow('The thread knows no shrink.');
});
