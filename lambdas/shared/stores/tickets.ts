/** Support tickets in the table of leads: one item each, written under a condition on its version. */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Ticket } from '../../../core/model/ticket.ts';
import { iso } from '../../../core/time.ts';
import { batchGet, conditionally, queryAll } from '../dynamo.ts';
import { VersionConflict } from '../errors.ts';
import type { TicketStore } from '../services.ts';
import { historyStore } from './history.ts';
import { customerKey, entryOf, ticketItem, ticketKey, ticketOf } from './items.ts';
import type { LeadStoreContext } from './leads.ts';
import { settle } from './settle.ts';

/** The store of tickets and of what belongs to them. */
export function dynamoTickets(context: LeadStoreContext): TicketStore {
  const { client, table } = context;
  const get = async (ticketId: string) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: ticketKey(ticketId), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : ticketOf(Item);
  };
  const save = async (ticket: Ticket) => {
    if (!(await putIf(context, ticket, 'version = :before', ticket.version - 1))) {
      throw new VersionConflict(`ticket ${ticket.ticketId} is no longer at version ${ticket.version - 1}`);
    }
  };
  const { putTimeline, timeline, putRecord, records } = historyStore(client, table);
  return {
    get,
    save,
    create: async (ticket) =>
      (await putIf(context, ticket, 'attribute_not_exists(pk)')) ? 'created' : 'exists',
    settle: (ticketId, effectIds) => settle({ get, save }, ticketId, effectIds),
    ofCustomer: async (customerId, since) => {
      const entries = await queryAll(client, {
        TableName: table,
        IndexName: 'byPool',
        KeyConditionExpression: 'poolKey = :customer AND dueKey >= :since',
        ExpressionAttributeValues: { ':customer': customerKey(customerId), ':since': iso(since) },
      });
      const keys = entries.map((item) => ticketKey(entryOf(item).leadId));
      const tickets = (await batchGet(client, table, keys)).map(ticketOf);
      return tickets.sort((a, b) => (a.ticketId < b.ticketId ? -1 : 1));
    },
    ...{ putTimeline, timeline, putRecord, records },
  };
}

function putIf(
  { client, table, policy, clock }: LeadStoreContext,
  ticket: Ticket,
  condition: string,
  before?: number,
): Promise<boolean> {
  return conditionally(() =>
    client.send(
      new PutCommand({
        TableName: table,
        Item: ticketItem(ticket, policy, clock.now()),
        ConditionExpression: condition,
        ...(before !== undefined && { ExpressionAttributeValues: { ':before': before } }),
      }),
    ),
  );
}
