/** Who has no key of the environment gets nothing from it, and leaves nothing in it. */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Target } from './target.ts';

const target = JSON.parse(readFileSync(process.env['ACCEPTANCE_TARGET']!, 'utf8')) as Target;

interface Answer {
  status: number;
  type: string;
  body: { type: string; detail: string };
}

function post(headers: Record<string, string>, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const to = new URL(`${target.apiUrl}/leads`);
    const sent = request(
      {
        host: to.hostname,
        port: to.port,
        path: to.pathname,
        method: 'POST',
        headers: { ...headers, host: target.apiHost, 'content-type': 'application/json' },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({
            status: answer.statusCode ?? 0,
            type: answer.headers['content-type'] ?? '',
            body: JSON.parse(text) as Answer['body'],
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const lead = JSON.stringify({
  crm: { system: 'salesforce', recordId: '00QSTRANGER' },
  qualifiedAt: '2026-11-20T15:04:05Z',
  source: 'demo_request',
  contact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com' },
  company: { name: 'Example' },
});

/** Items about the record that the stranger has tried to bring in. */
async function stored(): Promise<number> {
  const database = new DynamoDBClient({
    endpoint: target.endpoint,
    region: target.region,
    credentials: { accessKeyId: 'emulator', secretAccessKey: 'emulator' },
  });
  const { Items = [] } = await database.send(new ScanCommand({ TableName: target.leadsTable }));
  return Items.filter((item) => JSON.stringify(item).includes('00QSTRANGER')).length;
}

describe('a key of the environment', () => {
  test.each([
    ['no key', {}],
    ['a wrong key', { 'x-api-key': 'not-a-key-of-this-environment' }],
  ])('with %s the answer is 403 in the words of the API, and nothing is stored', async (_, headers) => {
    const answer = await post(headers, lead);
    expect(answer.status).toBe(403);
    expect(answer.type).toMatch('application/problem+json');
    expect(answer.body.type).toBe('urn:lead-sla:problem:forbidden');
    expect(await stored()).toBe(0);
  });

  test('with the key, what is not JSON is refused in the words of the API', async () => {
    const answer = await post({ 'x-api-key': target.apiKey }, '{"crm":');
    expect(answer.status).toBe(400);
    expect(answer.body.type).toBe('urn:lead-sla:problem:invalid-request');
  });
});
