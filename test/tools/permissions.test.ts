/** docs/deploy/deployer-policy.json against what the tools ask AWS for. */
import { readdirSync, readFileSync } from 'node:fs';

const { Statement: statements } = JSON.parse(readFileSync('docs/deploy/deployer-policy.json', 'utf8')) as {
  Statement: { Action: string | string[]; Resource: string | string[] }[];
};
const allowed = statements.flatMap(({ Action }) => Action);

/** Services whose name in IAM is not that of their client, and requests that are another action there. */
const IAM_SERVICES: Record<string, string> = {
  eventbridge: 'events',
  'api-gateway': 'apigateway',
  'secrets-manager': 'secretsmanager',
};
const IAM_ACTIONS: Record<string, string> = {
  'apigateway:GetApiKey': 'apigateway:GET',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
};

/** Every request that a file under tools/ makes, as IAM calls it. */
function asked(): string[] {
  const files = readdirSync('tools', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const found = files.flatMap((file) => {
    const text = readFileSync(`tools/${file}`, 'utf8');
    return [...text.matchAll(/import \{([^}]+)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(
      ([, names, client]) =>
        [...names!.matchAll(/\b(\w+)Command\b/g)].map(([, name]) => {
          const action = `${IAM_SERVICES[client!] ?? client!}:${name!}`;
          return IAM_ACTIONS[action] ?? action;
        }),
    );
  });
  return [...new Set(found)].sort();
}

test('whoever deploys and operates may do exactly what the tools do, and take the roles of the bootstrap', () => {
  expect(allowed.toSorted()).toEqual([...asked(), 'sts:AssumeRole'].sort());
});

test('what names its resources is for those of this product alone', () => {
  const resources = statements.flatMap(({ Resource }) => Resource).filter((resource) => resource !== '*');
  const ours = /lead-sla|cdk-hnb659fds|cdk-bootstrap|::\/apikeys\/\*$/;
  expect(resources.filter((resource) => !ours.test(resource))).toEqual([]);
});
