/** docs/deploy/execution-policy.json, which the role that deploys is given, against what the templates have in them. */
import { readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { ONE, OTHER } from './rows.ts';
import { properties, resources, type Synthesized } from './synthesized.ts';

interface Statement {
  Sid: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** What IAM calls the service of a resource type, where that is not its own name in small letters. */
const IAM_NAMES: Record<string, string> = { StepFunctions: 'states' };
/** Of CDK itself. */
const BESIDE_THE_RESOURCES = ['s3', 'ssm'];
/** Characters, white space not counted. */
const MOST_OF_A_MANAGED_POLICY = 6144;

const text = readFileSync('docs/deploy/execution-policy.json', 'utf8');
const { Statement: statements } = JSON.parse(text) as { Statement: Statement[] };
const list = (value: string | string[]): string[] => [value].flat();
const statement = (sid: string): Statement => statements.find(({ Sid }) => Sid === sid)!;

function templatesOf({ environments }: Synthesized): Template[] {
  return [ONE, OTHER].flatMap(({ name }) => {
    const { stateful, service } = environments.get(name)!;
    return [stateful, service];
  });
}

/** Whether an ARN, or what follows its account, matches a pattern of a policy. */
function matches(pattern: string, name: string): boolean {
  const end = pattern.split(':').slice(6).join(':') || pattern.split(':').slice(5).join(':');
  return new RegExp(`^${end.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(name);
}

export function executionPolicyPromises(all: () => Synthesized): void {
  describe('the policy of the role that deploys', () => {
    test('allows the services of every resource of an environment that has everything, and no other', () => {
      const types = templatesOf(all()).flatMap((template) =>
        Object.values(template.toJSON()['Resources'] as Record<string, { Type: string }>).map(
          ({ Type }) => Type,
        ),
      );
      const needed = types.map((type) => {
        const service = type.split('::')[1]!;
        return IAM_NAMES[service] ?? service.toLowerCase();
      });
      const allowed = statements.flatMap(({ Action }) => list(Action)).map((action) => action.split(':')[0]!);
      const unique = (names: string[]) => [...new Set(names)].sort();
      expect(unique(allowed)).toEqual(unique([...needed, ...BESIDE_THE_RESOURCES]));
    });

    test('allows everything in no service, and fits into a managed policy', () => {
      expect(statements.flatMap(({ Action }) => list(Action))).not.toContain('*');
      const onEverything = statements
        .filter(({ Resource }) => list(Resource).includes('*'))
        .map(({ Sid }) => Sid);
      expect(onEverything).toEqual(['LogDeliveryHasNoResources', 'KeysHaveNoNames', 'PasswordsHaveNoNames']);
      for (const { Action } of onEverything.map(statement)) {
        expect(list(Action).filter((action) => action.endsWith('*'))).toEqual([]);
      }
      expect(text.replace(/\s/g, '').length).toBeLessThan(MOST_OF_A_MANAGED_POLICY);
    });

    test('reaches every log group by its name', () => {
      const names = templatesOf(all()).flatMap((template) =>
        properties(template, 'AWS::Logs::LogGroup').map((group) => group['LogGroupName'] as string),
      );
      const patterns = list(statement('Logs').Resource);
      expect(names.filter((name) => !patterns.some((pattern) => matches(pattern, name)))).toEqual([]);
    });

    test('reads every secret that the settings name', () => {
      const names = [ONE, OTHER].flatMap(({ slack, crm }) => [slack!.tokenSecret, crm!.tokenSecret]);
      const [pattern] = list(statement('SecretsOfTheSettings').Resource);
      expect(names.filter((name) => !matches(pattern!, name))).toEqual([]);
    });

    test('makes the secret of every environment, and reads what is in it for nobody', () => {
      const names = templatesOf(all()).flatMap((template) =>
        properties(template, 'AWS::SecretsManager::Secret').map((secret) => secret['Name'] as string),
      );
      const { Action, Resource } = statement('SecretsOfTheEnvironments');
      expect(names).toHaveLength(2);
      expect(names.filter((name) => !list(Resource).some((pattern) => matches(pattern, name)))).toEqual([]);
      expect(list(Action)).toContain('secretsmanager:CreateSecret');
      const readers = statements.filter(({ Action: actions }) =>
        list(actions).some((action) =>
          ['secretsmanager:*', 'secretsmanager:GetSecretValue'].includes(action),
        ),
      );
      const readable = readers.flatMap(({ Resource: on }) => list(on));
      expect(readable.filter((pattern) => names.some((name) => matches(pattern, name)))).toEqual([]);
    });

    test('passes roles to exactly the services that take them, and attaches exactly the managed policies in use', () => {
      const roles = templatesOf(all()).flatMap((template) => resources(template, 'AWS::IAM::Role'));
      const principals = roles.flatMap(([, { Properties }]) => {
        const { Statement } = Properties['AssumeRolePolicyDocument'] as {
          Statement: { Principal: { Service: string } }[];
        };
        return Statement.map(({ Principal }) => Principal.Service);
      });
      const passed = statement('PassRoles').Condition?.['StringEquals']?.['iam:PassedToService'] ?? [];
      expect(list(passed)).toEqual([...new Set(principals)].sort());

      const attached = roles.flatMap(
        ([, { Properties }]) =>
          JSON.stringify(Properties['ManagedPolicyArns'] ?? []).match(/policy\/[\w/-]+/g) ?? [],
      );
      const allowed = list(statement('LogsOfTheApi').Condition?.['ArnEquals']?.['iam:PolicyARN'] ?? []);
      expect([...new Set(attached)]).toEqual(allowed.map((arn) => arn.split('::aws:')[1]));
    });
  });
}
