/** What is promised of the stack that holds data. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { FUNCTIONS } from '../../lib/functions.ts';
import { LEADS_TABLE, ROSTER_TABLE, type TableDescription } from '../../lambdas/shared/tables.ts';
import { type EnvironmentTemplates, properties, resources } from './synthesized.ts';

const keys = (partitionKey: string, sortKey: string): object[] => [
  { AttributeName: partitionKey, KeyType: 'HASH' },
  { AttributeName: sortKey, KeyType: 'RANGE' },
];

export function statefulPromises(_: EnvironmentSettings, templates: () => EnvironmentTemplates): void {
  test('tables are paid by request', () => {
    for (const table of properties(templates().stateful, 'AWS::DynamoDB::Table')) {
      expect(table).toMatchObject({ BillingMode: 'PAY_PER_REQUEST' });
    }
  });

  test.each([LEADS_TABLE, ROSTER_TABLE])(
    'the table $id has the keys and indexes that the stores use',
    (table) => {
      const found = resources(templates().stateful, 'AWS::DynamoDB::Table').find(([id]) =>
        id.startsWith(table.id),
      );
      expect(found![1].Properties['KeySchema']).toEqual(keys(table.partitionKey, table.sortKey));
      const indexes = (found![1].Properties['GlobalSecondaryIndexes'] ?? []) as object[];
      expect(indexes).toEqual(
        table.indexes.map((index: TableDescription['indexes'][number]) => ({
          IndexName: index.name,
          KeySchema: keys(index.partitionKey, index.sortKey),
          Projection: { ProjectionType: index.projection },
        })),
      );
    },
  );

  test('the functions together may do with the tables what the stores do, and no more', () => {
    const folders = ['lambdas/shared', 'lambdas/shared/stores'];
    const sources = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(path.join(folder, file), 'utf8')),
    );
    const asked = sources.flatMap((text) =>
      [
        ...text.matchAll(
          /new (Get|Put|Update|Delete|Query|Scan|BatchGet|BatchWrite|TransactWrite)Command\(/g,
        ),
      ].map(([, command]) => `dynamodb:${command!}${/Query|Scan|Transact/.test(command!) ? '' : 'Item'}`),
    );
    const granted = FUNCTIONS.flatMap(({ grants }) => [...grants.leads, ...grants.roster]);
    expect([...new Set(granted)].sort()).toEqual([...new Set<string>(asked)].sort());
  });
}
