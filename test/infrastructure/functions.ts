/** What is promised of the functions. */
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { FUNCTIONS } from '../../lib/functions.ts';
import { statements } from './policies.ts';
import { type EnvironmentTemplates, properties, resources } from './synthesized.ts';

const MAY_HAVE_EFFECTS = FUNCTIONS.filter(({ grants }) => grants.effects).length;

export function functionPromises(settings: EnvironmentSettings, templates: () => EnvironmentTemplates): void {
  const service = (): EnvironmentTemplates['service'] => templates().service;

  test('every function of the table is deployed, and no other', () => {
    const names = properties(service(), 'AWS::Lambda::Function').map(({ FunctionName }) => FunctionName);
    expect(names.sort()).toEqual(FUNCTIONS.map(({ folder }) => `lead-sla-${settings.name}-${folder}`).sort());
  });

  test('functions run on Node 24 and arm64, traced, with a log group of their own', () => {
    const groups = new Set<unknown>();
    for (const lambda of properties(service(), 'AWS::Lambda::Function')) {
      expect(lambda).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        TracingConfig: { Mode: 'Active' },
      });
      groups.add((lambda['LoggingConfig'] as { LogGroup: { Ref: string } }).LogGroup.Ref);
    }
    expect(groups.size).toBe(FUNCTIONS.length);
  });

  test('a function gives up before its caller does', () => {
    for (const lambda of properties(service(), 'AWS::Lambda::Function')) {
      expect(lambda['Timeout']).toBeLessThan(60);
    }
  });

  test('every function is told where everything is', () => {
    for (const lambda of properties(service(), 'AWS::Lambda::Function')) {
      const { Variables } = lambda['Environment'] as { Variables: Record<string, unknown> };
      expect(Object.keys(Variables)).toEqual(
        expect.arrayContaining([
          'LEADS_TABLE',
          'ROSTER_TABLE',
          'EVENT_BUS_NAME',
          'MAIL_FROM',
          'CONFIGURATION_SET',
          'MQL_RESPONSE_ARN',
          'COMMITMENT_CLOCK_ARN',
          'ENVIRONMENT',
          'POWERTOOLS_SERVICE_NAME',
        ]),
      );
      expect(Variables).toMatchObject({ ENVIRONMENT: settings.name, MAIL_FROM: settings.sender });
    }
  });

  test.each([
    ['dynamodb:PutItem', FUNCTIONS.filter(({ grants }) => JSON.stringify(grants).includes('PutItem')).length],
    ['events:PutEvents', MAY_HAVE_EFFECTS],
    ['ses:SendEmail', MAY_HAVE_EFFECTS],
    ['states:StartExecution', MAY_HAVE_EFFECTS],
  ])('%s is allowed to those functions alone that need it', (action, expected) => {
    const roles = statements(service())
      .filter(({ actions }) => actions.includes(action))
      .map(({ role }) => role);
    expect(new Set(roles).size).toBe(expected);
    expect(expected).toBeLessThan(FUNCTIONS.length);
  });

  test('mails may be sent as the sender of this environment alone', () => {
    const mails = statements(service()).filter(({ actions }) => actions.includes('ses:SendEmail'));
    expect(mails.length).toBeGreaterThan(0);
    for (const { resources: on } of mails) {
      const text = JSON.stringify(on);
      expect(text).toContain(`:identity/${settings.sender.split('@')[1]!}"`);
      expect(text).toContain(':configuration-set/');
      expect(on).toHaveLength(2);
    }
  });

  test('the reconciler runs every minute, and what fails is kept', () => {
    const [rule, ...others] = properties(service(), 'AWS::Events::Rule');
    expect(others).toEqual([]);
    expect(rule).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
    const [target] = rule!['Targets'] as { Arn: { 'Fn::GetAtt': [string] }; DeadLetterConfig: object }[];
    expect(target!.DeadLetterConfig).toBeDefined();
    const [id] = target!.Arn['Fn::GetAtt'];
    const called = resources(service(), 'AWS::Lambda::Function').find(([logicalId]) => logicalId === id)!;
    expect(called[1].Properties['FunctionName']).toBe(`lead-sla-${settings.name}-reconcile`);
  });
}
