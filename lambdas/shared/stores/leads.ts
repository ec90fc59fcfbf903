/** Leads in DynamoDB: one item each, written under a condition on its version. */
import { GetCommand, PutCommand, QueryCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import type { Lead } from '../../../core/model/lead.ts';
import type { CompiledPolicy } from '../../../core/policy/compiled.ts';
import { iso } from '../../../core/time.ts';
import type { SystemClock } from '../clock.ts';
import { conditionally, queryAll } from '../dynamo.ts';
import { VersionConflict } from '../errors.ts';
import type { LeadStore } from '../services.ts';
import { allLeads } from './all-leads.ts';
import { forgetBeside } from './forget.ts';
import { historyStore } from './history.ts';
import {
  ATTENTION_SHARD,
  entryOf,
  leadItem,
  leadKey,
  leadOf,
  NOTHING_DUE,
  ownerKey,
  statusKey,
} from './items.ts';
import { listLeads } from './lead-list.ts';
import { settle } from './settle.ts';

export interface LeadStoreContext {
  client: DynamoDBDocumentClient;
  /** Name of the table. */
  table: string;
  policy: CompiledPolicy;
  clock: SystemClock;
}

/** The store of leads and of what belongs to them. */
export function dynamoLeads(context: LeadStoreContext): LeadStore {
  const { client, table } = context;
  const find = async (leadId: string) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: leadKey(leadId), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : leadOf(Item);
  };
  const save = async (lead: Lead) => {
    if (!(await putIf(context, lead, 'version = :before', lead.version - 1))) {
      throw new VersionConflict(`lead ${lead.leadId} is no longer at version ${lead.version - 1}`);
    }
  };
  return {
    get: find,
    save,
    create: async (lead) => ((await putIf(context, lead, 'attribute_not_exists(pk)')) ? 'created' : 'exists'),
    settle: (leadId, effectIds) => settle({ get: find, save }, leadId, effectIds),
    all: () => allLeads(client, table),
    list: (filter, limit, cursor) => listLeads(client, table, filter, limit, cursor),
    attention: async (now, limit) => {
      const page = await client.send(new QueryCommand({ ...attentionQuery(table, iso(now)), Limit: limit }));
      return (page.Items ?? []).map((item) => entryOf(item).leadId);
    },
    nextAttention: async () => {
      const page = await client.send(new QueryCommand({ ...attentionQuery(table, NOTHING_DUE), Limit: 1 }));
      return page.Items?.[0] === undefined ? null : attentionSchema.parse(page.Items[0]).attentionAt;
    },
    unassigned: () => idsOf(context, 'byStatus', 'statusKey', statusKey('unassigned'), `${NOTHING_DUE}~`),
    openLeads: (personId) => idsOf(context, 'byOwner', 'ownerKey', ownerKey(personId), NOTHING_DUE),
    forget: (leadId) => forgetBeside(client, table, leadId),
    ...historyStore(client, table),
  };
}

const attentionSchema = z.object({ attentionAt: z.string() });

function attentionQuery(table: string, until: string) {
  return {
    TableName: table,
    IndexName: 'attention',
    KeyConditionExpression: 'attentionShard = :shard AND attentionAt <= :until',
    ExpressionAttributeValues: { ':shard': ATTENTION_SHARD, ':until': until },
  };
}

function putIf(context: LeadStoreContext, lead: Lead, condition: string, before?: number): Promise<boolean> {
  return conditionally(() =>
    context.client.send(
      new PutCommand({
        TableName: context.table,
        Item: leadItem(lead, context.policy, context.clock.now()),
        ConditionExpression: condition,
        ...(before !== undefined && { ExpressionAttributeValues: { ':before': before } }),
      }),
    ),
  );
}

/** Ids of all leads of one partition of an index whose `dueKey` lies below a bound. */
async function idsOf(
  context: LeadStoreContext,
  index: string,
  key: string,
  value: string,
  below: string,
): Promise<string[]> {
  const items = await queryAll(context.client, {
    TableName: context.table,
    IndexName: index,
    KeyConditionExpression: `${key} = :value AND dueKey < :below`,
    ExpressionAttributeValues: { ':value': value, ':below': below },
  });
  return items.map((item) => entryOf(item).leadId);
}
