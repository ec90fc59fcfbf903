/** No physical name stops two environments in one account. */
import { leadSlaApp } from '../../lib/app.ts';
import { ONE, OTHER } from './rows.ts';
import type { EnvironmentTemplates, Resource, Synthesized } from './synthesized.ts';

/** Names within an API or a role, of which each environment has its own, and names of what AWS measures. */
const WITHIN_ANOTHER = [
  'AWS::ApiGateway::Method OperationName',
  'AWS::CloudWatch::Alarm MetricName',
  'AWS::IAM::Policy PolicyName',
  'AWS::ApiGateway::Stage StageName',
  'AWS::ApiGateway::Model Name',
  'AWS::ApiGateway::RequestValidator Name',
  'AWS::CloudWatch::Alarm MetricName',
];

/** The most characters that AWS takes for the names of each type. */
const LONGEST: Readonly<Record<string, number>> = {
  'AWS::Lambda::Function': 64,
  'AWS::Events::Rule': 64,
  'AWS::Events::Connection': 64,
  'AWS::Events::ApiDestination': 64,
  'AWS::Events::Archive': 48,
  'AWS::SES::ConfigurationSet': 64,
  'AWS::SQS::Queue': 80,
  'AWS::StepFunctions::StateMachine': 80,
  'AWS::WAFv2::WebACL': 128,
};

interface Named {
  type: string;
  property: string;
  value: string;
}

/** What carries a name of its own: `FunctionName`, `QueueName`, `Name` and so on. */
function namesOf({ stateful, service }: EnvironmentTemplates): Named[] {
  return [stateful, service].flatMap((template) =>
    Object.values(template.toJSON()['Resources'] as Record<string, Resource>).flatMap(
      ({ Type: type, Properties = {} }) =>
        Object.entries(Properties).flatMap(([property, value]) =>
          /Name$/.test(property) && typeof value === 'string' ? [{ type, property, value }] : [],
        ),
    ),
  );
}

function exportsOf({ stateful, service }: EnvironmentTemplates): string[] {
  return [stateful, service].flatMap((template) =>
    Object.values(
      (template.toJSON()['Outputs'] ?? {}) as Record<string, { Export?: { Name: string } }>,
    ).flatMap((output) => output.Export?.Name ?? []),
  );
}

export function namePromises(synthesized: () => Synthesized): void {
  const of = (name: string): EnvironmentTemplates => synthesized().environments.get(name)!;

  describe('two environments in one account, with the same settings and other names', () => {
    test('share no physical name', () => {
      const [one, other] = [namesOf(of(ONE.name)), namesOf(of(OTHER.name))];
      expect(one.length).toBeGreaterThan(60);
      expect(other.length).toBe(one.length);
      const taken = new Set(one.map(({ type, value }) => `${type} ${value}`));
      const shared = other.filter(
        ({ type, property, value }) =>
          taken.has(`${type} ${value}`) && !WITHIN_ANOTHER.includes(`${type} ${property}`),
      );
      expect(shared).toEqual([]);
    });

    test('share no export', () => {
      const [one, other] = [exportsOf(of(ONE.name)), exportsOf(of(OTHER.name))];
      expect(one.length).toBeGreaterThan(0);
      expect(one.filter((name) => other.includes(name))).toEqual([]);
    });

    test('do not know of each other', () => {
      const { stateful, service } = of(OTHER.name);
      expect(JSON.stringify([stateful.toJSON(), service.toJSON()])).not.toContain(`lead-sla-${ONE.name}`);
    });

    test('fit into what AWS allows, even with the longest name', () => {
      expect(OTHER.name).toHaveLength(12);
      const named = namesOf(of(OTHER.name));
      for (const type of Object.keys(LONGEST)) expect(named.map((row) => row.type)).toContain(type);
      for (const { type, value } of named) {
        expect([value, value.length <= (LONGEST[type] ?? 255)]).toEqual([value, true]);
      }
    });
  });

  describe('an environment is refused before anything is made', () => {
    const app = (row: object) => () => leadSlaApp({}, [{ ...ONE, ...row }]);

    test.each(['Prod', '1st', 'my_env', '', 'thirteen-char', 'a b'])('by the name %p', (name) => {
      expect(app({ name })).toThrow(/a name has at most 12 lower-case letters, digits and hyphens/);
    });

    test('for having the name of another', () => {
      expect(() => leadSlaApp({}, [ONE, ONE])).toThrow('one: there are two environments of this name.');
    });

    test.each([
      ['a sender that is no address', { sender: 'nobody' }, /the sender is not a mail address/],
      [
        'a fact that does not exist',
        { slack: { ...ONE.slack!, facts: ['Breach'] } },
        /there is no event Breach/,
      ],
      ['no facts', { slack: { ...ONE.slack!, facts: [] } }, /lists nothing/],
      ['a channel by its name', { slack: { ...ONE.slack!, channel: '#sla' } }, /slack.channel is the id/],
      [
        'an address without a place for the id',
        { crm: { ...ONE.crm!, endpoint: 'https://a.example' } },
        /has one \*/,
      ],
      ['an address in the clear', { crm: { ...ONE.crm!, endpoint: 'http://a.example/*' } }, /only https/],
      [
        'two fields of one name',
        { crm: { ...ONE.crm!, fields: { ...ONE.crm!.fields, slaDue: 'SLA_Start__c' } } },
        /two of them have the same name/,
      ],
    ])('for %s', (_, row, message) => {
      expect(app(row)).toThrow(message);
    });
  });
}
