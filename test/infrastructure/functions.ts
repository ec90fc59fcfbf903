/** What is promised of the functions. */
import type { EnvironmentSettings } from '../../lib/environments.ts';
import { FUNCTIONS } from '../../lib/functions.ts';
import { statements } from './policies.ts';
import { type EnvironmentTemplates, properties, resources } from './synthesized.ts';

/** Those that draw an owner or an AE, give a turn back, or are given the roster itself. */
const WRITE_THE_ROSTER = [
  ...['assign-owner', 'remind-owner', 'warn-owner-and-manager', 'reassign-on-breach', 'send-to-backup'],
  ...['escalate-critical', 'open-incident', 'escalate-threshold'],
  ...['reassign-lead', 'reject-lead', 'promote-lead', 'write-briefing', 'ae-reject-lead', 'reconcile'],
  ...['put-person', 'set-availability'],
];
/** Commands of a lead's life, and of a ticket's. */
const COMMANDS = [
  ...['accept-lead', 'reject-lead', 'promote-lead', 'write-briefing', 'record-introduction'],
  ...['ae-accept-lead', 'ae-reject-lead', 'dispose-lead'],
  ...['arbitrate-lead', 'sign-discovery-delay', 'resolve-rejection', 'tell-fact'],
  ...['update-opportunity', 'book-meeting', 'update-meeting'],
  ...['submit-ticket', 'update-ticket', 'record-ticket-activity', 'exclude-ticket'],
];

const MAY_TELL = FUNCTIONS.filter(({ grants }) => grants.effects !== false).length;
const MAY_START = FUNCTIONS.filter(({ grants }) => grants.effects === true).length;
/** Nobody waits for it but its own next run. */
const SETTLING = 'settle-consequences';

export function functionPromises(settings: EnvironmentSettings, templates: () => EnvironmentTemplates): void {
  const service = (): EnvironmentTemplates['service'] => templates().service;
  const folderOf = (role: string): string => {
    const lambda = properties(service(), 'AWS::Lambda::Function').find(({ Role }) =>
      JSON.stringify(Role).includes(`"${role}"`),
    );
    return String(lambda?.['FunctionName']).replace(`lead-sla-${settings.name}-`, '');
  };

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
      const settles = lambda['FunctionName'] === `lead-sla-${settings.name}-${SETTLING}`;
      expect(lambda['Timeout']).toBeLessThan(settles ? 3600 : 60);
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
    ['events:PutEvents', MAY_TELL],
    ['ses:SendEmail', MAY_TELL],
    ['states:StartExecution', MAY_START],
  ])('%s is allowed to those functions alone that need it', (action, expected) => {
    const roles = statements(service())
      .filter(({ actions }) => actions.includes(action))
      .map(({ role }) => role);
    expect(new Set(roles).size).toBe(expected);
    expect(expected).toBeLessThan(FUNCTIONS.length);
  });

  test('the states of pools are written by those alone that draw somebody or give a turn back', () => {
    const roster = Object.keys(templates().stateful.findResources('AWS::DynamoDB::Table')).find((id) =>
      id.startsWith('Roster'),
    )!;
    const writers = statements(service())
      .filter(({ actions }) => actions.includes('dynamodb:PutItem'))
      .filter(({ resources: on }) => JSON.stringify(on).includes(roster))
      .map(({ role }) => folderOf(role));
    expect(writers.sort()).toEqual(WRITE_THE_ROSTER.toSorted());
  });

  test.each(COMMANDS)('%s may save a decision and perform what it owes', (folder) => {
    const all = statements(service()).filter(({ role }) => folderOf(role) === folder);
    expect(all.flatMap(({ actions }) => actions)).toEqual(
      expect.arrayContaining([
        ...['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:BatchWriteItem'],
        ...['events:PutEvents', 'ses:SendEmail', 'states:StartExecution'],
      ]),
    );
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

  test.each([
    ['reconcile', 'every minute', 'rate(1 minute)'],
    [SETTLING, 'every hour, when what was due in the hour before has been judged', 'cron(5 * * * ? *)'],
  ])('%s runs %s, and what fails is kept', (folder, _, expression) => {
    const rules = properties(service(), 'AWS::Events::Rule').filter(
      ({ Name }) => Name === `lead-sla-${settings.name}-${folder}`,
    );
    expect(rules).toEqual([
      expect.objectContaining({ ScheduleExpression: expression, State: 'ENABLED' }) as object,
    ]);
    const [target] = rules[0]!['Targets'] as { Arn: { 'Fn::GetAtt': [string] }; DeadLetterConfig: object }[];
    expect(target!.DeadLetterConfig).toBeDefined();
    const [id] = target!.Arn['Fn::GetAtt'];
    const called = resources(service(), 'AWS::Lambda::Function').find(([logicalId]) => logicalId === id)!;
    expect(called[1].Properties['FunctionName']).toBe(`lead-sla-${settings.name}-${folder}`);
  });

  test('nothing else runs by the clock', () => {
    expect(
      properties(service(), 'AWS::Events::Rule').filter((rule) => 'ScheduleExpression' in rule),
    ).toHaveLength(2);
  });

  test('the settling tells of what is open and starts no execution', () => {
    const actions = statements(service())
      .filter(({ role }) => folderOf(role) === SETTLING)
      .flatMap((statement) => statement.actions);
    expect(actions).toEqual(
      expect.arrayContaining(['dynamodb:BatchGetItem', 'ses:SendEmail', 'events:PutEvents']),
    );
    expect(actions).not.toContain('states:StartExecution');
    expect(actions).not.toContain('dynamodb:DeleteItem');
  });
}
