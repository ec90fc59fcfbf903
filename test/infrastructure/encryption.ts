/** Nothing lies or travels in the clear. */
import type { Template } from 'aws-cdk-lib/assertions';
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { type EnvironmentTemplates, properties, resources } from './synthesized.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Condition?: { Bool?: Record<string, string> };
}

/** The logical ids of what a kind of policy refuses without TLS. */
function onlyOverTls(template: Template, type: string, of: string, actions: string[]): Set<string> {
  return new Set(
    properties(template, type).flatMap((policy) => {
      const { Statement: statements } = policy['PolicyDocument'] as { Statement: Statement[] };
      const refuses = statements.some(
        ({ Effect, Action, Condition }) =>
          Effect === 'Deny' &&
          [Action].flat().some((action) => actions.includes(action)) &&
          Condition?.Bool?.['aws:SecureTransport'] === 'false',
      );
      return refuses ? (policy[of] as { Ref: string }[]).map(({ Ref }) => Ref) : [];
    }),
  );
}

export function encryptionPromises(_: EnvironmentSettings, templates: () => EnvironmentTemplates): void {
  const both = (): Template[] => [templates().stateful, templates().service];

  test('tables and queues are encrypted at rest', () => {
    const tables = both().flatMap((template) => properties(template, 'AWS::DynamoDB::Table'));
    const queues = both().flatMap((template) => properties(template, 'AWS::SQS::Queue'));
    expect(tables.length).toBeGreaterThan(0);
    expect(queues.length).toBeGreaterThan(0);
    for (const table of tables) expect(table['SSESpecification']).toEqual({ SSEEnabled: true });
    for (const queue of queues) expect(queue['SqsManagedSseEnabled']).toBe(true);
  });

  test.each([
    ['queues', 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'Queues', ['sqs:*', 'sqs:SendMessage']],
    ['topics', 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'Topics', ['sns:*', 'sns:Publish']],
  ])('%s are reached over TLS alone', (_name, type, policy, of, actions) => {
    for (const template of both()) {
      const ids = resources(template, type).map(([id]) => id);
      const safe = onlyOverTls(template, policy, of, actions);
      expect(ids.filter((id) => !safe.has(id))).toEqual([]);
    }
  });

  test('the API takes TLS 1.2 with forward secrecy, or 1.3', () => {
    expect(properties(templates().service, 'AWS::ApiGateway::RestApi')).toEqual([
      expect.objectContaining({
        SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09',
        EndpointAccessMode: 'STRICT',
        EndpointConfiguration: { Types: ['REGIONAL'] },
      }),
    ]);
  });

  test('mails go out over TLS or not at all, and not to addresses that have bounced', () => {
    expect(properties(templates().stateful, 'AWS::SES::ConfigurationSet')).toEqual([
      expect.objectContaining({
        DeliveryOptions: { TlsPolicy: 'REQUIRE' },
        SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
      }),
    ]);
  });

  test('what leaves for systems outside leaves over https', () => {
    for (const { InvocationEndpoint } of properties(templates().service, 'AWS::Events::ApiDestination')) {
      expect(InvocationEndpoint).toMatch(/^https:\/\//);
    }
  });
}
