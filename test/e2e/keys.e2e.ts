/** Who has no key of the environment, or has used it up, gets nothing from it and leaves nothing in it. */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
} from '@aws-sdk/client-api-gateway';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { clientOptions } from './aws.ts';
import type { Target } from './target.ts';

const target = JSON.parse(readFileSync(process.env['ACCEPTANCE_TARGET']!, 'utf8')) as Target;
const client = clientOptions(target.endpoint);

interface Answer {
  status: number;
  contentType: string;
  body: { type: string; detail: string };
}

function post(headers: Record<string, string>, body: string): Promise<Answer> {
  const { hostname: host, port, pathname } = new URL(`${target.apiUrl}/leads`);
  const all = { ...headers, host: target.apiHost, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path: pathname, method: 'POST', headers: all }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          contentType: answer.headers['content-type'] ?? '',
          body: JSON.parse(Buffer.concat(chunks).toString()) as Answer['body'],
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A lead whose record nobody else uses. */
const lead = (recordId: string): string =>
  JSON.stringify({
    crm: { system: 'salesforce', recordId },
    qualifiedAt: new Date(performance.timeOrigin).toISOString(),
    source: 'demo_request',
    contact: { firstName: 'Ada', lastName: 'Byron', email: 'ada@example.com', country: 'US' },
    company: { name: 'Example' },
  });

/** Items about a record. */
async function stored(recordId: string): Promise<number> {
  const { Items = [] } = await new DynamoDBClient(client).send(
    new ScanCommand({ TableName: target.leadsTable }),
  );
  return Items.filter((item) => JSON.stringify(item).includes(recordId)).length;
}

/** A key with a usage plan of its own. */
async function keyWith(
  plan: Pick<NonNullable<ConstructorParameters<typeof CreateUsagePlanCommand>[0]>, 'quota' | 'throttle'>,
): Promise<string> {
  const gateway = new APIGatewayClient(client);
  const apiId = target.apiHost.split('.')[0];
  const key = await gateway.send(new CreateApiKeyCommand({ name: 'e2e-guest', enabled: true }));
  const made = await gateway.send(
    new CreateUsagePlanCommand({ name: 'e2e-guest', apiStages: [{ apiId, stage: 'v1' }], ...plan }),
  );
  await gateway.send(
    new CreateUsagePlanKeyCommand({ usagePlanId: made.id, keyId: key.id, keyType: 'API_KEY' }),
  );
  return key.value!;
}

describe('a key of the environment', () => {
  test.each([
    ['no key', {}],
    ['a wrong key', { 'x-api-key': 'not-a-key-of-this-environment' }],
  ])('with %s the answer is 403 in the words of the API, and nothing is stored', async (_, headers) => {
    const answer = await post(headers, lead('00QSTRANGER'));
    expect(answer.status).toBe(403);
    expect(answer.contentType).toMatch('application/problem+json');
    expect(answer.body.type).toBe('urn:lead-sla:problem:forbidden');
    expect(await stored('00QSTRANGER')).toBe(0);
  });

  test('over its quota the answer is 429, and nothing is stored', async () => {
    const headers = { 'x-api-key': await keyWith({ quota: { limit: 1, period: 'DAY' } }) };
    expect((await post(headers, lead('00QWITHIN'))).status).toBe(202);
    const answer = await post(headers, lead('00QBEYOND'));
    expect(answer.status).toBe(429);
    expect(answer.body.type).toBe('urn:lead-sla:problem:quota-exceeded');
    expect(await stored('00QWITHIN')).toBeGreaterThan(0);
    expect(await stored('00QBEYOND')).toBe(0);
  });

  test('over its rate the answer is 429, and what was not refused is stored', async () => {
    const headers = { 'x-api-key': await keyWith({ throttle: { rateLimit: 0.001, burstLimit: 2 } }) };
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map(async (name) => ({ name, ...(await post(headers, lead(`00QBURST${name}`))) })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 429, 429]);
    for (const { name, status, body } of answers) {
      if (status === 429) expect(body.type).toBe('urn:lead-sla:problem:too-many-requests');
      expect((await stored(`00QBURST${name}`)) > 0).toBe(status === 202);
    }
  });

  test('with the key, what is not JSON is refused in the words of the API', async () => {
    const answer = await post({ 'x-api-key': target.apiKey }, '{"crm":');
    expect(answer.status).toBe(400);
    expect(answer.body.type).toBe('urn:lead-sla:problem:invalid-request');
  });
});
