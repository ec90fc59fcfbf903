/** What is promised of a table that has been restored from a backup and stands in for the stack's own. */
import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { leadSlaApp } from '../../lib/app.ts';
import { ENVIRONMENTS, type EnvironmentSettings } from '../../lib/environments.ts';
import { statements } from './policies.ts';
import { properties, resources, withFindings } from './synthesized.ts';

const RESTORED = 'lead-sla-dev-leads-restored';
const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };

export function restoredPromises(): void {
  describe('a restored table', () => {
    const dev = ENVIRONMENTS.find(({ name }) => name === 'dev')!;
    const make = (row: EnvironmentSettings): { stateful: Template; service: Template } => {
      const { templates, findings } = withFindings((outdir) => leadSlaApp({ outdir, context }, [row]));
      expect(findings).toEqual([]);
      return {
        stateful: templates.get('lead-sla-dev-stateful')!,
        service: templates.get('lead-sla-dev-service')!,
      };
    };
    const exportsOf = (template: Template): string[] =>
      Object.values(template.toJSON()['Outputs'] as Record<string, { Export?: { Name: string } }>)
        .flatMap((output) => output.Export?.Name ?? [])
        .sort();

    test('is what the functions use, may use, and what is told as the table; the stack keeps its own and its exports', () => {
      const before = make(dev);
      const after = make({ ...dev, restoredTables: { leads: RESTORED } });
      for (const { Environment } of properties(after.service, 'AWS::Lambda::Function')) {
        expect(Environment).toMatchObject({ Variables: { LEADS_TABLE: RESTORED } });
      }
      const onLeads = statements(after.service)
        .filter(({ actions }) => actions.includes('dynamodb:UpdateItem'))
        .map(({ resources: on }) => JSON.stringify(on));
      expect(onLeads.length).toBeGreaterThan(0);
      expect(onLeads.filter((on) => !on.includes(`:table/${RESTORED}`))).toEqual([]);
      expect(after.stateful.toJSON()).toMatchObject({ Outputs: { LeadsTableName: { Value: RESTORED } } });
      const tables = resources(after.stateful, 'AWS::DynamoDB::Table');
      expect(tables).toEqual(resources(before.stateful, 'AWS::DynamoDB::Table'));
      expect(exportsOf(after.stateful)).toEqual(exportsOf(before.stateful));
    });
  });
}
