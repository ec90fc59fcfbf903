import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { batchGet, documentClient, StillThrottled } from '../../../../lambdas/shared/dynamo.ts';
import { VersionConflict } from '../../../../lambdas/shared/errors.ts';
import { problemOf } from '../../../../lambdas/shared/problem.ts';
import { dynamoLeads } from '../../../../lambdas/shared/stores/leads.ts';
import { dynamoNotices } from '../../../../lambdas/shared/stores/notices.ts';
import { dynamoPools } from '../../../../lambdas/shared/stores/pools.ts';
import { dynamoRoster } from '../../../../lambdas/shared/stores/roster.ts';
import { sam } from '../../../core/messages/fixture.ts';
import { sampleLead, smallPolicy } from '../../support/sample.ts';

const mock = mockClient(DynamoDBDocumentClient);
const client = documentClient(new DynamoDBClient({ region: 'eu-west-1' }));
const leads = dynamoLeads({ client, table: 'Leads', policy: smallPolicy, clock: { now: () => 0 } });
const details = { $metadata: {}, message: 'The conditional request failed' };
const refused = new ConditionalCheckFailedException(details);
const throttled = new ProvisionedThroughputExceededException({ ...details, message: 'slow down' });
const timedOut = Object.assign(new Error('Connection timed out'), { name: 'TimeoutError' });
const stored = { lead: sampleLead };

beforeEach(() => mock.reset());

describe('a condition that does not hold', () => {
  it('means that the lead exists, or that somebody else was quicker', async () => {
    mock.on(PutCommand).rejects(refused);
    expect(await leads.create(sampleLead)).toBe('exists');
    await expect(leads.save(sampleLead)).rejects.toBeInstanceOf(VersionConflict);
    await expect(
      dynamoPools(client, 'Roster').save({ poolId: 'p', version: 4, entries: {}, tickets: {} }),
    ).rejects.toBeInstanceOf(VersionConflict);
  });

  it('makes settling read and write again', async () => {
    const owed = { ...sampleLead, owed: [{ kind: 'timeline', id: 'a' }] };
    mock.on(GetCommand).resolves({ Item: { lead: owed } });
    mock.on(PutCommand).rejectsOnce(refused).rejectsOnce(refused).resolves({});
    await leads.settle(sampleLead.leadId, ['a']);
    expect(mock.commandCalls(PutCommand)).toHaveLength(3);
  });

  it('does not make settling go on for ever', async () => {
    mock
      .on(GetCommand)
      .resolves({ Item: { lead: { ...sampleLead, owed: [{ kind: 'timeline', id: 'a' }] } } });
    mock.on(PutCommand).rejects(refused);
    await expect(leads.settle(sampleLead.leadId, ['a'])).rejects.toBeInstanceOf(VersionConflict);
  });

  it('is the race for the version of the roster', async () => {
    mock.on(GetCommand).resolves({ Item: { version: 3, latest: sam } });
    mock.on(PutCommand, { Item: { pk: 'PEOPLE', sk: 'VERSION', version: 4, latest: sam } }).rejects(refused);
    await expect(dynamoRoster(client, 'Roster').put(sam, 3)).rejects.toBeInstanceOf(VersionConflict);
    await expect(dynamoRoster(client, 'Roster').put(sam, 2)).rejects.toBeInstanceOf(VersionConflict);
  });
});

describe.each([
  ['throttling', throttled],
  ['a time-out', timedOut],
])('%s', (_, error) => {
  const everything: [string, () => Promise<unknown>][] = [
    ['reading a lead', () => leads.get('lead-1')],
    ['creating a lead', () => leads.create(sampleLead)],
    ['saving a lead', () => leads.save(sampleLead)],
    ['settling', () => leads.settle('lead-1', ['a'])],
    ['listing', () => leads.list({}, 10)],
    ['looking for attention', () => leads.attention(0, 10)],
    [
      'recording an activity',
      () => leads.putTimeline('lead-1', { entryId: 'a', at: '', what: '', who: '', why: '' }),
    ],
    ['loading the roster', () => dynamoRoster(client, 'Roster').load()],
    ['writing a person', () => dynamoRoster(client, 'Roster').put(sam, 0)],
    ['reading a pool', () => dynamoPools(client, 'Roster').get('p')],
    ['claiming a notice', () => dynamoNotices(client, 'Leads', smallPolicy).claim('lead-1', 'n', 0)],
  ];

  it.each(everything)('reaches the caller of %s as itself and the API as 503', async (_name, run) => {
    mock.onAnyCommand().rejects(error);
    await expect(run()).rejects.toBe(error);
    expect(problemOf(error).status).toBe(503);
  });
});

describe('a batch', () => {
  const keys = Array.from({ length: 150 }, (_, n) => ({ pk: `LEAD#${n}`, sk: 'LEAD' }));

  it('asks for at most a hundred at a time and again for what was left unprocessed', async () => {
    mock
      .on(BatchGetCommand)
      .callsFake(({ RequestItems }: { RequestItems: Record<string, { Keys: object[] }> }) => {
        const wanted = RequestItems['Leads']!.Keys;
        expect(wanted.length).toBeLessThanOrEqual(100);
        const half = Math.ceil(wanted.length / 2);
        const rest = wanted.slice(half);
        return {
          Responses: { Leads: wanted.slice(0, half) },
          UnprocessedKeys: rest.length === 0 ? {} : { Leads: { Keys: rest } },
        };
      });
    const found = await batchGet(client, 'Leads', keys);
    expect(new Set(found.map(({ pk }) => pk))).toEqual(new Set(keys.map(({ pk }) => pk)));
    expect(found).toHaveLength(keys.length);
  });

  it('gives up when the table keeps leaving keys unprocessed, and the API answers 503', async () => {
    mock.on(BatchGetCommand).resolves({ UnprocessedKeys: { Leads: { Keys: [keys[0]!] } } });
    const failure: unknown = await batchGet(client, 'Leads', keys.slice(0, 1)).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(StillThrottled);
    expect(problemOf(failure).status).toBe(503);
  });
});

describe('a page of an index', () => {
  it('is followed by the next one while the table says that there is more', async () => {
    const entry = (n: number) => ({ pk: `LEAD#lead-${n}`, dueKey: `2026#lead-${n}` });
    mock
      .on(QueryCommand)
      .resolvesOnce({ Items: [entry(1)], LastEvaluatedKey: { pk: 'x' } })
      .resolves({ Items: [entry(2)] });
    expect(await leads.openLeads('sam')).toEqual(['lead-1', 'lead-2']);
    expect(mock.commandCalls(QueryCommand)[1]!.args[0].input.ExclusiveStartKey).toEqual({ pk: 'x' });
  });

  it('may name a lead that is gone by now: it is left out', async () => {
    mock.on(QueryCommand).resolves({});
    mock.on(QueryCommand, { IndexName: 'byOwner' }).resolves({
      Items: [
        { pk: 'LEAD#gone', dueKey: 'a#gone' },
        { pk: 'LEAD#lead-1', dueKey: 'b#lead-1' },
      ],
    });
    mock.on(BatchGetCommand).resolves({ Responses: { Leads: [stored] } });
    const page = await leads.list({ owner: 'sam' }, 10);
    expect(page.items.map(({ leadId }) => leadId)).toEqual(['lead-1']);
  });
});
