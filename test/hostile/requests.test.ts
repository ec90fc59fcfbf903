/** Requests as the functions get them: whatever they hold, they are refused for what is wrong with them. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { handler as getLead } from '../../lambdas/api/get-lead/handler.ts';
import { handler as submitLead } from '../../lambdas/api/submit-lead/handler.ts';
import { Problem } from '../../lambdas/shared/errors.ts';
import { noMetrics } from '../../lambdas/shared/metrics.ts';
import { useServices, type Services } from '../../lambdas/shared/services.ts';
import { listLeads } from '../../lambdas/shared/stores/lead-list.ts';
import { call } from '../lambdas/support/event.ts';
import { anyText, deepJson } from './texts.ts';

describe('a request', () => {
  beforeAll(() => {
    const log = { error: (_message: string, fields: object) => faults.push(fields) };
    const policy = { sources: [{ id: 'demo_request' }], intake: { futureTolerance: 'PT5M' } };
    const leads = { get: () => Promise.resolve(undefined) };
    useServices({ clock: { now: () => 0 }, log, policy, leads, metrics: noMetrics } as unknown as Services);
  });
  const faults: object[] = [];
  afterEach(() => expect(faults.splice(0)).toEqual([]));
  const refused = (status: number): void => expect([400, 413, 415]).toContain(status);

  it('with any body is refused in words that quote nothing of it', async () => {
    const secret = 'Zebedee';
    const parts = [
      '{"crm":',
      '"Zebedee"',
      '{',
      '}',
      '[',
      ']',
      ',',
      '1e999',
      '\\ud800',
      '\u0000',
      '\ufeff',
      '"',
    ];
    const body = fc.oneof(anyText(...parts), fc.json(), deepJson());
    await fc.assert(
      fc.asyncProperty(body, fc.boolean(), async (text, base64) => {
        const sent = `${text}${secret}`;
        const given = base64 ? Buffer.from(sent).toString('base64') : sent;
        const { status, body: problem } = await call(submitLead, { body: given, base64 });
        refused(status);
        expect(JSON.stringify(problem)).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
  });

  it('with any bytes and any content type is refused', async () => {
    const type = anyText('application/json', ';', 'charset=', 'utf-8', '"', 'text/html', '+json', ' ');
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), type, async (bytes, contentType) => {
        const headers = { 'content-type': contentType };
        const sent = { body: Buffer.from(bytes).toString('base64'), base64: true, headers };
        refused((await call(submitLead, sent)).status);
      }),
      { numRuns: 300 },
    );
  });

  it('for any id is refused or told that there is no such lead', async () => {
    const id = anyText(
      'lead-',
      '..',
      '/',
      '%2f',
      '%',
      '%00',
      '\u0000',
      'constructor',
      '__proto__',
      'a'.repeat(76),
    );
    await fc.assert(
      fc.asyncProperty(id, async (leadId) => {
        const { status } = await call(getLead, { path: { leadId } });
        const decoded = decodedOr(leadId);
        expect(status).toBe(/^[A-Za-z0-9_-]{1,75}$/.test(decoded) ? 404 : 400);
      }),
      { numRuns: 500 },
    );
  });

  function decodedOr(text: string): string {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }
});

it('a cursor that is none of ours is refused before anything is read', async () => {
  let reads = 0;
  const client = { send: () => Promise.resolve({ Items: [], at: (reads += 1) }) };
  const list = (cursor: string): Promise<unknown> =>
    listLeads(client as unknown as DynamoDBDocumentClient, 'leads', { pool: 'p' }, 10, cursor);
  const ours = '2026-11-20T15:00:00.000Z#lead-1';
  const cursor = anyText('2026-11-20T15:00:00.000Z', '#', 'lead-1', Buffer.from(ours).toString('base64url'));
  const encoded = cursor.map((text) => Buffer.from(text).toString('base64url'));
  await fc.assert(
    fc.asyncProperty(fc.oneof(cursor, encoded), async (text) => {
      reads = 0;
      const isOurs = /^[\d-]{10}T[\d:.]{12}Z#[\w-]+$/.test(Buffer.from(text, 'base64url').toString());
      if (isOurs) expect(await list(text)).toEqual({ items: [], cursor: null });
      else {
        await expect(list(text)).rejects.toThrow(Problem);
        expect(reads).toBe(0);
      }
    }),
    { numRuns: 500 },
  );
  expect(await list(Buffer.from(ours).toString('base64url'))).toEqual({ items: [], cursor: null });
});
