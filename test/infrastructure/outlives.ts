/** Data outlives the stack, where an environment keeps it. */
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { type EnvironmentTemplates, properties, resources, type Synthesized } from './synthesized.ts';

/** What holds something that cannot be made again from the app. */
const HOLDS_DATA = [
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::Events::Archive',
  'AWS::Logs::LogGroup',
  'AWS::SQS::Queue',
  'AWS::StepFunctions::StateMachine',
  'AWS::SecretsManager::Secret',
];

/** What looks as if it did, and goes with its stack. */
const MAY_GO: Readonly<Record<string, string>> = {
  'reconcile-failed': 'Runs that failed hold no data: the next run finds the same work.',
  'settle-consequences-failed': 'The next run reckons everything anew.',
};

export function outlivePromises(
  settings: EnvironmentSettings,
  templates: () => EnvironmentTemplates,
  synthesized: () => Synthesized,
): void {
  const { name, keepData } = settings;
  const expected = keepData ? 'Retain' : 'Delete';

  test(`data ${keepData ? 'outlives the stack' : 'goes with the stack, nothing is left behind'}`, () => {
    const seen = [templates().stateful, templates().service].flatMap((template) =>
      HOLDS_DATA.flatMap((type) => resources(template, type)),
    );
    expect(seen.length).toBeGreaterThan(30);
    const kept = seen.filter(([, { Properties }]) => {
      const queue = String(Properties['QueueName']).replace(`lead-sla-${name}-`, '');
      return MAY_GO[queue] === undefined;
    });
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of kept) {
      // A resource without a policy is deleted.
      const policies = [DeletionPolicy ?? 'Delete', UpdateReplacePolicy ?? 'Delete'];
      expect([id, ...policies]).toEqual([id, expected, expected]);
    }
    expect(seen.length - kept.length).toBe(Object.keys(MAY_GO).length);
  });

  test(`tables ${keepData ? 'refuse to be deleted' : 'may be deleted'}, and go back to any second of 35 days`, () => {
    const tables = properties(templates().stateful, 'AWS::DynamoDB::Table');
    expect(tables).toHaveLength(2);
    for (const table of tables) {
      expect(table['DeletionProtectionEnabled']).toBe(keepData);
      expect(table['PointInTimeRecoverySpecification']).toEqual({ PointInTimeRecoveryEnabled: true });
    }
  });

  test(`the stacks are ${keepData ? '' : 'not '}protected from termination`, () => {
    const stacks = [`lead-sla-${name}-stateful`, `lead-sla-${name}-service`];
    expect(stacks.map((stack) => synthesized().terminationProtection.get(stack))).toEqual([
      keepData,
      keepData,
    ]);
  });

  test('events can be replayed from the archive, each once', () => {
    const days = settings.eventArchiveDays;
    const archives = properties(templates().stateful, 'AWS::Events::Archive');
    expect(archives).toHaveLength(days === undefined ? 0 : 1);
    for (const archive of archives) {
      // Not those that are sent again: they are in the archive already.
      expect(archive).toMatchObject({ RetentionDays: days, EventPattern: { source: ['lead-sla'] } });
    }
    if (keepData) expect(days).toBeGreaterThanOrEqual(30);
  });

  test('no template holds a secret: the one that there is, is drawn by AWS', () => {
    expect(properties(templates().service, 'AWS::SecretsManager::Secret')).toEqual([]);
    for (const secret of properties(templates().stateful, 'AWS::SecretsManager::Secret')) {
      expect(Object.keys(secret).sort()).toEqual(['Description', 'GenerateSecretString', 'Name', 'Tags']);
    }
    for (const template of [templates().stateful, templates().service]) {
      expect(JSON.stringify(template.toJSON())).not.toMatch(/xox[abp]-|Bearer /);
    }
    for (const key of properties(templates().service, 'AWS::ApiGateway::ApiKey'))
      expect(key['Value']).toBeUndefined();
  });
}
