/** Every asynchronous edge has a dead-letter queue. */
import { Template } from 'aws-cdk-lib/assertions';
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { type EnvironmentTemplates, properties, resources, type Resource } from './synthesized.ts';

interface Edge {
  edge: string;
  deadLetters: unknown;
}

/** Edges that need none, by what they are, with the reason. */
const EXEMPT: readonly { edge: RegExp; because: string }[] = [
  {
    edge: /^subscription \S+ by email$/,
    because:
      'An alarm stays visible in the console; SNS repeats a mail by itself, and the state of alarms is watched.',
  },
];

type Walk = (id: string, resource: Resource['Properties'], template: Template) => Edge[];

/** What starts something without waiting for it, by the type of the resource. */
const WALKS: Readonly<Record<string, Walk>> = {
  'AWS::Events::Rule': (id, { Targets }) =>
    (Targets as { Id: string; DeadLetterConfig?: object }[]).map((target) => ({
      edge: `rule ${id} to ${target.Id}`,
      deadLetters: target.DeadLetterConfig,
    })),
  'AWS::Scheduler::Schedule': (id, { Target }) => [
    { edge: `schedule ${id}`, deadLetters: (Target as { DeadLetterConfig?: object }).DeadLetterConfig },
  ],
  'AWS::Pipes::Pipe': (id, { SourceParameters }) => [
    {
      edge: `pipe ${id}`,
      deadLetters: /DeadLetterConfig/.exec(JSON.stringify(SourceParameters ?? {})) ?? undefined,
    },
  ],
  'AWS::SNS::Subscription': (id, { Protocol, RedrivePolicy }) => [
    { edge: `subscription ${id} by ${String(Protocol)}`, deadLetters: RedrivePolicy },
  ],
  'AWS::Lambda::EventSourceMapping': (id, { DestinationConfig }) => [
    {
      edge: `event source ${id}`,
      deadLetters: (DestinationConfig as { OnFailure?: object } | undefined)?.OnFailure,
    },
  ],
  'AWS::Lambda::Function': (id, _, template) =>
    isStartedAside(id, template)
      ? [{ edge: `asynchronous run of ${id}`, deadLetters: onFailure(id, template) }]
      : [],
};

/** Whether a rule, a schedule or a topic has this function for its target: these do not wait for an answer. */
function isStartedAside(id: string, template: Template): boolean {
  const starters = ['AWS::Events::Rule', 'AWS::Scheduler::Schedule', 'AWS::SNS::Subscription'];
  return starters.some((type) =>
    JSON.stringify(properties(template, type)).includes(`"Fn::GetAtt":["${id}","Arn"]`),
  );
}

function onFailure(id: string, template: Template): unknown {
  const config = properties(template, 'AWS::Lambda::EventInvokeConfig').find(
    ({ FunctionName }) => (FunctionName as { Ref?: string }).Ref === id,
  );
  return (config?.['DestinationConfig'] as { OnFailure?: object } | undefined)?.OnFailure;
}

/** Types of resources that start something aside, of which the walks above know nothing yet. */
const UNKNOWN =
  /^AWS::(IoT::TopicRule|S3::Bucket|Kinesis::|KinesisFirehose::|Logs::SubscriptionFilter|AppSync::)/;

/** All that a template starts without waiting for it. */
function edgesOf(template: Template): Edge[] {
  return Object.entries(WALKS).flatMap(([type, walk]) =>
    resources(template, type).flatMap(([id, { Properties }]) => walk(id, Properties, template)),
  );
}

export function deadLetterWalk(): void {
  test('an edge without a dead-letter queue would be found', () => {
    const target = { Id: 'Target0', Arn: { 'Fn::GetAtt': ['Careless', 'Arn'] } };
    const template = Template.fromJSON({
      Resources: {
        Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [target] } },
        Careless: { Type: 'AWS::Lambda::Function', Properties: {} },
        Schedule: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: {} } },
        Subscription: { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'https' } },
      },
    });
    const without = edgesOf(template).filter(({ deadLetters }) => deadLetters === undefined);
    expect(without.map(({ edge }) => edge)).toEqual([
      'rule Rule to Target0',
      'schedule Schedule',
      'subscription Subscription by https',
      'asynchronous run of Careless',
    ]);
    expect(without.filter(({ edge }) => EXEMPT.some((row) => row.edge.test(edge)))).toEqual([]);
  });
}

export function deadLetterPromises(
  settings: EnvironmentSettings,
  templates: () => EnvironmentTemplates,
): void {
  const both = (): Template[] => [templates().stateful, templates().service];
  const edges = (): Edge[] => both().flatMap(edgesOf);

  test('every asynchronous edge has a dead-letter queue, or is exempted by name', () => {
    const ways = [settings.slack, settings.crm].filter((way) => way !== undefined).length;
    // Rule and run of the reconciler and of the settling, and the ways out.
    expect(edges().length).toBeGreaterThanOrEqual(4 + ways);
    const without = edges().filter(({ deadLetters }) => deadLetters === undefined);
    expect(without.filter(({ edge }) => !EXEMPT.some((row) => row.edge.test(edge)))).toEqual([]);
  });

  test('nothing else starts something aside', () => {
    for (const template of both()) {
      const types = Object.values(template.toJSON()['Resources'] as Record<string, Resource>).map(
        ({ Type }) => Type,
      );
      expect(types.filter((type) => UNKNOWN.test(type))).toEqual([]);
    }
  });

  test('dead letters are kept for 14 days, the longest there is', () => {
    const queues = both().flatMap((template) => properties(template, 'AWS::SQS::Queue'));
    expect(queues.map(({ QueueName }) => QueueName).sort()).toEqual([
      `lead-sla-${settings.name}-reconcile-failed`,
      `lead-sla-${settings.name}-settle-consequences-failed`,
      `lead-sla-${settings.name}-undelivered`,
    ]);
    for (const { MessageRetentionPeriod } of queues) expect(MessageRetentionPeriod).toBe(14 * 24 * 3600);
  });

  test('the rules of this environment alone may put events into the queue of the undelivered', () => {
    const [policy] = properties(templates().stateful, 'AWS::SQS::QueuePolicy');
    const { Statement } = policy!['PolicyDocument'] as { Statement: { Effect: string; Condition: object }[] };
    const allowed = Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toEqual([
      expect.objectContaining({ Action: 'sqs:SendMessage', Principal: { Service: 'events.amazonaws.com' } }),
    ]);
    expect(JSON.stringify(allowed[0]!.Condition)).toContain(
      `:rule/lead-sla-${settings.name}-events/lead-sla-${settings.name}-*"`,
    );
  });
}
