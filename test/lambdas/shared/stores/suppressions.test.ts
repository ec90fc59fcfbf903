import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Suppression, SuppressionSubject } from '../../../../core/model/suppression.ts';
import { suspectsOf } from '../../../../core/qualification/suppression.ts';
import { keyedHash } from '../../../../lambdas/shared/keyed-hash.ts';
import type { SuppressionStore } from '../../../../lambdas/shared/services.ts';
import { dynamoSuppressions } from '../../../../lambdas/shared/stores/suppressions.ts';
import { LEADS, startTables, type Tables } from '../../support/tables.ts';

let tables: Tables;
let store: SuppressionStore;

beforeEach(async () => {
  tables = await startTables();
  store = dynamoSuppressions(
    tables.client,
    LEADS,
    keyedHash(() => Promise.resolve('secret of this test')),
  );
});
afterEach(() => tables.close());

const ADA: SuppressionSubject = { kind: 'person', value: 'Ada@Example.com' };
const RIVAL: SuppressionSubject = { kind: 'domain', value: 'rival.example' };

async function suppression(
  subject: SuppressionSubject,
  scenario = 'cadence_exhausted',
): Promise<Suppression> {
  return {
    suppressionId: `${await store.idOf(subject)}-${scenario}`,
    ...subject,
    scenario,
    reason: 'No answer',
    from: '2026-11-20T15:00:00.000Z',
    until: null,
    origin: { by: 'olive', leadId: 'lead-1' },
  };
}
const put = async (...given: Parameters<typeof suppression>) => {
  const one = await suppression(...given);
  await store.put(one);
  return one;
};
const raw = async () =>
  JSON.stringify((await tables.client.send(new ScanCommand({ TableName: LEADS }))).Items);

it('finds a person again by any spelling of the address, and keeps none of it', async () => {
  const one = await put(ADA);
  expect(await store.find(suspectsOf({ contact: { email: ' ADA@EXAMPLE.COM' }, company: {} }))).toEqual([
    { ...one, value: null },
  ]);
  expect(await store.find({ email: 'bob@example.com', domains: [] })).toEqual([]);
  expect((await raw()).toLowerCase()).not.toMatch(/ada|example\.com/);
});

it('finds a domain from everything below it, not from above or beside', async () => {
  const one = await put(RIVAL);
  const found = (email: string) => store.find(suspectsOf({ contact: { email }, company: {} }));
  expect(one.value).toBe('rival.example');
  expect(await found('x@rival.example')).toEqual([one]);
  expect(await found('x@mail.eu.rival.example')).toEqual([one]);
  expect(await found('x@myrival.example')).toEqual([]);
  const below = await put({ kind: 'domain', value: 'eu.rival.example' });
  expect(await found('x@rival.example')).toEqual([one]);
  expect(await found('x@eu.rival.example')).toEqual(expect.arrayContaining([one, below]));
});

it('finds a company by its name without case, accents and punctuation', async () => {
  const one = await put({ kind: 'company', value: 'Café Müller' });
  expect(await store.find({ domains: [], company: 'CAFE-MULLER' })).toEqual([one]);
  expect(await store.find({ domains: [], company: 'Café Müller GmbH' })).toEqual([]);
});

it('finds all scenarios of all subjects together, and confuses no kinds', async () => {
  const all = [await put(ADA), await put(ADA, 'bad_data'), await put(RIVAL, 'competitor')];
  await put({ kind: 'company', value: 'rival.example' });
  const found = await store.find({ email: 'ada@example.com', domains: ['rival.example', 'example.org'] });
  expect(found.map(({ suppressionId }) => suppressionId).sort()).toEqual(
    all.map(({ suppressionId }) => suppressionId).sort(),
  );
});

it('puts another one in place of the one for the same and the same scenario', async () => {
  const first = await put(RIVAL);
  const other = { ...first, reason: 'Another' };
  await store.put(other);
  await store.put(other);
  expect(await store.find({ domains: ['rival.example'] })).toEqual([other]);
});

it('gets and removes one by its id, and nothing by anything else', async () => {
  const one = await put(RIVAL, 'not.ready-2');
  const kept = await put(RIVAL);
  expect(await store.get(one.suppressionId)).toEqual(one);
  await store.remove(one.suppressionId);
  await store.remove(one.suppressionId);
  expect(await store.get(one.suppressionId)).toBeUndefined();
  for (const id of ['lead-1', 'domain-00-x', `${await store.idOf(RIVAL)}-`]) {
    expect(await store.get(id)).toBeUndefined();
    await store.remove(id);
    await expect(store.put({ ...one, suppressionId: id })).rejects.toThrow(RangeError);
  }
  expect(await store.find({ domains: ['rival.example'] })).toEqual([kept]);
});

it('asks for no secret where nobody is to be recognized', async () => {
  const blind = dynamoSuppressions(tables.client, LEADS, () => Promise.reject(new Error('no secret')));
  const one = await put(RIVAL);
  expect(await blind.find({ domains: [] })).toEqual([]);
  expect(await blind.get(one.suppressionId)).toEqual(one);
  await blind.remove(one.suppressionId);
  await expect(blind.find({ domains: ['rival.example'] })).rejects.toThrow('no secret');
});
