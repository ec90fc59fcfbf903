/** Who may not come back yet, in the table of leads: a partition for each subject, an item for each scenario. */
import { DeleteCommand, GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { SUPPRESSION_KINDS } from '../../../core/model/suppression.ts';
import type { Suppression, SuppressionSubject, Suspects } from '../../../core/model/suppression.ts';
import { normalSubject } from '../../../core/qualification/suppression.ts';
import { queryAll } from '../dynamo.ts';
import type { KeyedHash } from '../keyed-hash.ts';
import type { SuppressionStore } from '../services.ts';
import { hasText } from './items.ts';

const suppressionItem = z.object({ suppression: z.custom<Suppression>(hasText('suppressionId')) });
const ID = new RegExp(`^((?:${SUPPRESSION_KINDS.join('|')})-[0-9a-f]{32})-(.+)$`);

export function dynamoSuppressions(
  client: DynamoDBDocumentClient,
  table: string,
  hash: KeyedHash,
): SuppressionStore {
  const idOf = async (subject: SuppressionSubject) =>
    `${subject.kind}-${await hash(subject.kind, normalSubject(subject))}`;
  const stored = async (subject: SuppressionSubject): Promise<Suppression[]> => {
    const items = await queryAll(client, {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': partition(await idOf(subject)) },
    });
    return items.map((item) => suppressionItem.parse(item).suppression);
  };
  return {
    idOf,
    find: async (suspects) => (await Promise.all(subjectsOf(suspects).map(stored))).flat(),
    get: async (suppressionId) => {
      const key = keyOf(suppressionId);
      if (key === undefined) return undefined;
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: key, ConsistentRead: true }),
      );
      return Item === undefined ? undefined : suppressionItem.parse(Item).suppression;
    },
    put: async (suppression) => {
      const key = keyOf(suppression.suppressionId);
      if (key === undefined) throw new RangeError('the id of a suppression is <kind>-<hash>-<scenario>');
      // Nobody is kept by their address, whoever asks for it.
      const value = suppression.kind === 'person' ? null : suppression.value;
      await client.send(
        new PutCommand({ TableName: table, Item: { ...key, suppression: { ...suppression, value } } }),
      );
    },
    remove: async (suppressionId) => {
      const key = keyOf(suppressionId);
      if (key !== undefined) await client.send(new DeleteCommand({ TableName: table, Key: key }));
    },
  };
}

function subjectsOf({ email, domains, company }: Suspects): SuppressionSubject[] {
  return [
    ...(email === undefined ? [] : [{ kind: 'person', value: email } as const]),
    ...domains.map((value) => ({ kind: 'domain', value }) as const),
    ...(company === undefined ? [] : [{ kind: 'company', value: company } as const]),
  ];
}

function keyOf(suppressionId: string): { pk: string; sk: string } | undefined {
  const [, subject, scenario] = ID.exec(suppressionId) ?? [];
  return subject === undefined || scenario === undefined
    ? undefined
    : { pk: partition(subject), sk: scenario };
}

function partition(subject: string): string {
  return `SUPPRESSION#${subject}`;
}
