/** Lists of leads, soonest due first, page by page. */
import { QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { LEAD_STATUSES, type Lead } from '../../../core/model/lead.ts';
import { batchGet } from '../dynamo.ts';
import { invalidRequest } from '../problem.ts';
import type { LeadFilter, Page } from '../services.ts';
import { entryOf, leadKey, leadOf, ownerKey, poolKey, statusKey } from './items.ts';

/** Reads of an index for one page. A filter that few leads meet gives a short page with a cursor instead of a time-out. */
const READS = 20;

interface Partition {
  index: string;
  key: string;
  value: string;
}
type Entry = ReturnType<typeof entryOf>;

/**
 * A page of leads. One filter reads its index; of several, the most selective index is read and the rest is looked up
 * in the leads; none reads all statuses side by side.
 * @param cursor of the page before @throws Problem 400 if it is none of ours
 */
export async function listLeads(
  client: DynamoDBDocumentClient,
  table: string,
  filter: LeadFilter,
  limit: number,
  cursor?: string,
): Promise<Page<Lead>> {
  const found: { lead: Lead; dueKey: string }[] = [];
  let after = cursor === undefined ? '' : fromCursor(cursor);
  let exhausted = false;
  for (let read = 0; read < READS && !exhausted && found.length <= limit; read += 1) {
    const entries = await nextEntries(client, table, partitionsOf(filter), after, limit + 1);
    exhausted = entries.length <= limit;
    after = entries.at(-1)?.dueKey ?? after;
    const leads = await leadsOf(client, table, entries);
    for (const { leadId, dueKey } of entries) {
      const lead = leads.get(leadId);
      if (lead !== undefined && matches(lead, filter)) found.push({ lead, dueKey });
    }
  }
  const page = found.slice(0, limit);
  const last = found.length > limit ? page.at(-1)?.dueKey : exhausted ? undefined : after;
  return { items: page.map(({ lead }) => lead), cursor: last === undefined ? null : toCursor(last) };
}

function partitionsOf(filter: LeadFilter): Partition[] {
  if (filter.owner !== undefined)
    return [{ index: 'byOwner', key: 'ownerKey', value: ownerKey(filter.owner) }];
  if (filter.pool !== undefined) return [{ index: 'byPool', key: 'poolKey', value: poolKey(filter.pool) }];
  const statuses = filter.status === undefined ? LEAD_STATUSES : [filter.status];
  return statuses.map((status) => ({ index: 'byStatus', key: 'statusKey', value: statusKey(status) }));
}

/** The next entries of all partitions in one order. An entry on its way from one partition to another is taken once. */
async function nextEntries(
  client: DynamoDBDocumentClient,
  table: string,
  partitions: Partition[],
  after: string,
  limit: number,
): Promise<Entry[]> {
  const pages = await Promise.all(
    partitions.map(({ index, key, value }) =>
      client.send(
        new QueryCommand({
          TableName: table,
          IndexName: index,
          KeyConditionExpression: `${key} = :value AND dueKey > :after`,
          // DynamoDB takes no empty text as a sort key, and a space sorts before every digit.
          ExpressionAttributeValues: { ':value': value, ':after': after === '' ? ' ' : after },
          Limit: limit,
        }),
      ),
    ),
  );
  const entries = pages.flatMap((page) => (page.Items ?? []).map(entryOf));
  const once = new Map(entries.map((entry) => [entry.dueKey, entry]));
  return [...once.values()].sort((a, b) => (a.dueKey < b.dueKey ? -1 : 1)).slice(0, limit);
}

async function leadsOf(
  client: DynamoDBDocumentClient,
  table: string,
  entries: Entry[],
): Promise<Map<string, Lead>> {
  const ids = new Set(entries.map(({ leadId }) => leadId));
  const items = await batchGet(client, table, [...ids].map(leadKey));
  return new Map(items.map(leadOf).map((lead) => [lead.leadId, lead]));
}

/** Looked up in the lead itself: an index may lag behind it. */
function matches(lead: Lead, filter: LeadFilter): boolean {
  return (
    (filter.owner === undefined || lead.owner?.personId === filter.owner) &&
    (filter.pool === undefined || lead.poolId === filter.pool) &&
    (filter.status === undefined || lead.status === filter.status)
  );
}

function toCursor(dueKey: string): string {
  return Buffer.from(dueKey).toString('base64url');
}

function fromCursor(cursor: string): string {
  const dueKey = Buffer.from(cursor, 'base64url').toString();
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[A-Za-z0-9_-]+$/.test(dueKey)) return dueKey;
  throw invalidRequest([
    { path: 'query.cursor', message: 'must be the cursor of the page before, unchanged' },
  ]);
}
