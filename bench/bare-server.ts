/**
 * The reference for `POST /v1/leads`: a bare handler that writes one item to the same database and answers. Started
 * as `bare-server.ts --data DIR`, it writes its address to `DIR/endpoint.json`.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { startDatabase } from '../local/database/server.ts';

const folder = process.argv[3] ?? '.';
const database = await startDatabase(join(folder, 'database'), (error) => {
  throw error;
});
const client = new DynamoDBClient({
  ...{ endpoint: database.url, region: 'us-east-1' },
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
const documents = DynamoDBDocumentClient.from(client);
await client.send(
  new CreateTableCommand({
    TableName: 'Bare',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  }),
);

const server = createServer((request, response) => {
  if (request.method !== 'POST') {
    response.writeHead(404).end('{}');
    return;
  }
  void (async () => {
    const body: unknown = JSON.parse(await text(request));
    await documents.send(new PutCommand({ TableName: 'Bare', Item: { pk: randomUUID(), body } }));
    response.writeHead(202, { 'content-type': 'application/json' }).end('{}');
  })();
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const endpoint = { url: `http://127.0.0.1:${port}`, apiKey: 'none' };
  writeFileSync(join(folder, 'endpoint.json'), JSON.stringify(endpoint));
});
process.on('SIGTERM', () => process.exit(0));
