/**
 * People, one item each, and one item with the roster's version.
 *
 * A write is decided by one conditional write of the version item, which carries the person with it; then the person's
 * own item follows. Whoever reads in between, or after a crash in between, takes the person from the version item.
 */
import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { completePerson } from '../../../core/model/complete.ts';
import type { Person, Roster } from '../../../core/model/person.ts';
import { conditionally, queryAll } from '../dynamo.ts';
import { VersionConflict } from '../errors.ts';
import type { RosterStore } from '../services.ts';
import { hasText } from './items.ts';

const PEOPLE = 'PEOPLE';
const personSchema = z.custom<Person>(hasText('personId')).transform(completePerson);
const personItem = z.object({ person: personSchema });
const versionItem = z.object({ version: z.int(), latest: personSchema });

/** The store of people; keeps them in memory until the version moves. */
export function dynamoRoster(client: DynamoDBDocumentClient, table: string): RosterStore {
  let known: Roster = { version: 0, people: [] };
  const head = async () => {
    const key = { pk: PEOPLE, sk: 'VERSION' };
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item === undefined ? { version: 0, latest: null } : versionItem.parse(Item);
  };
  return {
    load: async () => {
      const { version, latest } = await head();
      if (version === known.version) return known;
      const items = await queryAll(client, {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :people AND begins_with(sk, :person)',
        ExpressionAttributeValues: { ':people': PEOPLE, ':person': 'PERSON#' },
      });
      const people = new Map(
        items.map((item) => personItem.parse(item).person).map((person) => [person.personId, person]),
      );
      if (latest !== null) people.set(latest.personId, latest);
      const roster = {
        version,
        people: [...people.values()].sort((a, b) => (a.personId < b.personId ? -1 : 1)),
      };
      // Somebody may have written between the two reads: remember only what belongs together.
      if ((await head()).version === version) known = roster;
      return roster;
    },
    put: async (person, version) => {
      const { version: stored, latest } = await head();
      if (stored !== version) throw conflict(version);
      // The write before may have died before its second half; its person leaves the version item now.
      if (latest !== null) await writePerson(client, table, latest, version);
      const written = await conditionally(() =>
        client.send(
          new PutCommand({
            TableName: table,
            Item: { pk: PEOPLE, sk: 'VERSION', version: version + 1, latest: person },
            ...(version === 0
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: 'version = :version',
                  ExpressionAttributeValues: { ':version': version },
                }),
          }),
        ),
      );
      if (!written) throw conflict(version);
      await writePerson(client, table, person, version + 1);
    },
  };
}

/** Writes a person's item unless it already holds this or a later version of the roster. */
async function writePerson(
  client: DynamoDBDocumentClient,
  table: string,
  person: Person,
  version: number,
): Promise<void> {
  await conditionally(() =>
    client.send(
      new PutCommand({
        TableName: table,
        Item: { pk: PEOPLE, sk: `PERSON#${person.personId}`, rosterVersion: version, person },
        ConditionExpression: 'attribute_not_exists(pk) OR rosterVersion < :version',
        ExpressionAttributeValues: { ':version': version },
      }),
    ),
  );
}

function conflict(version: number): VersionConflict {
  return new VersionConflict(`the roster is no longer at version ${version}`);
}
